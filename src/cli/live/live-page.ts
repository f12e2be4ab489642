/** `--http`: the live page and the metrics, and the report so far. */

import { Failure } from "../../failure.ts";
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { PrometheusExposition } from "../../monitor/prometheus/prometheus-exposition.ts";
import { isLoopback } from "../../monitor/server/access.ts";
import { serveMonitor } from "../../monitor/server/serve-monitor.ts";
import { buildDocument } from "../../report/build-document.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import type { Language } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import type { PageRequest } from "./live-request.ts";
import { TOKEN_VARIABLE } from "./page-option.ts";

export interface LivePage {
  readonly url: string;
  show(snapshot: LiveSnapshot): void;
  close(): Promise<void>;
}

/** Pairs in the report so far; pages with thousands of them take long to make while frames come in. */
const MAX_REPORTED_PAIRS = 50;

/** @throws Failure where nobody can listen there; with status 2 where others could watch without a token */
export async function servePage(request: PageRequest, language: Language): Promise<LivePage> {
  const { host, token } = request;
  if (token === null && !isLoopback(host)) {
    throw new Failure(message("pageNeedsToken", host, TOKEN_VARIABLE), 2);
  }
  const metrics = new PrometheusExposition();
  let latest: LiveSnapshot | null = null;
  const report = (): string | null =>
    latest === null || latest.metrics.capture.packets === 0
      ? null
      : renderHtml(buildDocument(latest.metrics, { language, pairLimit: MAX_REPORTED_PAIRS }));
  const monitor = await serveMonitor({ ...request, language, metrics, report });
  return {
    url: monitor.url,
    show: (snapshot) => {
      latest = snapshot;
      metrics.update(snapshot);
      monitor.update(snapshot);
    },
    close: () => monitor.close(),
  };
}

/** `--http`: the live page and the metrics, and the report so far. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { PrometheusExposition } from "../../monitor/prometheus/prometheus-exposition.ts";
import { serveMonitor } from "../../monitor/server/serve-monitor.ts";
import { buildDocument } from "../../report/build-document.ts";
import type { Language } from "../../report/document.ts";
import { renderHtml } from "../../report/html/render-html.ts";
import type { PageRequest } from "./live-request.ts";

export interface LivePage {
  readonly url: string;
  show(snapshot: LiveSnapshot): void;
  close(): Promise<void>;
}

/** Pairs in the report so far; pages with thousands of them take long to make while frames come in. */
const MOST_REPORTED_PAIRS = 50;

/** @throws Failure where nobody can listen there */
export async function servePage(request: PageRequest, language: Language): Promise<LivePage> {
  const metrics = new PrometheusExposition();
  let latest: LiveSnapshot | null = null;
  const report = (): string | null =>
    latest === null || latest.metrics.capture.packets === 0
      ? null
      : renderHtml(buildDocument(latest.metrics, { language, pairLimit: MOST_REPORTED_PAIRS }));
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

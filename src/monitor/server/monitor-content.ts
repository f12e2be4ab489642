/** What the monitor has to show: the page, its events, metrics, the report so far, the whole snapshot. */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { printedWarning } from "../../failure.ts";
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { escapeJson } from "../../report/escape-json.ts";
import { escapeHtml } from "../../report/html/escape-html.ts";
import { PAGE_SCRIPT as REPORT_SCRIPT } from "../../report/html/page-script.ts";
import { PAGE_STYLE as REPORT_STYLE } from "../../report/html/page-style.ts";
import { printedPath, printedRecording } from "../../report/live/live-facts.ts";
import type { Language } from "../../words/language.ts";
import { type Message, message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import { History } from "../history.ts";
import { historyPoint, liveView } from "../live-view.ts";
import { MONITOR_ICON } from "../page/icon.ts";
import { MONITOR_SCRIPT } from "../page/page-script.ts";
import { MONITOR_STYLE } from "../page/page-style.ts";
import { renderMonitorPage } from "../page/render-page.ts";
import { PairIds } from "../pair-ids.ts";
import { addressGroup } from "./connection-places.ts";
import { EventStreams, eventText, MAX_STREAMS, MAX_STREAMS_OF_ADDRESS } from "./event-streams.ts";
import { pagePolicy } from "./response-headers.ts";

export interface MonitorContentOptions {
  /** The metrics in Prometheus' exposition format. */
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
  /** The HTML report of the run so far, by the report room's `renderHtml`; `null`: there is none yet. */
  readonly report: () => string | null;
}

/** Pairs in `/snapshot.json`, busiest first: one without bounds would stop the analysis while it is written. */
const MAX_SNAPSHOT_PAIRS = 200;

const HTML = "text/html; charset=utf-8";
const PAGE_POLICY = pagePolicy(MONITOR_STYLE, MONITOR_SCRIPT, [
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
]);
const REPORT_POLICY = pagePolicy(REPORT_STYLE, REPORT_SCRIPT);

type Send = (response: ServerResponse, isHead: boolean) => void | Promise<void>;

export class MonitorContent {
  readonly streams = new EventStreams();
  readonly #options: MonitorContentOptions;
  readonly #page: string;
  readonly #history = new History();
  readonly #ids = new PairIds();
  /** Pages tell by it whether the ids of pairs still mean the same. */
  readonly #session = randomUUID();
  #snapshot: LiveSnapshot | null = null;
  /** Made at most once per snapshot, however often they are asked for. */
  readonly #language: Language;
  #report: string | null = null;
  #snapshotJson: string | null = null;
  readonly #routes: ReadonlyMap<string, Send> = new Map<string, Send>([
    ["/", (response) => sendText(response, HTML, this.#page, PAGE_POLICY)],
    ["/events", (response, isHead) => this.#sendEvents(response, isHead)],
    ["/metrics", (response) => this.#sendMetrics(response)],
    ["/report", (response) => this.#sendReport(response)],
    ["/snapshot.json", (response) => this.#sendSnapshot(response)],
    ["/icon.svg", (response) => sendText(response, "image/svg+xml", MONITOR_ICON)],
  ]);

  constructor(options: MonitorContentOptions, language: Language) {
    this.#options = options;
    this.#language = language;
    this.#page = renderMonitorPage(language);
  }

  has(path: string): boolean {
    return this.#routes.has(path);
  }

  update(snapshot: LiveSnapshot): void {
    this.#snapshot = snapshot;
    this.#report = null;
    this.#snapshotJson = null;
    const previous = this.#history.points().at(-1)?.atSeconds ?? null;
    this.#history.add(historyPoint(snapshot, this.#ids, previous));
    if (this.streams.count > 0) this.streams.send(this.#viewEvent(snapshot));
  }

  /** @param path one that `has` knows */
  async send(path: string, response: ServerResponse, isHead: boolean): Promise<void> {
    await this.#routes.get(path)?.(response, isHead);
  }

  /**
   * Where the cookie replaces the token in the address. A page and not a redirect: a SameSite=Strict cookie is not sent
   * along a redirect that began with a link on another site.
   */
  sendSignedIn(path: string, response: ServerResponse): void {
    const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${escapeHtml(path)}"><title>lbqos</title><p><a href="${escapeHtml(path)}">lbqos</a></p>\n`;
    sendText(response, HTML, page);
  }

  /** Says in one line why there is no answer. */
  refuse(response: ServerResponse, status: number, why: Message): void {
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
    response.end(`${status}: ${say(why, this.#language)}\n`);
  }

  #viewEvent(snapshot: LiveSnapshot): string {
    const point = this.#history.points().at(-1);
    const view = liveView(snapshot, this.#ids, this.#language);
    return eventText("view", escapeJson(JSON.stringify({ view, point })));
  }

  #sendEvents(response: ServerResponse, isHead: boolean): void {
    const address = addressGroup(response.req.socket.remoteAddress ?? "");
    if (!this.streams.hasRoomFor(address)) {
      response.setHeader("Retry-After", "10");
      this.refuse(response, 503, message("pagesOpen", MAX_STREAMS, MAX_STREAMS_OF_ADDRESS));
      return;
    }
    response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "X-Accel-Buffering": "no",
    });
    if (isHead) {
      response.end();
      return;
    }
    const history = eventText(
      "history",
      JSON.stringify({ session: this.#session, points: this.#history.points() }),
    );
    this.streams.add(
      response,
      address,
      history + (this.#snapshot === null ? "" : this.#viewEvent(this.#snapshot)),
    );
  }

  async #sendMetrics(response: ServerResponse): Promise<void> {
    const { metrics } = this.#options;
    sendText(response, metrics.contentType, await metrics.text());
  }

  #sendReport(response: ServerResponse): void {
    this.#report ??= this.#options.report();
    if (this.#report === null) this.refuse(response, 404, message("noReportYet"));
    else sendText(response, HTML, this.#report, REPORT_POLICY);
  }

  #sendSnapshot(response: ServerResponse): void {
    const snapshot = this.#snapshot;
    if (snapshot === null) {
      this.refuse(response, 404, message("noSnapshotYet"));
      return;
    }
    const { metrics } = snapshot;
    const pairs = metrics.pairs.slice(0, MAX_SNAPSHOT_PAIRS);
    const pairsNotShown = metrics.pairs.length - pairs.length;
    const warnings = metrics.warnings.map(printedWarning);
    this.#snapshotJson ??= escapeJson(
      JSON.stringify({
        ...snapshot,
        recording: printedRecording(snapshot.recording),
        ...(snapshot.path !== undefined && { path: printedPath(snapshot.path) }),
        metrics: { ...metrics, pairs, warnings },
        pairsNotShown,
      }),
    );
    sendText(response, "application/json; charset=utf-8", `${this.#snapshotJson}\n`);
  }
}

/** The body is left out by Node where the request was HEAD. */
function sendText(response: ServerResponse, type: string, text: string, policy?: string): void {
  if (policy !== undefined) response.setHeader("Content-Security-Policy", policy);
  response.writeHead(200, { "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

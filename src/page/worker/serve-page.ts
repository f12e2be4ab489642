/** The worker's side: analyzes runs, and keeps the exchanges of the last one. */
import { sha256 } from "@noble/hashes/sha2.js";
import { analyze } from "../../analysis/analyze.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { EXCHANGE_FORMATS, type ExchangeFormatName } from "../../report/exchanges/exchange-formats.ts";
import { serveCalls } from "../../threads/serve-calls.ts";
import { type ExchangeQuery, ExchangeStore } from "./exchange-store.ts";
import type { AnalysisAnswer, ExchangePage, PageCalls, PageOrder, PageProgress } from "./page-calls.ts";
import { workerPort } from "./worker-line.ts";

/** Between two words of progress. */
const PROGRESS_MS = 100;
const HASHED_BYTES = 4 * 2 ** 20;

/** Answers the page's calls, in a worker. */
export function servePage(): void {
  let store = new ExchangeStore();
  serveCalls<PageCalls, PageProgress>(workerPort(), (tell) => ({
    analyze: async (order) => {
      store = new ExchangeStore();
      return analyzeFiles(order, store, tell);
    },
    exchanges: (query) => pageOf(store, query),
    exportExchanges: ({ query, format }) => fileOf(store.find(query), format),
  }));
}

async function analyzeFiles(
  { files, options, keepExchanges, hash }: PageOrder,
  store: ExchangeStore,
  tell: (progress: PageProgress) => void,
): Promise<AnalysisAnswer> {
  let nextMs = 0;
  const metrics = await analyze(files, {
    ...options,
    ...(keepExchanges && { onExchange: (row: ExchangeRow) => store.add(row) }),
    onProgress: (bytesRead, bytesTotal) => {
      const nowMs = performance.now();
      if (nowMs < nextMs) return;
      nextMs = nowMs + PROGRESS_MS;
      tell({ bytesRead, bytesTotal });
    },
  });
  return {
    metrics,
    exchanges: store.kept,
    exchangesLeftOut: store.leftOut,
    contentHash: hash ? await contentHash(files) : null,
  };
}

function pageOf(store: ExchangeStore, query: ExchangeQuery): ExchangePage {
  const rows = store.find(query);
  return { total: rows.length, rows: rows.slice(query.first, query.first + query.wanted) };
}

function fileOf(rows: readonly ExchangeRow[], name: ExchangeFormatName): Blob {
  const { head, line, between, end } = EXCHANGE_FORMATS[name];
  const lines = rows.map(line).filter((text) => text !== null);
  const parts = lines.flatMap((text, index) => (index === 0 ? [text] : [between, text]));
  return new Blob([head, ...parts, end]);
}

/** As the command's: SHA-256 of each file, and of several the SHA-256 of their hashes. */
async function contentHash(files: readonly File[]): Promise<string> {
  const hashes: string[] = [];
  for (const file of files) {
    const hash = sha256.create();
    for (let at = 0; at < file.size; at += HASHED_BYTES) {
      hash.update(new Uint8Array(await file.slice(at, at + HASHED_BYTES).arrayBuffer()));
    }
    hashes.push(hexOf(hash.digest()));
  }
  const [only] = hashes;
  if (hashes.length === 1 && only !== undefined) return only;
  return hexOf(sha256(new TextEncoder().encode(hashes.join("\n"))));
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

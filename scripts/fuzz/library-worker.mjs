/** The library's side of the fuzzer, in a thread that can be ended: takes an input, answers what it did or what broke. */
import { parentPort } from "node:worker_threads";
import * as lbqos from "../../dist/index.js";
import { checkFailure, checkNumbers, checkText } from "./invariants.mjs";

const { Failure } = lbqos;
const BALANCED = {
  balancer: "192.168.56.103",
  backends: [
    { name: "Flask A", address: "192.168.56.109" },
    { name: "B", address: "10.0.0.2" },
  ],
};
const OPTIONS = [{}, BALANCED, { chartData: true, bandwidthBitsPerSecond: 1e6 }, { ...BALANCED, live: true }];

const targets = { captures, streams, manifests, tables, live };

/** How large a number is, roughly: inputs that differ in it only do the same. */
const size = (count) => (count === null ? "-" : Math.round(Math.log2(1 + Math.abs(count)) / 2));

async function captures(bytes) {
  const options = OPTIONS[bytes.length % OPTIONS.length];
  const rows = [];
  const run = await lbqos.analyze(bytes, { ...options, onExchange: (row) => rows.push(row) });
  checkRun(run, rows, bytes.toString("latin1"));
  return runSignature(run);
}

/** Quicker than `captures`, and so more of them: of some only the numbers are looked at. */
async function streams(bytes) {
  if (bytes.length % 32 === 0) return captures(bytes);
  const rows = [];
  const run = await lbqos.analyze(bytes, { onExchange: (row) => rows.push(row) });
  checkNumbers(run, "run");
  checkNumbers(rows, "exchanges");
  return runSignature(run);
}

function checkRun(run, rows, input) {
  checkNumbers(run, "run");
  checkNumbers(rows, "exchanges");
  if (run.capture.bytes < 0 || run.capture.packets < 0) throw new Error("a negative count");
  const language = run.capture.packets % 2 === 0 ? "en" : "id";
  const document = lbqos.buildDocument(run, { language });
  checkNumbers(document, "document");
  checkText(lbqos.renderMarkdown(document), "Markdown", input);
  checkText(lbqos.renderTerminal(document, { width: 80, colour: false }), "terminal", input);
  checkText(lbqos.renderHtml(document).replace(/<(script|style)>.*?<\/\1>/gs, ""), "HTML", input);
  checkText(lbqos.renderLatex(document), "LaTeX", input);
  checkText(lbqos.renderCsv(run), "CSV", input);
  JSON.parse(lbqos.renderJson(run));
}

function runSignature({ capture, http, pairs, warnings, tcp, tls = [] }) {
  const codes = [...new Set(warnings.map(({ code }) => code))].sort();
  const skipped = Object.keys(capture.skipped).sort();
  const counts = [capture.packets, capture.tcpPackets, http.requests, pairs.length, tcp?.connections ?? 0];
  const handshakes = tls.map(({ decrypted, lostRecords }) => `${size(decrypted)}/${size(lostRecords)}`);
  return [...codes, ...skipped, ...counts.map(size), ...handshakes].join(" ");
}

async function manifests(bytes) {
  const manifest = lbqos.parseManifest(bytes.toString(), "experiment.yaml");
  checkNumbers(manifest, "manifest");
  const again = lbqos.parseManifest(lbqos.formatManifest(manifest), "experiment.yaml");
  return `${Object.keys(manifest).sort().join(" ")} ${size(again.methods?.length ?? 0)}`;
}

async function tables(bytes) {
  const text = bytes.toString();
  const input = text;
  if (/requests/i.test(text.split("\n")[0] ?? "")) {
    const table = lbqos.parseRequestsTable(text, "table.csv");
    checkNumbers(table, "table");
    return `requests ${size(table.rows?.length ?? 0)}`;
  }
  const table = lbqos.parseResultsTable(text, "table.csv");
  const manifest = lbqos.parseManifest("title: t\nresults: table.csv\n", "experiment.yaml");
  const comparison = lbqos.compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
  checkNumbers(comparison, "comparison");
  const document = lbqos.buildComparisonDocument(comparison, { language: "en" });
  checkNumbers(document, "document");
  checkText(lbqos.renderMarkdown(document), "Markdown", input);
  checkText(lbqos.renderLatex(document), "LaTeX", input);
  checkText(lbqos.renderComparisonCsv(comparison), "CSV", input);
  JSON.parse(lbqos.renderComparisonJson(comparison));
  const found = lbqos.auditTable(table);
  checkNumbers(found, "audit");
  const metrics = [...table.metrics].sort().join(" ");
  return `${metrics} ${size(table.rows.length)} ${size(comparison.findings?.length ?? 0)} ${size(found.length)}`;
}

/** A replay as fast as it goes: what was shown at the end is what a file of the same bytes gives. */
async function live(bytes) {
  const snapshots = [];
  const capture = await lbqos.openReplay(bytes, "max");
  const session = lbqos.startLive({
    capture,
    analysis: BALANCED,
    recording: null,
    method: null,
    run: null,
    durationSeconds: null,
    requests: null,
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  });
  const { metrics, failure } = await session.finished;
  checkNumbers(snapshots, "snapshots");
  checkNumbers(metrics, "metrics");
  if (failure !== null) checkFailure(failure, Failure);
  return runSignature(metrics);
}

/** What Node.js would print on standard error, where a library prints nothing. */
let printed = null;
process.on("warning", (warning) => {
  printed ??= warning.message;
});

/** @returns what the input did @throws where it broke something */
async function signatureOf(target, bytes) {
  try {
    return await targets[target](bytes);
  } catch (error) {
    checkFailure(error, Failure);
    return `refused: ${error.message.replace(/\d+|"[^"]*"/g, "#").slice(0, 80)}`;
  } finally {
    // Warnings are told a turn later.
    await new Promise(setImmediate);
  }
}

parentPort.on("message", async ({ target, bytes }) => {
  try {
    const signature = await signatureOf(target, Buffer.from(bytes));
    if (printed !== null) throw new Error(`it prints: ${printed}`);
    parentPort.postMessage({ signature });
  } catch (error) {
    parentPort.postMessage({
      broken: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});

/**
 * Spoils inputs and gives them to lbqos, through the library and as a command, until the time is over. An input that does
 * something new joins the corpus of its kind and is spoilt further; one that breaks something is written to test/fuzz/finds,
 * where a test gives it to lbqos from then on.
 *
 *   npm run fuzz -- --minutes 10 [--seed 1] [--only captures,streams,tables,manifests,live,page] [--corpus FOLDER] [--finds-to FOLDER]
 *   node scripts/fuzz/fuzz.mjs --finds     # only the finds so far
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { Library } from "./library.mjs";
import { mutateBytes, mutateCapture, mutateStreams, mutateText, recordsOf } from "./mutate.mjs";
import { Page, REQUESTS } from "./page.mjs";
import { filesIn, Programs } from "./programs.mjs";
import { randomFrom } from "./random.mjs";
import { streamSeeds } from "./stream-seeds.mjs";

const place = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** Inputs stay small: they are spoilt many times, and a find is read by a person. */
const MAX_BYTES = 96 * 1024;
const MAX_CORPUS = 400;
/** A command takes as long as many inputs through the library. */
const SHARE_OF_PROGRAMS = 0.03;

const KINDS = {
  captures: { mutate: mutateCapture, seeds: captureSeeds },
  streams: { mutate: mutateStreams, seeds: streamSeeds },
  live: { mutate: mutateCapture, seeds: captureSeeds },
  tables: {
    mutate: mutateText,
    seeds: () => published("published-runs.csv", "published-means.csv", "published-requests.csv"),
  },
  manifests: {
    mutate: mutateText,
    seeds: () => [readFileSync(place("fixtures/experiment.yaml")), Buffer.from(MANIFEST)],
  },
  page: { mutate: mutateBytes, seeds: () => REQUESTS.map((text) => Buffer.from(text)) },
};
/** With everything that a manifest can say. */
const MANIFEST = `title: t
language: id
profile: tiphon-kbps
bandwidth: 100 Mbps
balancer: 10.0.0.1
backends: [{ name: A, address: 10.0.0.2, port: 80, weight: 2 }, { name: B, address: 10.0.0.3, port: 81 }]
methods:
  - { name: rr, algorithm: round-robin, baseline: false, source: 10.0.0.9, captures: rr-*.pcap }
  - { name: lc, captures: [{ files: [lc-1.pcap, lc-2.pcap], backend: A, run: 2 }], requests: requests.csv }
  - { name: ih, results: { file: table.csv, method: ip-hash } }
load: { requests: 10, requestsPerSecond: 5 }
notes: n
`;

/** The first frames of captures of several kinds. */
function captureSeeds() {
  const captures = [
    "captures/keepalive-rr",
    "captures/loss-big-to2-from2",
    "outages/outages",
    "captures/chunked-rr",
  ];
  const whole = captures.map((name) => gunzipSync(readFileSync(place(`fixtures/${name}.pcapng.gz`))));
  return whole.flatMap((bytes) => [60, 200].map((frames) => bytes.subarray(0, recordsOf(bytes)[frames])));
}

function published(...names) {
  return names.map((name) => readFileSync(place(`fixtures/published/${name}`)));
}

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string", default: Object.keys(KINDS).join() },
    finds: { type: "boolean", default: false },
    // Grows from run to run; git ignores it.
    corpus: { type: "string", default: place("node_modules/.cache/lbqos-fuzz") },
    "finds-to": { type: "string", default: place("test/fuzz/finds") },
  },
});
const FINDS = values["finds-to"];
const random = randomFrom(Number(values.seed));
const library = new Library();
const programs = new Programs();
const page = new Page();
let broken = 0;

const ended = values.finds ? await replayFinds() : await fuzz(Number(values.minutes) * 60_000);
await Promise.all([library.close(), page.close(), programs.close()]);
console.log(ended);
process.exit(broken === 0 ? 0 : 1);

/** Each find, through everything that takes its kind. The first word of its name is the kind. */
async function replayFinds() {
  const finds = existsSync(FINDS) ? filesIn(FINDS).filter(({ name }) => name.endsWith(".bin")) : [];
  for (const { name, bytes } of finds) {
    const [kind = ""] = name.split("-");
    for (const runner of kind === "page" ? [page] : [library, programs])
      await give(runner, kind, bytes, name);
  }
  return `${finds.length} finds, ${broken} of them still break something`;
}

async function fuzz(durationMs) {
  console.log(`seed ${values.seed}`);
  const corpora = new Map(values.only.split(",").map((kind) => [kind, openCorpus(kind)]));
  const counts = new Map();
  let saidMs = performance.now();
  const endMs = saidMs + durationMs;
  while (performance.now() < endMs) {
    const kind = random.pick([...corpora.keys()]);
    const corpus = corpora.get(kind);
    const input = KINDS[kind].mutate(random.pick(corpus.inputs), random, random.pick(corpus.inputs));
    if (input.length > MAX_BYTES) continue;
    const runner = kind === "page" ? page : random.chance(SHARE_OF_PROGRAMS) ? programs : library;
    const name = `${kind}${runner === programs ? ", as a command" : ""}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const signature = await give(runner, kind, input, null);
    if (signature !== null && runner !== programs) corpus.learn(signature, input);
    if (performance.now() - saidMs > 30_000) {
      saidMs = performance.now();
      console.log(summary(counts, corpora));
    }
  }
  return summary(counts, corpora);
}

function summary(counts, corpora) {
  const done = [...counts].map(([name, count]) => `${name} ${count}`).join("; ");
  const known = [...corpora].map(([kind, { inputs }]) => `${kind} ${inputs.length}`).join("; ");
  return `inputs: ${done}. Corpus: ${known}. Broken: ${broken}`;
}

/** @returns what the input did; `null` where it broke something */
async function give(runner, kind, bytes, name) {
  try {
    return await runner.run(kind, bytes);
  } catch (error) {
    broken++;
    const path = name ?? `${kind}-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.bin`;
    if (name === null) {
      mkdirSync(FINDS, { recursive: true });
      writeFileSync(join(FINDS, path), bytes);
    }
    console.log(`${path}: ${error.stack ?? error}`);
    return null;
  }
}

/** The inputs of a kind that did something new, those of earlier runs included. */
function openCorpus(kind) {
  const folder = join(values.corpus, kind);
  mkdirSync(folder, { recursive: true });
  const inputs = [...KINDS[kind].seeds(), ...filesIn(folder).map(({ bytes }) => bytes)];
  const signatures = new Set();
  return {
    inputs,
    learn(signature, input) {
      if (signatures.has(signature) || inputs.length >= MAX_CORPUS) return;
      signatures.add(signature);
      inputs.push(input);
      writeFileSync(join(folder, createHash("sha256").update(signature).digest("hex").slice(0, 16)), input);
    },
  };
}

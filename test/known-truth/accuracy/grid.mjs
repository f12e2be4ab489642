// The grid of runs whose truth is known: from a run's number, what `lbqos lab run` is told. Ten kinds of runs take turns, so that
// the first tenth has as many of each as the whole; all else is drawn by a generator that the number seeds.

/** Runs of the whole grid, and of the part that CI makes. */
export const WHOLE = 200;
export const TENTH = 20;

/** Loads: what is asked for, by how many requests, and options about connections. */
const LOADS = {
  small: ["/large?n=1000", 300, []],
  smallKept: ["/large?n=1000", 600, ["--keepalive", "--calls", "50"]],
  smallPost: ["/echo", 300, ["--body", "1000"]],
  large: ["/large?n=100000", 150, []],
  largeKept: ["/large?n=100000", 150, ["--keepalive", "--calls", "30"]],
  huge: ["/large?n=1000000", 30, []],
  upload: ["/sink", 150, ["--body", "200000"]],
  uploadKept: ["/sink", 150, ["--body", "200000", "--keepalive", "--calls", "30"]],
  both: ["/echo", 90, ["--body", "200000"]],
};
const ALL_LOADS = Object.keys(LOADS);
const LONG_LOADS = ["large", "largeKept", "upload", "uploadKept", "both"];
const CONNECTIONS = [1, 4, 8, 16];
const LOSS_PERCENTS = [0.5, 1, 2, 5, 10];
/** One run of a kind in so many loses nothing, another one for each kind: inventing losses is an error, too. */
const LOSSLESS = 8;

/** The kinds of runs in their order, each with its options. */
const KINDS = [
  (...how) => lossy(...how, ALL_LOADS, []),
  (...how) => lossy(...how, [...LONG_LOADS, "huge"], ["--offload"]),
  (...how) => lossy(...how, ALL_LOADS, ["--ipv6"]),
  (...how) => lossy(...how, ALL_LOADS, ["--no-timestamps"]),
  (...how) => lossy(...how, ALL_LOADS, ["--no-sack"]),
  (...how) => lossy(...how, ALL_LOADS, ["--no-timestamps", "--no-sack"]),
  (draw) => queues(draw),
  (draw) => disorder(draw),
  (draw) => alike(draw, 1),
  (draw) => alike(draw, 4),
];

/** @returns {string[]} the options of run `number`, from 1, but for names and folders */
export function optionsOfRun(number) {
  const draw = drawerOf(number);
  const kind = (number - 1) % KINDS.length;
  const isLossless = (Math.floor((number - 1) / KINDS.length) + kind) % LOSSLESS === LOSSLESS - 1;
  return [
    "--methods",
    draw.one(["round-robin", "round-robin", "least-connection"]),
    ...KINDS[kind](draw, isLossless),
  ];
}

function lossy(draw, isLossless, loads, hosts) {
  return [...load(draw, loads), ...hosts, ...(isLossless ? [] : loss(draw, LOSS_PERCENTS))];
}

/** Cables that are too slow for what is sent, so that their queues overflow. */
function queues(draw) {
  const way = draw.one(["to", "from"]);
  const loads = way === "to" ? ["upload", "uploadKept", "both"] : ["large", "largeKept", "both"];
  const [uri, requests, connections] = LOADS[draw.one(loads)];
  return [
    ...sent(uri, Math.round(requests * 0.6), draw.one([8, 16, 32]), connections),
    ...[`--limit-${way}`, draw.one(["3M", "5M", "10M"])],
    ...draw.one([[], [], loss(draw, [1, 2])]),
  ];
}

/** Delay, jitter, reordering, bursts and copies. */
function disorder(draw) {
  const faults = (way) => [
    ...[`--delay-${way}`, `${draw.one([1, 5, 20])}`, `--jitter-${way}`, `${draw.one([0, 0, 2])}`],
    ...[`--reorder-${way}`, `${draw.one([0, 0.5, 1, 3])}`, `--bursts-${way}`, `${draw.one([0, 0, 1])}`],
    ...[`--duplicates-${way}`, `${draw.one([0, 0, 1])}`],
  ];
  return [
    ...load(draw, ALL_LOADS),
    ...faults("to"),
    ...faults("from"),
    ...draw.one([[], loss(draw, [1, 2])]),
  ];
}

/** Many clients that ask for the same at once: which backend answered whom? */
function alike(draw, workers) {
  const kept = draw.one([[], ["--keepalive", "--calls", "20"]]);
  return [
    ...sent(draw.one(["/", "/large?n=1000", "/slow?s=0.005"]), 800, draw.one([8, 16, 32]), kept),
    ...["--workers", `${workers}`],
    ...draw.one([
      [],
      [],
      ["--loss-to", "1", "--loss-from", "1"],
      ["--at", "0.3:fb:stop", "--at", "0.7:fb:start"],
    ]),
  ];
}

function load(draw, loads) {
  const [uri, requests, connections] = LOADS[draw.one(loads)];
  return sent(uri, requests, draw.one(CONNECTIONS), connections);
}

function sent(uri, requests, connections, more) {
  return ["--uri", uri, "--requests", `${requests}`, "--connections", `${connections}`, ...more];
}

/** Loss of the same share in one direction or both. */
function loss(draw, percents) {
  const percent = `${draw.one(percents)}`;
  const ways = draw.one([["to"], ["from"], ["to", "from"]]);
  return ways.flatMap((way) => [`--loss-${way}`, percent]);
}

/** Draws that depend on the seed only: mulberry32 (Tommy Ettinger, public domain). */
function drawerOf(seed) {
  let state = (seed * 0x9e3779b9) >>> 0;
  const below = (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count);
  };
  return { below, one: (choices) => choices[below(choices.length)] };
}

// The measured runs as tables of figures, and as Markdown.

const GROUPS = [
  "plain IPv4",
  "segmentation offload",
  "IPv6",
  "no timestamps",
  "no SACK",
  "neither timestamps nor SACK",
  "queue drops",
  "delay, reordering, bursts, copies",
];
const MATCHING_GROUPS = [1, 4].flatMap((workers) =>
  ["new", "kept"].map((kept) => `${workers === 1 ? "1 worker" : `${workers} workers`}, ${kept} connections`),
);

/** Losses by group: counts, and shares in percent. `null`: nothing to divide by. */
export function lossFigures(directions) {
  return byGroup(directions, GROUPS).map(([group, rows]) => {
    const truth = sum(rows, ({ lost }) => lost);
    const ours = (row) => row.beyond + row.before;
    return {
      group,
      directions: rows.length,
      lost: truth,
      errorPercent: percent(
        sum(rows, (row) => Math.abs(ours(row) - row.lost)),
        truth,
      ),
      exactPercent: share(rows, (row) => ours(row) === row.lost),
      withinOnePercent: share(rows, (row) => Math.abs(ours(row) - row.lost) <= 1),
      rangeHoldsPercent: share(rows, (row) => row.atLeast <= row.lost && row.lost <= row.atMost),
      impossibleSide: sum(rows, (row) => (row.way === "to_backend" ? row.before : row.beyond)),
      ...ackFigures(rows),
      unexplained: sum(rows, (row) => row.unexplained),
      counted: rows.filter(({ isCounted }) => isCounted !== null).length,
      countedAlike: rows.filter(({ isCounted }) => isCounted === true).length,
      ...tsharkFigures(rows, truth),
    };
  });
}

/** Pure ACKs lost before the tap, in the directions from the backends of which lbqos says how many. */
function ackFigures(rows) {
  const from = rows.filter(({ way }) => way === "from_backend");
  const told = from.filter(({ acksBefore }) => acksBefore !== null);
  const truth = sum(told, ({ lostAcks }) => lostAcks);
  return {
    ackDirections: from.length,
    ackDirectionsTold: told.length,
    lostAcks: truth,
    ackErrorPercent: percent(
      sum(told, ({ acksBefore, lostAcks }) => Math.abs(acksBefore - lostAcks)),
      truth,
    ),
    ackExactPercent: share(told, ({ acksBefore, lostAcks }) => acksBefore === lostAcks),
    acksInvented: sum(told, ({ acksBefore, lostAcks }) => Math.max(0, acksBefore - lostAcks)),
  };
}

/** The better of tshark's two columns, chosen per way and group: to the backends, and from them. */
function tsharkFigures(rows, truth) {
  if (rows.some(({ tshark }) => tshark === null))
    return { tsharkErrorPercent: null, tsharkExactPercent: null };
  const best = ["to_backend", "from_backend"].map((way) => {
    const own = rows.filter((row) => row.way === way);
    const columns = ["retransmissions", "lostSegments"].map((column) => ({
      error: sum(own, ({ tshark, lost }) => Math.abs(tshark[column] - lost)),
      exact: own.filter(({ tshark, lost }) => tshark[column] === lost).length,
    }));
    return columns.reduce((a, b) => (b.error < a.error ? b : a));
  });
  return {
    tsharkErrorPercent: percent(
      sum(best, ({ error }) => error),
      truth,
    ),
    tsharkExactPercent: percent(
      sum(best, ({ exact }) => exact),
      rows.length,
    ),
  };
}

/** Matching by how the balancer was set up: requests, and shares in percent. */
export function matchingFigures(runs) {
  return byGroup(runs, MATCHING_GROUPS).map(([group, rows]) => {
    const requests = sum(rows, (row) => row.requests);
    const marked = sum(rows, (row) => row.marked);
    return {
      group,
      requests,
      rightPercent: percent(
        sum(rows, ({ right }) => right),
        requests,
      ),
      wrongUnmarkedPercent: percent(
        sum(rows, ({ wrongUnmarked }) => wrongUnmarked),
        requests,
      ),
      markedPercent: percent(marked, requests),
      markedRightPercent: percent(
        sum(rows, ({ markedRight }) => markedRight),
        marked,
      ),
    };
  });
}

function byGroup(rows, groups) {
  const grouped = groups.map((group) => [group, rows.filter((row) => row.group === group)]);
  return [...grouped.filter(([, own]) => own.length > 0), ["all", rows]];
}

function sum(rows, value) {
  return rows.reduce((total, row) => total + value(row), 0);
}

function percent(part, whole) {
  return whole === 0 ? null : (100 * part) / whole;
}

function share(rows, isOne) {
  return percent(rows.filter(isOne).length, rows.length);
}

/** The tables, with what they were measured on. @param from the number of the grid's first run */
export function figuresMarkdown(losses, matching, runs, from) {
  const all = losses.at(-1);
  const requests = matching.at(-1);
  return [
    `${runs} runs, ${all.directions} directions, ${all.lost} lost segments, ${requests.requests} requests (\`npm run accuracy${from === 1 ? "" : ` -- --from ${from}`}\`).`,
    `The second taps' losses equal the switch's own counters in ${all.countedAlike} of ${all.counted} directions that it counts; ${all.unexplained} frames arrived that nothing sent explains.`,
    "",
    ...table(
      [
        "runs with",
        "directions",
        "lost",
        "error %",
        "exact %",
        "± 1 %",
        "range holds %",
        "impossible side",
        "tshark: error %",
        "tshark: exact %",
      ],
      losses.map((one) => [
        ...[one.group, one.directions, one.lost, digits(one.errorPercent, 2), digits(one.exactPercent, 1)],
        ...[digits(one.withinOnePercent, 1), digits(one.rangeHoldsPercent, 1), one.impossibleSide],
        ...[digits(one.tsharkErrorPercent, 1), digits(one.tsharkExactPercent, 1)],
      ]),
    ),
    "",
    "Pure ACKs from the backends, lost before the tap, where lbqos says how many:",
    "",
    ...table(
      ["runs with", "directions", "of them told", "lost in these", "error %", "exact %", "too many"],
      losses.map((one) => [
        ...[one.group, one.ackDirections, one.ackDirectionsTold, one.lostAcks],
        ...[digits(one.ackErrorPercent, 2), digits(one.ackExactPercent, 1), one.acksInvented],
      ]),
    ),
    ...(requests.requests === 0
      ? []
      : [
          "",
          ...table(
            [
              "balancer",
              "requests",
              "matched rightly %",
              "wrong and unmarked %",
              "marked uncertain %",
              "right among marked %",
            ],
            matching.map((one) => [
              ...[one.group, one.requests, digits(one.rightPercent, 2), digits(one.wrongUnmarkedPercent, 3)],
              ...[digits(one.markedPercent, 1), digits(one.markedRightPercent, 1)],
            ]),
          ),
        ]),
  ].join("\n");
}

/** Every direction, with what others count: the tools' columns are empty where a tool isn't installed. */
export function directionsMarkdown(directions) {
  const found = directions.map((row) => row.beyond + row.before);
  const exact = directions.filter((row, index) => found[index] === row.lost).length;
  const columns = ["capture", "backend", "direction", "sent", "lost", "lbqos", "beyond", "before", "bounds"];
  const others = ["tshark retransmissions", "tshark lost segments", "tcptrace rexmt"];
  return [
    ...table(
      [...columns, ...others],
      directions.map((row, index) => [
        ...[row.run, row.backend, row.way.replace("_", " "), row.sent, row.lost],
        ...[found[index] === row.lost ? row.lost : `**${found[index]}**`, row.beyond, row.before],
        ...[
          `${row.atLeast}–${row.atMost}`,
          row.tshark?.retransmissions ?? "",
          row.tshark?.lostSegments ?? "",
        ],
        row.tcptrace ?? "",
      ]),
      3,
    ),
    "",
    `${exact} of ${directions.length} directions exact.`,
  ].join("\n");
}

function digits(value, places) {
  return value === null ? "–" : value.toFixed(places);
}

/** @param words columns at the left that hold words, not numbers */
function table(header, rows, words = 1) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [row(header), row(header.map((_, index) => (index < words ? "---" : "--:"))), ...rows.map(row)];
}

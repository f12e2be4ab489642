/** An audit of results: its report, and what it finds. `where` names a row: `round-robin, Flask A, run 4`. */
import { counted } from "./grammar.ts";

/** How throughput × delay of a row differs from the frame that its method sends; numbers as text. */
export interface FrameSizeFacts {
  readonly where: string;
  readonly throughput: string;
  readonly delay: string;
  readonly bits: string;
  readonly typicalBits: string;
  readonly difference: string;
  /** Whether most rows of the method have the typical frame, or most rows on its side of the balancer. */
  readonly isOwn: boolean;
  /** Whether the difference is a factor of 1000. */
  readonly isUnitSlip: boolean;
}

/** A block of rows whose delays stand one row off. */
export interface ShiftFacts {
  readonly where: string;
  readonly firstRun: string;
  readonly lastRun: string;
  readonly isBelow: boolean;
  readonly fitting: number;
  readonly rows: number;
  readonly fittingAsPrinted: number;
  readonly bits: string;
}

/** A jitter that rounding alone exceeds; numbers as text. */
export interface SmallJitterFacts {
  readonly where: string;
  readonly jitter: string;
  readonly equalPercent: number;
  readonly resolution: string;
  readonly floor: string;
}

export const audit = {
  title: (name: string) => `Audit: ${name}`,
  summary: (findings: number, impossible: number, rows: number) =>
    findings === 0
      ? "No impossible values found."
      : `${counted(findings, "finding")} in ${counted(rows, "row")}: ${impossible} impossible, ${findings - impossible} doubtful.`,
  severities: { impossible: "impossible", doubtful: "doubtful" },
  /** In place of a run\'s number. */
  mean: "mean",
  line: (line: number) => `line ${line}`,
  /** What the findings of a kind have in common. */
  headings: {
    "frame-size": "Throughput and delay that can't come from one run",
    "no-common-frame-size": "Methods whose throughput and delay do not agree on a frame size",
    "shifted-column": "Columns shifted against each other",
    "jitter-too-small": "Jitters too small for their definition",
    "jitter-negative": "Negative jitters",
    "mean-not-from-rows": "Means that don't follow from their rows",
    "mean-without-rows": "Means without rows",
    "requests-do-not-add-up": "Requests that don't add up",
    "more-requests-than-sent": "More requests than were sent",
    "fewer-requests-than-sent": "Fewer requests than were sent",
    "equal-rows": "Rows with identical values",
    "repeated-row": "Runs that appear twice",
    "loss-no-fraction": "Packet losses that no whole number of packets gives",
    "loss-maybe-count": "Packet losses that may be counts",
    "out-of-range": "Values out of range",
    "same-capture-twice": "Captures that appear twice",
  },
  frameSize: ({
    where,
    throughput,
    delay,
    bits,
    typicalBits,
    difference,
    isOwn,
    isUnitSlip,
  }: FrameSizeFacts) =>
    `${where}: throughput × delay = ${throughput} Mbps × ${delay} ms = ${bits} bit, but one request frame is ${typicalBits} bit in ${isOwn ? "most rows of the method" : "most rows on the same path"} (${difference} %)${isUnitSlip ? ", a factor of 1000, so a wrong unit" : ""}: the two values can't come from one run`,
  noCommonFrameSize: (method: string) =>
    `${method}: throughput × delay gives no common frame size in more than half of the rows, so wrong rows can't be told from right ones`,
  shift: ({ where, firstRun, lastRun, isBelow, fitting, rows, fittingAsPrinted, bits }: ShiftFacts) =>
    `${where}, runs ${firstRun} to ${lastRun}: each throughput fits the delay one row ${isBelow ? "below" : "above"}, the ${isBelow ? "last that of the first" : "first that of the last"}: ${fitting} of ${rows} products are then within 2 % of ${bits} bit, but only ${fittingAsPrinted} as printed; the columns are shifted against each other, which leaves their means unchanged`,
  smallJitter: ({ where, jitter, equalPercent, resolution, floor }: SmallJitterFacts) =>
    `${where}: a jitter of ${jitter} ms as a mean of absolute differences means that at least ${equalPercent} % of successive intervals are equal to within ${resolution} µs, but rounding of the timestamps alone gives ${floor} ms; it fits the signed form (d_N − d₂)/n without the absolute value, which measures almost nothing`,
  negativeJitter: (where: string, jitter: string) =>
    `${where}: a mean of absolute differences can't be negative (${jitter} ms); this is the signed form (d_N − d₂)/n without the absolute value, which measures almost nothing`,
  meanNotFromRows: (where: string, metric: string, printed: string, rows: number, mean: string) =>
    `${where}: ${metric} is printed as ${printed}, but the mean of its ${counted(rows, "row")} is ${mean}`,
  meanWithoutRows: (where: string) =>
    `${where}: a mean is printed, but the table of runs has no rows for this method and backend`,
  outOfRange: (where: string, metric: string, isPercent: boolean, printed: string) =>
    `${where}: ${metric} must be ${isPercent ? "between 0 and 100 %" : "0 or more"}, not ${printed}`,
  lossNoFraction: (where: string, percent: string, packets: number, lost: string) =>
    `${where}: a loss of ${percent} % of ${packets} packets would be ${lost} packets; only whole packets can be lost`,
  lossMaybeCount: (rows: number) =>
    `packet loss is a whole number in all ${rows} rows and its unit is not stated: these are counts of packets, or percentages rounded to whole ones; don't rate them before it is clear which`,
  requestsDoNotAddUp: (counts: readonly number[], sum: number, printed: number) =>
    `the backends' requests add up to ${counts.join(" + ")} = ${sum}, but the printed total is ${printed}`,
  moreRequestsThanSent: (received: number, sent: number) =>
    `the backends received ${received} requests of ${sent} sent; a balancer that retries can cause this, otherwise other traffic was counted`,
  fewerRequestsThanSent: (received: number, sent: number) =>
    `the backends received ${received} requests of ${sent} sent: ${sent - received} failed before they reached a backend, or the capture misses them`,
  rowAtLine: (row: string, line: number | null) => `${row} (line ${line})`,
  repeatedRow: (rows: string, count: number) =>
    `${rows}: one run has ${count} rows; number the runs, or remove the extra rows`,
  equalRows: (rows: string) =>
    `${rows}: the values are equal in every digit, which never happens in two runs; one row was copied`,
  sameCapture: (runs: string) => `${runs} are the same capture, which never happens with two runs`,
};

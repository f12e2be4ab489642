/** Deliberate faults of the network, per backend and direction. */
import { type Message, message } from "../words/message.ts";
import { type BackendName, SWITCH } from "./lab-hosts.ts";
import { namespaceOf, onHost } from "./lab-place.ts";
import type { LabStep } from "./lab-step.ts";

/** `to` the backend, or `from` it. */
export const directions = ["to", "from"] as const;
export type CableDirection = (typeof directions)[number];

/** One direction of one backend's cable. */
export interface Impairment {
  readonly backend: BackendName;
  readonly direction: CableDirection;
  /** Share of IPv4 packets dropped at random, 0 … 100, in steps of 0.01; 0: none. */
  readonly lossPercent: number;
  /** Rate of the cable in bit/s; `null`: as fast as the machine. */
  readonly bitsPerSecond: number | null;
  /** Extra delay in ms; 0: none. Needs netem in the kernel. */
  readonly delayMs: number;
}

/** nftables' table on the bridge; it lies in the switch's namespace and goes with it. */
const TABLE = "lbqos";
const CHAIN = "cables";
/** Loss is decided by a random number of 0 … 9999. */
const LOSS_STEPS = 10_000;
/** A frame that would wait longer than this for its turn is dropped, as at a switch of ordinary size. */
const QUEUE_MS = 100;
const SMALLEST_BURST_BYTES = 5_000;
/** How much of a second's traffic may pass at once. */
const BURST_SHARE = 1 / 250;
const NETEM_QUEUE_PACKETS = 100_000;

/** The switch's end of a host's cable. */
export function portOf(host: string): string {
  return `v-${host}`;
}

/**
 * A backend whose answers are to be slowed down hangs on a small bridge of its own, from which a second cable leads to
 * the big one: a queue works on what leaves an interface, so each direction needs one to leave by.
 */
export function needsOwnBridge(impairments: readonly Impairment[], host: string): boolean {
  return impairments.some(
    ({ backend, direction, bitsPerSecond, delayMs }) =>
      backend === host && direction === "from" && (bitsPerSecond !== null || delayMs > 0),
  );
}

/** The small bridge, and the two ends of the cable between it and the big one. */
export function ownBridge(host: string): { bridge: string; inner: string; outer: string } {
  return { bridge: `b-${host}`, inner: `i-${host}`, outer: `o-${host}` };
}

/** Steps that impair a lab whose hosts are there. */
export function impairmentSteps(lab: string, impairments: readonly Impairment[]): LabStep[] {
  return [...lossSteps(lab, impairments), ...impairments.flatMap((one) => queueSteps(lab, one, impairments))];
}

function lossSteps(lab: string, impairments: readonly Impairment[]): LabStep[] {
  const lossy = impairments.filter(({ lossPercent }) => lossPercent > 0);
  if (lossy.length === 0) return [];
  const nft = (purpose: Message, ...words: string[]): LabStep => ({
    purpose,
    action: { kind: "command", argv: onHost(lab, SWITCH, ["nft", ...words]) },
    undo: null,
  });
  return [
    nft(message("dropTable"), `add table bridge ${TABLE}`),
    nft(message("dropChain"), `add chain bridge ${TABLE} ${CHAIN} { type filter hook forward priority 0; }`),
    ...lossy.map(({ backend, direction, lossPercent }) => {
      const port = needsOwnBridge(impairments, backend) ? ownBridge(backend).outer : portOf(backend);
      const rule = [
        `add rule bridge ${TABLE} ${CHAIN} ${direction === "to" ? "oifname" : "iifname"} "${port}"`,
        `meta protocol ip numgen random mod ${LOSS_STEPS} < ${Math.round((lossPercent * LOSS_STEPS) / 100)}`,
        `counter drop comment "${counterName(backend, direction)}"`,
      ];
      return nft(message("packetsLost", lossPercent, direction, backend), rule.join(" "));
    }),
  ];
}

/** Name of a rule's counter. */
function counterName(backend: BackendName, direction: CableDirection): string {
  return `${direction}-${backend}`;
}

/** The command that prints the counters, for `readCounters`. */
export function countersCommand(lab: string): string[] {
  return onHost(lab, SWITCH, ["nft", "-j", "list", "table", "bridge", TABLE]);
}

/** Packets dropped so far by counter, from nft's JSON (libnftables-json(5)). */
export function readCounters(json: string): ReadonlyMap<string, number> {
  const document: { nftables: { rule?: { comment?: string; expr: { counter?: { packets: number } }[] } }[] } =
    JSON.parse(json);
  const counters = new Map<string, number>();
  for (const { rule } of document.nftables) {
    const packets = rule?.expr.find(({ counter }) => counter !== undefined)?.counter?.packets;
    if (rule?.comment !== undefined && packets !== undefined) counters.set(rule.comment, packets);
  }
  return counters;
}

function queueSteps(lab: string, one: Impairment, all: readonly Impairment[]): LabStep[] {
  const { backend, direction, bitsPerSecond, delayMs } = one;
  const device = direction === "to" ? portOf(backend) : ownBridge(backend).inner;
  const queue = (purpose: Message, ...words: string[]): LabStep => ({
    purpose,
    action: {
      kind: "command",
      argv: ["tc", "-n", namespaceOf(lab, SWITCH), "qdisc", "add", "dev", device, ...words],
    },
    undo: null,
  });
  if (direction === "from" && !needsOwnBridge(all, backend)) return [];
  const steps: LabStep[] = [];
  if (delayMs > 0) {
    steps.push(
      queue(
        message("delayAdded", delayMs, direction, backend),
        ...["root", "handle", "1:", "netem", "delay", `${delayMs}ms`, "limit", `${NETEM_QUEUE_PACKETS}`],
      ),
    );
  }
  if (bitsPerSecond !== null) {
    const burst = Math.max(SMALLEST_BURST_BYTES, Math.round((bitsPerSecond / 8) * BURST_SHARE));
    steps.push(
      queue(
        message("rateLimited", bitsPerSecond, direction, backend),
        ...(delayMs > 0 ? ["parent", "1:1", "handle", "10:"] : ["root"]),
        ...["tbf", "rate", `${bitsPerSecond}bit`, "burst", `${burst}`, "latency", `${QUEUE_MS}ms`],
      ),
    );
  }
  return steps;
}

/** An impairment in words: `2 % loss to fa`. */
export function impairmentText(one: Impairment): Message {
  const { lossPercent, bitsPerSecond, delayMs, direction, backend } = one;
  return message("impairment", lossPercent, bitsPerSecond, delayMs, direction, backend);
}

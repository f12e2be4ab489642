/** Deliberate faults of the network, per backend and direction. */
import { type Message, message } from "../words/message.ts";
import {
  CABLE_PROGRAM,
  CABLE_READY,
  type CableFaults,
  cableCommand,
  cableSource,
  compileCommand,
} from "./cable-program.ts";
import { type BackendName, SWITCH } from "./lab-hosts.ts";
import { type LabPlace, namespaceOf, onHost } from "./lab-place.ts";
import type { LabStep } from "./lab-step.ts";

/** `to` the backend, or `from` it. */
export const directions = ["to", "from"] as const;
export type CableDirection = (typeof directions)[number];

/** One direction of one backend's cable. */
export interface Impairment extends CableFaults {
  readonly backend: BackendName;
  readonly direction: CableDirection;
  /** Share of TCP packets dropped at random, 0 … 100, in steps of 0.01; 0: none. */
  readonly lossPercent: number;
  /** Rate of the cable in bit/s; `null`: as fast as the machine. */
  readonly bitsPerSecond: number | null;
}

/** A direction in which nothing goes wrong. */
export const NO_FAULTS: Omit<Impairment, "backend" | "direction"> = {
  lossPercent: 0,
  bitsPerSecond: null,
  delayMs: 0,
  jitterMs: 0,
  reorderMs: 0,
  burstPercent: 0,
  duplicatePercent: 0,
};

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

/** The switch's end of a host's cable. */
export function portOf(host: string): string {
  return `v-${host}`;
}

/** Whether something goes wrong in a direction. */
export function isImpaired(one: Impairment): boolean {
  return one.lossPercent > 0 || one.bitsPerSecond !== null || needsProgram(one);
}

function needsProgram(faults: CableFaults): boolean {
  const { delayMs, jitterMs, reorderMs, burstPercent, duplicatePercent } = faults;
  return [delayMs, jitterMs, reorderMs, burstPercent, duplicatePercent].some((fault) => fault > 0);
}

/**
 * How a backend's cable reaches the big switch. One whose answers are slowed down hangs on a small bridge of its own, from which a
 * second cable leads to the big one: a queue works on what leaves an interface, so each direction needs one to leave by. With
 * offload all do, since frames are cut into those of the wire where they leave the second cable. Our own program is such a cable,
 * too.
 */
export function uplinkOf(
  impairments: readonly Impairment[],
  host: string,
  offload: boolean,
): "direct" | "cable" | "program" {
  const own = impairments.filter(({ backend }) => backend === host);
  if (own.some(needsProgram)) return "program";
  const isSlowed = own.some(({ direction, bitsPerSecond }) => direction === "from" && bitsPerSecond !== null);
  return isSlowed || offload ? "cable" : "direct";
}

/** The small bridge, and the two ends of the cable between it and the big one. */
export function ownBridge(host: string): { bridge: string; inner: string; outer: string } {
  return { bridge: `b-${host}`, inner: `i-${host}`, outer: `o-${host}` };
}

/** Makes the program of the cables that need one. */
export function programSteps({ folder }: LabPlace, impairments: readonly Impairment[]): LabStep[] {
  if (!impairments.some(needsProgram)) return [];
  return [
    {
      purpose: message("cableSource"),
      action: { kind: "write", path: cableSource(folder), content: CABLE_PROGRAM },
      undo: null,
    },
    {
      purpose: message("cableCompiled"),
      action: { kind: "command", argv: compileCommand(folder) },
      undo: null,
    },
  ];
}

/** Starts the program that is the second cable of a backend; its two devices come and go with it. */
export function programStep(
  { name, folder }: LabPlace,
  host: string,
  title: string,
  impairments: readonly Impairment[],
): LabStep {
  const { inner, outer } = ownBridge(host);
  const faults = (direction: CableDirection) =>
    impairments.find((one) => one.backend === host && one.direction === direction) ?? NO_FAULTS;
  const process = `cable-${host}`;
  const argv = cableCommand(folder, [outer, inner], faults("to"), faults("from"));
  return {
    purpose: message("cableIsProgram", title),
    action: {
      kind: "start",
      process,
      argv: onHost(name, SWITCH, argv),
      log: `${folder}/${process}.log`,
      ready: { words: CABLE_READY },
      isPreferred: true,
    },
    undo: { kind: "end", process, signal: "SIGTERM" },
  };
}

/** Steps that impair a lab whose hosts are there. */
export function impairmentSteps(
  lab: string,
  impairments: readonly Impairment[],
  offload: boolean,
): LabStep[] {
  return [...lossSteps(lab, impairments, offload), ...impairments.flatMap((one) => rateSteps(lab, one))];
}

function lossSteps(lab: string, impairments: readonly Impairment[], offload: boolean): LabStep[] {
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
      // Where a second cable has cut frames up: behind it on the way to the backend, and on the way back.
      const isDirect = uplinkOf(impairments, backend, offload) === "direct";
      const port = isDirect || direction === "to" ? portOf(backend) : ownBridge(backend).outer;
      const rule = [
        `add rule bridge ${TABLE} ${CHAIN} ${direction === "to" ? "oifname" : "iifname"} "${port}"`,
        `meta l4proto tcp numgen random mod ${LOSS_STEPS} < ${Math.round((lossPercent * LOSS_STEPS) / 100)}`,
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

function rateSteps(lab: string, { backend, direction, bitsPerSecond }: Impairment): LabStep[] {
  if (bitsPerSecond === null) return [];
  const device = direction === "to" ? portOf(backend) : ownBridge(backend).inner;
  const burst = Math.max(SMALLEST_BURST_BYTES, Math.round((bitsPerSecond / 8) * BURST_SHARE));
  return [
    {
      purpose: message("rateLimited", bitsPerSecond, direction, backend),
      action: {
        kind: "command",
        argv: [
          ...["tc", "-n", namespaceOf(lab, SWITCH), "qdisc", "add", "dev", device, "root"],
          ...["tbf", "rate", `${bitsPerSecond}bit`, "burst", `${burst}`, "latency", `${QUEUE_MS}ms`],
        ],
      },
      undo: null,
    },
  ];
}

/** An impairment in words: `2 % loss to fa`. */
export function impairmentText(one: Impairment): Message {
  const parts = [
    ...(one.lossPercent > 0 ? [message("faultLoss", one.lossPercent)] : []),
    ...(one.burstPercent > 0 ? [message("faultBursts", one.burstPercent)] : []),
    ...(one.duplicatePercent > 0 ? [message("faultCopies", one.duplicatePercent)] : []),
    ...(one.bitsPerSecond === null ? [] : [message("faultRate", one.bitsPerSecond)]),
    ...(one.delayMs > 0 ? [message("faultDelay", one.delayMs)] : []),
    ...(one.jitterMs > 0 ? [message("faultJitter", one.jitterMs)] : []),
    ...(one.reorderMs > 0 ? [message("faultReordering", one.reorderMs)] : []),
  ];
  return message("impairment", parts, one.direction, one.backend);
}

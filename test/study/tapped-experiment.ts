/** Experiments whose runs have taps at the backend. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capturesOf, exchanges, type TestPacket } from "../path/two-taps.ts";

/** Its manifest: the balancer is 10.0.0.1, the only backend 10.0.0.2. */
export const TAPPED_MANIFEST = `
balancer: 10.0.0.1
backends: [{ name: Flask A, address: 10.0.0.2 }]
methods:
  - { name: round-robin, captures: round-robin/*.pcap }
  - { name: ip-hash, captures: ip-hash/*.pcap }
taps:
  clocks: synchronous
  files: { Flask A: "{capture}.flask-a.pcap" }
`;

type Change = (packets: TestPacket[], run: number) => TestPacket[];

/** Two runs of each method: by ip-hash packets to the backend take 3 ms, and one of the way back is lost. */
const SLOW: Change = (packets) =>
  packets.map((packet, index) =>
    packet.isForward ? { ...packet, delaysNs: [3e6] } : index === 5 ? { ...packet, delaysNs: [] } : packet,
  );

/** Writes one into a folder, two runs of each of two methods. @returns the folder */
export function writeTappedExperiment(root: string, manifest = TAPPED_MANIFEST): string {
  for (const [method, change] of [
    ["round-robin", (packets: TestPacket[]) => packets],
    ["ip-hash", SLOW],
  ] as const) {
    mkdirSync(join(root, method), { recursive: true });
    for (const run of [1, 2]) {
      const packets = change(exchanges(), run).map((packet) => ({
        ...packet,
        sequence: (packet.sequence ?? 0) + 1000 * run,
        acknowledgement: packet.flags === 0x02 ? 0 : (packet.acknowledgement ?? 0) + 1000 * run,
      }));
      const [first, second] = capturesOf(packets);
      writeFileSync(join(root, method, `${run}.pcap`), first);
      writeFileSync(join(root, method, `${run}.flask-a.pcap`), second);
    }
  }
  writeFileSync(join(root, "experiment.yaml"), manifest);
  return root;
}

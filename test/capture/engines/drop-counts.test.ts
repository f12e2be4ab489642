/** What engines say of dropped packets, and what of it can be. */
import { expect, test } from "vitest";
import { DumpcapCounts } from "../../../src/capture/engines/dumpcap.ts";
import { TcpdumpCounts } from "../../../src/capture/engines/tcpdump.ts";

/** All counts in one line, as SIGUSR1 asks for them, and a line for each at the end. */
function tcpdump(received: number, kernel: number, byInterface: number | null): (number | null)[] {
  const counts = [
    "60 packets captured",
    `${received} packets received by filter`,
    `${kernel} packets dropped by kernel`,
  ];
  if (byInterface !== null) counts.push(`${byInterface} packets dropped by interface`);
  return [[counts.join(", ")], counts].map((lines) => {
    const read = new TcpdumpCounts();
    for (const line of lines) read.read(line);
    return read.dropped;
  });
}

test.each([
  ["0 is 0", 60, 0, null, 0],
  ["some", 200, 50, null, 50],
  ["all of them", 200, 200, null, 200],
  ["and those of the interface", 60, 0, 134, 134],
  ["the interface's come on top, filtered or not", 60, 5, 134, 139],
  ["more than there were", 200, 500, null, null],
  ["one more than there were", 200, 201, null, null],
  ["below zero in 32 bits", 166, 4_294_965_006, null, null],
  ["below zero by one", 60, 4_294_967_295, null, null],
  ["the interface's below zero", 60, 0, 4_294_967_290, null],
])("tcpdump: %s", (_, received, kernel, byInterface, dropped) => {
  expect(tcpdump(received, kernel, byInterface)).toEqual([dropped, dropped]);
});

test("tcpdump: nothing said is not known, and one packet is one packet", () => {
  const read = new TcpdumpCounts();
  expect(read.dropped).toBeNull();
  for (const line of ["1 packet captured", "2 packets received by filter", "1 packet dropped by kernel"])
    read.read(line);
  expect(read.dropped).toBe(1);
});

const lineOf = (name: string, counts: readonly number[], received = 166) => {
  const [pcap = 0, dumpcap = 0, flushed = 0, byInterface = 0] = counts;
  const sum = pcap + dumpcap + flushed;
  const parts = `pcap:${pcap}/dumpcap:${dumpcap}/flushed:${flushed}/ps_ifdrop:${byInterface}`;
  return `Packets received/dropped on interface '${name}': ${received}/${sum} (${parts}) (0.0%)`;
};

test.each([
  ["0 is 0", [[0, 0, 0, 0]], 0],
  ["every part, the interface's on top", [[3, 2, 1, 134]], 140],
  ["two interfaces", [[3], [0, 0, 0, 7]], 10],
  ["more than reached dumpcap", [[500]], 500],
  ["below zero in 32 bits", [[4_294_965_006]], null],
  ["one interface's below zero", [[3], [4_294_965_006], [5]], null],
  ["the interface's own below zero", [[0, 0, 0, 4_294_967_290]], null],
])("dumpcap: %s", (_, interfaces, dropped) => {
  const read = new DumpcapCounts();
  expect(read.dropped).toBeNull();
  for (const [index, counts] of interfaces.entries()) read.read(lineOf(`eth${index}`, counts));
  read.read("Packets captured: 166");
  expect(read.dropped).toBe(dropped);
});

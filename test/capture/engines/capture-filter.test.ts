/** The filter is what libpcap understands on every link type, and lets through what the analysis counts. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { captureFilter, type FilteredPairs } from "../../../src/capture/engines/capture-filter.ts";
import { findProgram } from "../../../src/capture/engines/find-program.ts";
import { Failure } from "../../../src/failure.ts";
import { needs } from "../../real-part.ts";
import { pcapFile } from "../build-pcap.ts";

const BALANCER = "192.168.56.103";
const FLASK = ["192.168.56.109", "192.168.56.113", "192.168.56.110"];

const PAIRS: readonly [string, FilteredPairs][] = [
  ["nobody is named", {}],
  ["a balancer", { balancer: BALANCER }],
  [
    "a balancer with backends",
    { balancer: BALANCER, backends: FLASK.map((address) => ({ address, port: 80 })) },
  ],
  ["backends only", { backends: FLASK.map((address) => ({ address })) }],
  [
    "backends with ports",
    {
      backends: [
        { address: "127.0.0.1", port: 8001 },
        { address: "::1", port: 8002 },
      ],
    },
  ],
  ["IPv6", { balancer: "fd00::1", backends: [{ address: "fe80::2%eth0" }] }],
];

test("reads as one expects", () => {
  const own = (pairs: FilteredPairs) => captureFilter(pairs).split(" or ((ether")[0];
  expect(PAIRS.map(([, pairs]) => own(pairs))).toEqual([
    "tcp",
    "(tcp and (host 192.168.56.103))",
    "(tcp and (host 192.168.56.103))",
    "(tcp and (host 192.168.56.109 or host 192.168.56.113 or host 192.168.56.110))",
    "(tcp and ((host 127.0.0.1 and port 8001) or (host ::1 and port 8002)))",
    "(tcp and (host fd00::1))",
  ]);
});

test.each(["10.0.0.1 or udp", "eth0", "", "10.0.0.1)"])("%j is no address", (address) => {
  expect(() => captureFilter({ balancer: address })).toThrow(Failure);
  expect(() => captureFilter({ balancer: address })).toThrow(`${address}: no IP address to capture by`);
});

needs("tcpdump")("capture filter, by libpcap", () => {
  const tcpdump = findProgram("tcpdump")?.path ?? "tcpdump";
  const folder = mkdtempSync(join(tmpdir(), "lbqos-filter-"));
  const balanced = join(folder, "round-robin.pcapng");

  beforeAll(() => {
    const fixture = new URL("../../../fixtures/captures/round-robin-1.pcapng.gz", import.meta.url);
    writeFileSync(balanced, gunzipSync(readFileSync(fixture)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const count = (path: string, filter: string): number => {
    const options = { encoding: "utf8", stdio: "pipe", maxBuffer: 2 ** 28 } as const;
    return execFileSync(tcpdump, ["-nn", "-t", "-q", "-r", path, filter], options).split("\n").length - 1;
  };

  describe.each(PAIRS)("%s", (_title, pairs) => {
    test.each(["EN10MB", "LINUX_SLL", "LINUX_SLL2", "RAW", "NULL", "PPP"])(
      "can be compiled for %s",
      (linkType) => {
        const code = execFileSync(tcpdump, ["-y", linkType, "-d", captureFilter(pairs)], {
          encoding: "utf8",
        });
        expect(code).toMatch(/ret +#0/);
        expect(code).toMatch(/ret +#[1-9]/);
      },
    );
  });

  test("lets through all TCP of the study's balancer: clients and backends", () => {
    const all = count(balanced, "tcp");
    expect(all).toBeGreaterThan(1000);
    expect(count(balanced, captureFilter({ balancer: BALANCER }))).toBe(all);
    expect(count(balanced, captureFilter({}))).toBe(all);
    const one = captureFilter({ backends: [{ address: "192.168.56.113" }] });
    expect(count(balanced, one)).toBe(count(balanced, "tcp and host 192.168.56.113"));
    expect(count(balanced, one)).toBeLessThan(all);
    expect(count(balanced, captureFilter({ balancer: "10.9.9.9" }))).toBe(0);
  });

  test.each([
    ["802.1Q, IPv4", [vlan(0x8100), ipv4(6)], 1],
    ["802.1ad, IPv4", [vlan(0x88a8), ipv4(6)], 1],
    ["802.1Q, IPv6", [vlan(0x8100), ipv6(6)], 1],
    ["802.1Q, UDP", [vlan(0x8100), ipv4(17)], 0],
    ["802.1Q, UDP over IPv6", [vlan(0x8100), ipv6(17)], 0],
    ["no tag, another host", [ipv4(6)], 0],
  ])("%s: a tag in the frame", (_title, layers, expected) => {
    const frame = Buffer.concat([Buffer.alloc(12, 0x02), ...layers, Buffer.alloc(20)]);
    const path = join(folder, "tagged.pcap");
    writeFileSync(path, pcapFile([{ seconds: 1, fraction: 0, data: frame }]));
    expect(count(path, captureFilter({ balancer: BALANCER }))).toBe(expected);
  });
});

/** The tag, which stands where the EtherType is else. */
function vlan(etherType: number): Buffer {
  const tag = Buffer.alloc(4);
  tag.writeUInt16BE(etherType, 0);
  tag.writeUInt16BE(7, 2);
  return tag;
}

/** EtherType and header, from and to 1.1.1.1. */
function ipv4(protocol: number): Buffer {
  const header = Buffer.alloc(22, 1);
  header.writeUInt16BE(0x0800, 0);
  header.writeUInt16BE(0x4500, 2);
  header.writeUInt16BE(40, 4);
  header.writeUInt16BE(0, 8);
  header.writeUInt8(protocol, 11);
  return header;
}

function ipv6(protocol: number): Buffer {
  const header = Buffer.alloc(42, 1);
  header.writeUInt16BE(0x86dd, 0);
  header.writeUInt8(0x60, 2);
  header.writeUInt16BE(20, 6);
  header.writeUInt8(protocol, 8);
  return header;
}

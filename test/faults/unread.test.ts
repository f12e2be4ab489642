/** What could not be read is said: frames, and parts of HTTP's streams, with their number, the reason, the first frame, and advice. */
import { beforeAll, describe, expect, test } from "vitest";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { DraftCapture, type DraftedConversation, get, ok } from "./draft-capture.ts";

const CLIENT = { address: "10.0.0.10", port: 45_000 };
const SERVER = { address: "10.0.0.21", port: 80, isn: 5_000_000 };
/** Where the IPv4 header begins, and the TCP header. */
const IP = 14;
const TCP = 34;

const CODES = ["unread-frames", "holes-in-http", "malformed-http", "http-limits", "no-http", "tls", "http2"];

// The first analysis compiles the programs.
beforeAll(async () => {
  await new DraftCapture().analyze().catch(() => {});
}, 120_000);

/** A connection with one exchange before what goes wrong: frames 1 to 7. */
function begun(capture: DraftCapture): DraftedConversation {
  const conversation = capture.conversation(CLIENT, SERVER);
  conversation.open(0);
  conversation.exchange(10);
  return conversation;
}

function unread({ warnings }: RunMetrics): string[] {
  return warnings
    .filter(({ code }) => CODES.includes(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

describe("frames", () => {
  const writeIpLength = (length: number) => (bytes: Buffer) => bytes.writeUInt16BE(length, IP + 2);
  test.each<[string, (bytes: Buffer) => void, string]>([
    ["an IP length that ends with its header", writeIpLength(20), "malformed-ip, IPv4 total length 20"],
    ["an IP length within its header", writeIpLength(11), "malformed-ip, IPv4 total length 11"],
    ["a TCP header of 8 bytes", (bytes) => bytes.writeUInt8(0x20, TCP + 12), "malformed-tcp"],
    ["ESP", (bytes) => bytes.writeUInt8(50, IP + 9), "encrypted"],
  ])("%s", async (_title, change, reason) => {
    const capture = new DraftCapture();
    const conversation = begun(capture);
    for (const at of [100, 200, 300]) {
      const frame = conversation.frame("server", at, { data: "x".repeat(400) });
      change(frame.bytes);
      capture.record(frame);
    }
    const said = unread(await capture.analyze());
    expect(said).toContainEqual(
      expect.stringMatching(`^unread-frames: 3 frames are unreadable \\(${reason}; first: frame 8\\)`),
    );
  });

  test("none where other traffic is beside: ARP, UDP", async () => {
    const capture = new DraftCapture();
    const conversation = begun(capture);
    const arp = conversation.frame("client", 100).bytes;
    arp.writeUInt16BE(0x0806, 12);
    const udp = conversation.frame("client", 101).bytes;
    udp.writeUInt8(17, IP + 9);
    for (const bytes of [arp, udp]) capture.record({ at: 102, bytes, wireLength: bytes.length });
    expect(unread(await capture.analyze())).toEqual([]);
  });
});

describe("HTTP that breaks off", () => {
  const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  test.each([
    ["a wrong chunk size", `${chunked}xyz\r\n`, "a chunk that breaks"],
    [
      "lengths that differ",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
      "lengths that differ",
    ],
    ["no start line", `${ok()}and some more`, "no start line"],
  ])("%s, on two connections", async (_title, answer, reason) => {
    const capture = new DraftCapture();
    begun(capture);
    for (const index of [1, 2]) {
      const conversation = capture.conversation({ ...CLIENT, port: 45_000 + index }, SERVER);
      conversation.open(1000 * index);
      conversation.exchange(1000 * index + 10, 5, get(), answer);
    }
    const [first, ...more] = unread(await capture.analyze());
    expect(first).toMatch(new RegExp(`^malformed-http: .*2 × ${reason}.*first at frame 13\\)`));
    expect(more).toEqual([]);
  });

  test.each([
    ["where a message begins", [ok("hello").length, ok("hello").length], "where a message begins"],
    ["in a header", [20], "in a header"],
  ])("bytes that the recorder missed %s", async (_title, missing, reason) => {
    const capture = new DraftCapture();
    const conversation = begun(capture);
    conversation.send("client", 100, { data: missing.map(() => get()).join("") + get() });
    let rest = ok("hello").repeat(missing.length + 1);
    const isHeader = missing.length === 1;
    if (isHeader) {
      conversation.send("server", 105, { data: rest.slice(0, 20) });
      rest = rest.slice(20);
    }
    for (const length of missing) {
      conversation.send("server", 106, { data: rest.slice(0, length), missed: true });
      rest = rest.slice(length);
    }
    conversation.send("client", 107);
    conversation.send("server", 110, { data: rest });
    conversation.send("client", 111);
    conversation.exchange(200);
    const [first, ...more] = unread(await capture.analyze());
    expect(first).toMatch(new RegExp(`^holes-in-http: .*1 × ${reason} \\(first at frame `));
    expect(more).toEqual([]);
  });

  test("holes that the snap length made have its warning only", async () => {
    const capture = new DraftCapture();
    const conversation = begun(capture);
    conversation.send("client", 100, { data: get("/long") });
    conversation.send("server", 105, { data: ok("x".repeat(500)), capturedLength: 80 });
    conversation.exchange(200);
    const run = await capture.analyze();
    expect(run.warnings.map(({ code }) => code)).toContain("short-snap-length");
    expect(unread(run)).toEqual([]);
  });

  test("nothing of a run without faults", async () => {
    const capture = new DraftCapture();
    begun(capture).close(100);
    expect(unread(await capture.analyze())).toEqual([]);
  });
});

describe("other protocols", () => {
  const SSH = "SSH-2.0-OpenSSH_9.2\r\n";
  const MYSQL = "J\0\0\0\n8.0.34\0";
  const talk = (capture: DraftCapture, port: number, greeting: string) => {
    const conversation = capture.conversation({ ...CLIENT, port: 50_000 + port }, { ...SERVER, port });
    conversation.open(port);
    conversation.send("server", port + 10, { data: greeting });
    conversation.send("client", port + 11);
    conversation.close(port + 20);
  };

  test("are named where there is no HTTP at all", async () => {
    const capture = new DraftCapture();
    talk(capture, 22, SSH);
    talk(capture, 3306, MYSQL);
    talk(capture, 3307, MYSQL);
    expect(unread(await capture.analyze())).toEqual([
      "no-http: No HTTP/1 was found: 1 connection speaks SSH, 2 connections begin with something else (first at frame 4).",
    ]);
  });

  test("are nobody's trouble beside HTTP", async () => {
    const capture = new DraftCapture();
    begun(capture);
    talk(capture, 22, SSH);
    talk(capture, 3306, MYSQL);
    expect(unread(await capture.analyze())).toEqual([]);
  });

  test("TLS has its warning by server, and no second one", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, { ...SERVER, port: 443 });
    conversation.open(0);
    const hello = Buffer.concat([Buffer.from("16030100300100002c0303", "hex"), Buffer.alloc(42)]);
    conversation.send("client", 10, { data: hello });
    conversation.send("server", 11);
    const [first, ...more] = unread(await capture.analyze());
    expect(first).toMatch(/^tls: 1 connection to 10\.0\.0\.21:443/);
    expect(more).toEqual([]);
  });
});

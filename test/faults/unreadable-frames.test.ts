/**
 * Frames that were recorded and can't be read, or hold less than their IP header says: nothing that the recorder missed. A
 * warning says how many they are, where the first one is, and why.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { DraftCapture, type DraftedFrame, get, type HostSettings, ok } from "./draft-capture.ts";
import { figuresOf } from "./figures.ts";

const IPV4 = [
  { address: "10.0.0.10", port: 45_000 },
  { address: "10.0.0.21", port: 80 },
] as const;
const IPV6 = [
  { address: "fd00::10", port: 45_000 },
  { address: "fd00::21", port: 80 },
] as const;

/** Bytes of the link header, and where the lengths lie behind it. */
const LINK = 14;
const IPV4_LENGTH = LINK + 2;
const IPV4_CHECKSUM = LINK + 10;
const IPV6_LENGTH = LINK + 4;
const IPV4_DATA_OFFSET = LINK + 20 + 12;

// The first analysis compiles the programs.
beforeAll(async () => {
  const capture = new DraftCapture();
  capture.conversation(...IPV4).open(0);
  await capture.analyze();
}, 240_000);

/** Twelve exchanges on one connection; `damage` makes other bytes of every fourth response. */
async function damagedResponses(
  damage: (bytes: Buffer) => Buffer,
  { ends: [client, server] = IPV4 as readonly [HostSettings, HostSettings], length = 4000 } = {},
) {
  const capture = new DraftCapture();
  const conversation = capture.conversation(client, server);
  conversation.open(0);
  for (let index = 0; index < 12; index++) {
    const at = 10 + index * 30;
    conversation.send("client", at, { data: get(`/${index}`) });
    conversation.send("server", at + 0.5);
    const frame = conversation.frame("server", at + 5, { data: ok("x".repeat(length)) });
    capture.record(index % 4 === 2 ? damaged(frame, damage) : frame);
    conversation.send("client", at + 5.5);
  }
  conversation.close(500);
  const run = await capture.analyze();
  const warning = (code: string) => run.warnings.find((one) => one.code === code)?.message ?? null;
  return {
    figures: figuresOf(run),
    skipped: run.capture.skipped,
    codes: run.warnings.map(({ code }) => code),
    unreadable: warning("unread-frames"),
    short: warning("short-frames"),
  };
}

function damaged(frame: DraftedFrame, damage: (bytes: Buffer) => Buffer): DraftedFrame {
  const bytes = damage(Buffer.from(frame.bytes));
  return { at: frame.at, bytes, wireLength: bytes.length };
}

/** Writes a number, and the IPv4 header's checksum anew. */
function written(bytes: Buffer, offset: number, value: number): Buffer {
  bytes.writeUInt16BE(value, offset);
  bytes.writeUInt16BE(0, IPV4_CHECKSUM);
  let sum = 0;
  for (let at = LINK; at < LINK + 20; at += 2) sum += bytes.readUInt16BE(at);
  bytes.writeUInt16BE(0xffff - (sum % 0xffff), IPV4_CHECKSUM);
  return bytes;
}

/** The handshake has frames 1 to 3, an exchange four. */
const FIRST = 3 + 2 * 4 + 3;
const NOTHING_LOST = { captureDrops: 0, beyondTap: 0, beforeTap: 0, retransmitted: 0, requests: 12 };

describe("an IP length without room for TCP", () => {
  test.each([0, 700, 4000, 20_000])("IPv4's total length 20, responses of %i bytes", async (length) => {
    const { figures, skipped, unreadable } = await damagedResponses(
      (bytes) => written(bytes, IPV4_LENGTH, 20),
      { length },
    );
    expect(figures).toMatchObject(NOTHING_LOST);
    expect(skipped).toEqual({ "malformed-ip": 3 });
    expect(unreadable).toContain(
      `3 frames are unreadable (malformed-ip, IPv4 total length 20; first: frame ${FIRST})`,
    );
  });

  test.each([
    [8, "malformed-ip"],
    [23, "malformed-ip"],
    [24, "malformed-tcp"],
    [39, "malformed-tcp"],
  ])("IPv4's total length %i", async (total, reason) => {
    const { figures, skipped, unreadable } = await damagedResponses((bytes) =>
      written(bytes, IPV4_LENGTH, total),
    );
    expect(figures).toMatchObject(NOTHING_LOST);
    expect(skipped).toEqual({ [reason]: 3 });
    expect(unreadable).toContain(`(${reason}, IPv4 total length ${total}; first: frame ${FIRST})`);
  });

  test.each([1, 19])("IPv6's payload length %i", async (length) => {
    const shortened = (bytes: Buffer) => {
      bytes.writeUInt16BE(length, IPV6_LENGTH);
      return bytes;
    };
    const { figures, unreadable } = await damagedResponses(shortened, { ends: IPV6 });
    expect(figures).toMatchObject(NOTHING_LOST);
    expect(unreadable).toContain(`IPv6 total length ${40 + length}; first: frame ${FIRST})`);
  });
});

test("an impossible length of the TCP header", async () => {
  const { figures, skipped, unreadable } = await damagedResponses((bytes) => {
    bytes[IPV4_DATA_OFFSET] = 0x10;
    return bytes;
  });
  expect(figures).toMatchObject(NOTHING_LOST);
  expect(skipped).toEqual({ "malformed-tcp": 3 });
  expect(unreadable).toContain(`3 frames are unreadable (malformed-tcp; first: frame ${FIRST})`);
});

describe("frames shorter than their IP length", () => {
  test.each([
    { name: "the checksum right", damage: (bytes: Buffer) => bytes.subarray(0, 200) },
    {
      name: "the checksum not computed",
      damage: (bytes: Buffer) => {
        bytes.writeUInt16BE(0, IPV4_CHECKSUM);
        return bytes.subarray(0, 200);
      },
    },
    {
      name: "the checksum wrong",
      damage: (bytes: Buffer) => {
        bytes.writeUInt16BE(0x1234, IPV4_CHECKSUM);
        return bytes.subarray(0, 200);
      },
    },
    { name: "cut in the payload's first bytes", damage: (bytes: Buffer) => bytes.subarray(0, 60) },
  ])("$name", async ({ damage }) => {
    const { figures, short, codes } = await damagedResponses(damage);
    expect(figures).toMatchObject(NOTHING_LOST);
    expect(short).toContain(`3 frames are shorter than the IP length in them, first frame ${FIRST},`);
    expect(codes).not.toContain("short-snap-length");
  });

  test("over IPv6", async () => {
    const { figures, short } = await damagedResponses((bytes) => bytes.subarray(0, 200), { ends: IPV6 });
    expect(figures).toMatchObject(NOTHING_LOST);
    expect(short).toContain("3 frames are shorter than the IP length in them");
  });

  test("a snap length is another matter", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(...IPV4);
    conversation.open(0);
    conversation.send("client", 10, { data: get() });
    conversation.send("server", 15, { data: ok("x".repeat(4000)), capturedLength: 200 });
    conversation.send("client", 16);
    const codes = (await capture.analyze()).warnings.map(({ code }) => code);
    expect(codes).toContain("short-snap-length");
    expect(codes).not.toContain("short-frames");
  });
});

test("what was missed beside them is still missed", async () => {
  const capture = new DraftCapture();
  const conversation = capture.conversation(...IPV4);
  conversation.open(0);
  for (let index = 0; index < 10; index++) {
    const at = 10 + index * 30;
    conversation.send("client", at, { data: get() });
    const frame = conversation.frame("server", at + 5, { data: ok("x".repeat(1000)) });
    if (index === 3) capture.record(damaged(frame, (bytes) => written(bytes, IPV4_LENGTH, 20)));
    else if (index !== 6) capture.record(frame);
    conversation.send("client", at + 5.5);
  }
  const run = await capture.analyze();
  expect(figuresOf(run)).toMatchObject({ captureDrops: 1, beforeTap: 0 });
});

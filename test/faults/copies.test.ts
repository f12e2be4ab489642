/** Frames recorded twice where no IPv4 ID says so, and files of two taps: every packet is counted once. */
import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { DraftCapture, type DraftedFrame, get, ok } from "./draft-capture.ts";
import { figuresOf, flawless } from "./figures.ts";

const HOSTS = {
  IPv4: ["10.0.0.1", "10.0.0.10"],
  IPv6: ["fd00::1", "fd00::10"],
} as const;

// The first analysis compiles the programs.
beforeAll(async () => {
  await new DraftCapture().analyze().catch(() => {});
}, 120_000);

/** A connection, recorded a second time as `again` says. */
async function recorded(
  version: "IPv4" | "IPv6",
  ipId: number | undefined,
  again: (frame: DraftedFrame) => DraftedFrame,
) {
  const [client, server] = HOSTS[version];
  const capture = new DraftCapture();
  const conversation = capture.conversation({ address: client, port: 40_000 }, { address: server, port: 80 });
  const send = conversation.send.bind(conversation);
  conversation.send = (side, at, changes = {}) =>
    send(side, at, ipId === undefined ? changes : { ...changes, ipId });
  conversation.open(0);
  for (let index = 0; index < 10; index++) conversation.exchange(10 + index * 20);
  conversation.close(300);
  const frames = capture.frames.length;
  for (const frame of [...capture.frames]) capture.record(again(frame));
  capture.sort();
  const run = await capture.analyze();
  return { run, frames };
}

function later(
  ms: number,
  change: (bytes: Buffer) => void = () => {},
): (frame: DraftedFrame) => DraftedFrame {
  return (frame) => {
    const bytes = Buffer.from(frame.bytes);
    change(bytes);
    return { ...frame, at: frame.at + ms, bytes };
  };
}

const HOP_LIMIT = { IPv4: 22, IPv6: 21 } as const;

describe.each([
  ["IPv4", 0],
  ["IPv6", undefined],
] as const)("%s, ID %s", (version, ipId) => {
  test.each([0.0005, 0.03, 0.4])("all frames once more %d ms later, through the same link", async (ms) => {
    const { run, frames } = await recorded(version, ipId, later(ms));
    expect(figuresOf(run)).toEqual(flawless(10));
    expect(run.capture.duplicateFrames).toBe(frames);
  });

  test.each([0.03, 0.7, 6, 40])("behind a router, %d ms later", async (ms) => {
    const { run, frames } = await recorded(
      version,
      ipId,
      later(ms, (bytes) => bytes.writeUInt8(63, HOP_LIMIT[version])),
    );
    expect(figuresOf(run)).toEqual(flawless(10));
    expect(run.capture.duplicateFrames).toBe(frames);
  });

  test("at another tap whose clock is 37 ms ahead", async () => {
    const { run, frames } = await recorded(
      version,
      ipId,
      later(37.2, (bytes) => bytes.writeUInt8(9, 5)),
    );
    expect(figuresOf(run)).toEqual(flawless(10));
    expect(run.capture.duplicateFrames).toBe(frames);
  });
});

test.each([6, 37.2, 120])("IPv4 with IDs, %d ms later", async (ms) => {
  const { run, frames } = await recorded("IPv4", undefined, later(ms));
  expect(figuresOf(run)).toEqual(flawless(10));
  expect(run.capture.duplicateFrames).toBe(frames);
});

/** The capture's frames once for each client, one after the other, alike but for the client's address. */
function forEachClient(file: Buffer, clients: number, apartNs: number): Buffer {
  const header = file.subarray(0, 24);
  const frames = file.subarray(24);
  const all = Buffer.alloc(frames.length * clients);
  for (let client = 0; client < clients; client++) {
    const start = client * frames.length;
    frames.copy(all, start);
    for (let at = start; at < start + frames.length; at += 16 + all.readUInt32LE(at + 8)) {
      const isRequest = all.readUInt16BE(at + 16 + 36) === 80;
      all.writeUInt32BE(0x0b000000 + client, at + 16 + (isRequest ? 26 : 30));
      const timeNs = all.readUInt32LE(at + 4) + client * apartNs;
      all.writeUInt32LE(all.readUInt32LE(at) + Math.floor(timeNs / 1e9), at);
      all.writeUInt32LE(timeNs % 1e9, at + 4);
    }
  }
  return Buffer.concat([header, all]);
}

test("clients of a generator that numbers all alike are no copies of each other", async () => {
  const CLIENTS = 100_000;
  const one = new DraftCapture();
  const conversation = one.conversation(
    { address: "10.0.0.1", port: 40_000 },
    { address: "10.0.0.10", port: 80 },
  );
  const send = conversation.send.bind(conversation);
  conversation.send = (side, at, changes = {}) => send(side, at, { ...changes, ipId: 1 });
  conversation.send("client", 0, { flags: "S" });
  conversation.send("server", 0.01, { flags: "SA" });
  conversation.send("client", 0.02, { data: get() });
  conversation.send("server", 0.03, { data: ok() });
  conversation.send("client", 0.04, { flags: "FA" });
  conversation.send("server", 0.05, { flags: "FA" });
  const run = await analyze(forEachClient(one.file(), CLIENTS, 60_000));
  expect(run.capture.duplicateFrames).toBe(0);
  expect(run.http).toMatchObject({ requests: CLIENTS, responses: CLIENTS });
}, 60_000);

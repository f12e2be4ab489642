/** Direct server return: one address stands for several servers, and the frames below it say which of them got a request. */
import { beforeAll, describe, expect, test } from "vitest";
import { FrameBatch } from "../../src/capture/frame.ts";
import { NO_RECEIVER, receiverOf } from "../../src/engine/frames/frame-receiver.ts";
import { buildDocument } from "../../src/report/build-document.ts";
import { DraftCapture, type DraftedFrame } from "./draft-capture.ts";

const VIRTUAL = { address: "10.0.0.100", port: 80 };
const DIRECTOR = "02000a00000a";
/** How many of the twelve connections each server gets. */
const SHARES = [6, 4, 2];
const SOURCE_MAC = "02000a000001";

// The first analysis compiles the programs.
beforeAll(async () => {
  await new DraftCapture().analyze().catch(() => {});
}, 120_000);

type Forward = (frame: DraftedFrame, server: number) => readonly DraftedFrame[];

/** Connections to one address, of which only what clients send is recorded, as `forward` passes it on. */
async function directServerReturn(forward: Forward, answersPass = false) {
  const capture = new DraftCapture();
  let connection = 0;
  for (const [server, share] of SHARES.entries()) {
    for (let index = 0; index < share; index++) {
      const drafted = new DraftCapture();
      const client = { address: "10.0.0.10", port: 40_000 + connection };
      const conversation = drafted.conversation(client, VIRTUAL);
      conversation.open(connection * 100);
      conversation.exchange(connection * 100 + 10);
      conversation.close(connection * 100 + 50);
      for (const frame of drafted.frames) {
        const isRequest = frame.bytes.readUInt16BE(36) === VIRTUAL.port;
        if (isRequest) for (const passed of forward(frame, server)) capture.record(passed);
        else if (answersPass) capture.record(frame);
      }
      connection++;
    }
  }
  capture.sort();
  return await capture.analyze();
}

function addressedTo(mac: string, frame: DraftedFrame, laterMs = 0): DraftedFrame {
  const bytes = Buffer.from(frame.bytes);
  bytes.set(Buffer.from(mac + SOURCE_MAC, "hex"), 0);
  return { ...frame, at: frame.at + laterMs, bytes };
}

const macOf = (server: number) => `02000a00001${server + 5}`;

/** The frame's IP packet inside another one to the server. */
function tunnelled(frame: DraftedFrame, server: number): DraftedFrame {
  const inner = frame.bytes.subarray(14);
  const outer = Buffer.alloc(20);
  outer.writeUInt8(0x45, 0);
  outer.writeUInt16BE(20 + inner.length, 2);
  outer.writeUInt8(64, 8);
  outer.writeUInt8(4, 9);
  outer.set([10, 0, 0, 1], 12);
  outer.set([10, 0, 0, 21 + server], 16);
  const bytes = Buffer.concat([frame.bytes.subarray(0, 14), outer, inner]);
  return { ...frame, bytes, wireLength: bytes.length };
}

describe("requests by who got them", () => {
  const macs = ["02:00:0a:00:00:15", "02:00:0a:00:00:16", "02:00:0a:00:00:17"];
  test.each<[string, readonly string[], Forward]>([
    ["by MAC address, beside the servers", macs, (frame, server) => [addressedTo(macOf(server), frame)]],
    [
      "by MAC address, on the balancer, which passes each frame on",
      macs,
      (frame, server) => [addressedTo(DIRECTOR, frame), addressedTo(macOf(server), frame, 0.02)],
    ],
    [
      "by the IP packet around them",
      ["10.0.0.21", "10.0.0.22", "10.0.0.23"],
      (frame, server) => [tunnelled(frame, server)],
    ],
  ])("%s", async (_, addresses, forward) => {
    const run = await directServerReturn(forward);
    const right = addresses.map((address, server) => ({
      address,
      requests: SHARES[server],
      percent: expect.closeTo((100 * (SHARES[server] ?? 0)) / 12, 9),
    }));
    expect(run.pairs).toHaveLength(1);
    expect(run.pairs[0]).toMatchObject({ http: { requests: 12, unanswered: null }, receivers: right });
    const tables = JSON.stringify(buildDocument(run, { language: "en" }));
    for (const share of ["50", "33.3", "16.6"]) expect(tables).toContain(share);
    expect(tables).toContain("Receivers by MAC or outer address");
  });

  test("not where the answers pass, which tell who answered", async () => {
    const run = await directServerReturn((frame, server) => [addressedTo(macOf(server), frame)], true);
    expect(run.pairs[0]?.http.responses).toBe(12);
    expect(run.pairs[0]).not.toHaveProperty("receivers");
  });

  test("one alone may be a router: no table", async () => {
    const run = await directServerReturn((frame) => [addressedTo(DIRECTOR, frame)]);
    expect(run.pairs[0]?.receivers).toEqual([{ address: "02:00:0a:00:00:0a", requests: 12, percent: 100 }]);
    expect(JSON.stringify(buildDocument(run, { language: "en" }))).not.toContain("Receivers by MAC");
  });
});

test.each([0, 1, 13, 14, 33, 34])("a frame of %d bytes is read no further than it goes", (length) => {
  const batch = new FrameBatch(1);
  batch.reset(Buffer.alloc(length));
  batch.push(0, length, length, 0, 1, 0);
  expect(receiverOf(batch, 0)).toBe(length < 14 ? NO_RECEIVER : 0);
});

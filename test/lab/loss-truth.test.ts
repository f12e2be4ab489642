/** Losses between two hand-made captures: every frame at each tap is written down here, so what was lost is known. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type BackendTruth, lossBetween } from "../../src/lab/loss-truth.ts";
import {
  DraftCapture,
  type DraftedConversation,
  type SegmentChanges,
  type Side,
} from "../faults/draft-capture.ts";

const IPV4 = ["192.168.56.103", "192.168.56.109"] as const;
const IPV6 = ["fd00::103", "fd00::109"] as const;
/** What captures drafted by tests begin with. */
const START_UNIX_MS = 1_700_000_000_000;
const TIME = { fromUnixMs: START_UNIX_MS, untilUnixMs: START_UNIX_MS + 1000 };
const WAY_MS = 0.05;

const size = (bytes: number) => Buffer.from([2, 4, bytes >> 8, bytes & 0xff]);

function times(value: number, echo: number): Buffer {
  const option = Buffer.from([1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0]);
  option.writeUInt32BE(value, 4);
  option.writeUInt32BE(echo, 8);
  return option;
}

function block(left: number, right: number): Buffer {
  const option = Buffer.from([1, 1, 5, 10, 0, 0, 0, 0, 0, 0, 0, 0]);
  option.writeUInt32BE(left, 4);
  option.writeUInt32BE(right, 8);
  return option;
}

/** The balancer is the client of the conversation, and the near tap is at it. */
class TwoTaps {
  readonly near = new DraftCapture();
  readonly far = new DraftCapture();
  readonly talk: DraftedConversation;
  readonly #addresses: readonly [string, string];

  constructor(addresses: readonly [string, string]) {
    this.#addresses = addresses;
    this.talk = this.near.conversation(
      { address: addresses[0], port: 40_000 },
      { address: addresses[1], port: 80 },
    );
  }

  /** A frame at its sender's tap, and those at its receiver's: the same one, none (lost), or others. */
  send(
    side: Side,
    at: number,
    changes: SegmentChanges,
    arrive: "whole" | "lost" | readonly SegmentChanges[] = "whole",
  ) {
    const [sender, receiver] = side === "client" ? [this.near, this.far] : [this.far, this.near];
    const sequence = changes.sequence ?? this.talk[side].next;
    const sent = this.talk.frame(side, at, changes);
    sender.record(sent);
    if (arrive === "lost") return;
    const frames =
      arrive === "whole"
        ? [sent]
        : arrive.map((one) => this.talk.frame(side, at, { sequence, ...changes, ...one }));
    for (const frame of frames) receiver.record({ ...frame, at: at + WAY_MS });
  }

  async truth(time = TIME): Promise<BackendTruth> {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-taps-"));
    try {
      const [near, far] = [join(folder, "near.pcap"), join(folder, "far.pcap")];
      for (const [path, capture] of [
        [near, this.near],
        [far, this.far],
      ] as const) {
        capture.sort();
        writeFileSync(path, capture.file());
      }
      return await lossBetween(near, far, this.#addresses, time);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

const x = (bytes: number) => Buffer.alloc(bytes, "x");
const NOTHING = { sent: 0, lost: 0, sent_seq: 0, lost_seq: 0, unexplained: 0 };

test.each([
  ["IPv4", IPV4],
  ["IPv6", IPV6],
] as const)("each lost segment of %s counts once", async (_, addresses) => {
  const taps = new TwoTaps(addresses);
  taps.send("client", 0, { flags: "S" }, "lost");
  taps.send("client", 1, { flags: "S", sequence: 1000 });
  taps.send("server", 2, { flags: "SA" });
  taps.send("client", 3, {}, "lost");
  taps.send("client", 4, { data: "request" }, "lost");
  taps.send("client", 5, { data: "request", sequence: 1001 });
  taps.send("server", 6, { data: "answer" }, "lost");
  taps.send("server", 7, { flags: "FA" });
  taps.send("server", 8, { data: "answer", sequence: 5001 });
  taps.send("client", 9, { flags: "FA" });
  expect(await taps.truth()).toEqual({
    to_backend: { sent: 6, lost: 3, sent_seq: 5, lost_seq: 2, unexplained: 0 },
    from_backend: { sent: 4, lost: 1, sent_seq: 4, lost_seq: 1, unexplained: 0 },
  });
});

test("copies that nothing tells apart are counted, whichever of them was lost", async () => {
  const taps = new TwoTaps(IPV6);
  const data = { data: "again", sequence: 1001 };
  for (const [at, fate] of [
    [0, "lost"],
    [1, "whole"],
    [2, "lost"],
    [3, "whole"],
  ] as const)
    taps.send("client", at, data, fate);
  expect((await taps.truth()).to_backend).toEqual({
    sent: 4,
    lost: 2,
    sent_seq: 4,
    lost_seq: 2,
    unexplained: 0,
  });
});

test("a copy that the network made does not stand for what was sent after it", async () => {
  const taps = new TwoTaps(IPV6);
  const data = { data: "again", sequence: 1001 };
  taps.send("client", 0, data, [{}, {}]);
  taps.send("client", 1, data, "lost");
  expect((await taps.truth()).to_backend).toEqual({
    sent: 2,
    lost: 1,
    sent_seq: 2,
    lost_seq: 1,
    unexplained: 0,
  });
});

test.each([
  ["IPv4", IPV4, 1448],
  ["IPv6", IPV6, 1428],
] as const)(
  "%s: what lies in one frame of offload was several segments on the wire",
  async (_, addresses, full) => {
    const taps = new TwoTaps(addresses);
    const mss = size(full + 12);
    taps.send("client", 0, { flags: "S", options: mss });
    taps.send("server", 1, { flags: "SA", options: mss });
    const options = times(7, 3);
    const piece = (index: number, bytes: number = full) => ({
      data: x(bytes),
      sequence: 1001 + index * full,
      ipId: 100 + index,
      options,
    });
    // Four segments, the last of them short, of which the second is lost.
    taps.send("client", 2, { data: x(3 * full + 100), ipId: 100, options }, [
      piece(0),
      piece(2),
      piece(3, 100),
    ]);
    // All repeated at once: only the timestamp tells it from the first; two arrive, put together again.
    const later = times(9, 3);
    taps.send("client", 3, { data: x(3 * full + 100), sequence: 1001, ipId: 200, options: later }, [
      { data: x(2 * full), sequence: 1001 + full, ipId: 201, options: later },
    ]);
    // From the backend, with a FIN; the first is lost.
    taps.send("server", 4, { data: x(full + 1), flags: "FAP", ipId: 300, options }, [
      { data: x(1), flags: "FAP", sequence: 5001 + full, ipId: 301, options },
    ]);
    const truth = await taps.truth();
    expect(truth.to_backend).toEqual({ sent: 9, lost: 3, sent_seq: 9, lost_seq: 3, unexplained: 0 });
    expect(truth.from_backend).toEqual({ sent: 3, lost: 1, sent_seq: 3, lost_seq: 1, unexplained: 0 });
  },
);

test("SACK blocks take room of the segments, and an acknowledgement with others is another one", async () => {
  const taps = new TwoTaps(IPV6);
  const withBlock = (left: number, right: number) => Buffer.concat([times(7, 3), block(left, right)]);
  const options = withBlock(1, 2);
  const full = 1440 - options.length;
  taps.send("client", 0, { data: x(2 * full), options }, [{ data: x(full), sequence: 1000 + full, options }]);
  taps.send("client", 1, { options: withBlock(1, 3) }, [{ options: withBlock(1, 4) }]);
  expect((await taps.truth()).to_backend).toEqual({
    sent: 3,
    lost: 2,
    sent_seq: 2,
    lost_seq: 1,
    unexplained: 1,
  });
});

test("segments smaller than a full one that the receiver put together have all arrived", async () => {
  const taps = new TwoTaps(IPV4);
  const chunk = { data: x(500), options: times(7, 3) };
  taps.send("server", 0, { ...chunk, ipId: 10 }, [{ data: x(1000), ipId: 10, options: chunk.options }]);
  taps.send("server", 0.01, { ...chunk, ipId: 11 }, "lost");
  taps.send("server", 1, { ...chunk, ipId: 12 }, "lost");
  expect((await taps.truth()).from_backend).toEqual({
    sent: 3,
    lost: 1,
    sent_seq: 3,
    lost_seq: 1,
    unexplained: 0,
  });
});

test("an arrival that nothing sent explains is told", async () => {
  const taps = new TwoTaps(IPV4);
  taps.send("client", 0, { data: "sent", ipId: 1 }, [{ data: "never sent", ipId: 2 }]);
  expect((await taps.truth()).to_backend).toEqual({
    sent: 1,
    lost: 1,
    sent_seq: 1,
    lost_seq: 1,
    unexplained: 1,
  });
});

test("what was sent before or after the recording, or by others, does not count", async () => {
  const taps = new TwoTaps(IPV4);
  for (const at of [0, 10, 20]) taps.send("client", at, { data: "x" }, "lost");
  const others = taps.near.conversation(
    { address: "192.168.56.103", port: 1 },
    { address: "192.168.56.110", port: 80 },
  );
  others.send("client", 10, { data: "x" });
  const truth = await taps.truth({ fromUnixMs: START_UNIX_MS + 5, untilUnixMs: START_UNIX_MS + 15 });
  expect(truth).toEqual({
    to_backend: { ...NOTHING, sent: 1, lost: 1, sent_seq: 1, lost_seq: 1 },
    from_backend: NOTHING,
  });
});

/**
 * Frames larger than the maximum segment size, as segmentation offload makes them: shares of loss are in segments of the
 * wire, counts stay, and a warning says so.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { lossOfPairs } from "../../src/metrics/run-totals.ts";
import { renderCsv } from "../../src/report/render-csv.ts";
import { DraftCapture, type DraftedConversation, get } from "./draft-capture.ts";

const CLIENT = { address: "10.0.0.10", port: 45_000, window: 65_535 };
const SERVER = { address: "10.0.0.21", port: 80, window: 65_535 };

// The first analysis compiles the programs.
beforeAll(async () => {
  const capture = new DraftCapture();
  capture.conversation(CLIENT, SERVER).open(0);
  await capture.analyze();
}, 120_000);

/** Maximum segment size as an option of TCP. */
function mss(size: number): Buffer {
  return Buffer.from([2, 4, size >> 8, size & 0xff]);
}

function open(conversation: DraftedConversation, size: number): void {
  conversation.send("client", 0, { flags: "S", options: mss(size) });
  conversation.send("server", 0.5, { flags: "SA", options: mss(size) });
  conversation.send("client", 1);
}

/** A response of so many bytes, head included. */
function response(length: number): string {
  const head = (body: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${body}\r\n\r\n`;
  const body = length - head(length).length;
  return head(body) + "x".repeat(length - head(body).length);
}

/** A request, and its response in frames of these sizes, each acknowledged; one of them is lost and comes again. */
function download(
  conversation: DraftedConversation,
  at: number,
  sizes: readonly number[],
  lost: { readonly index: number; readonly missed: boolean } | null = null,
): void {
  const bytes = Buffer.from(response(sizes.reduce((sum, size) => sum + size, 0)));
  conversation.send("client", at, { data: get() });
  let sent = 0;
  let time = at + 2;
  const again: (() => void)[] = [];
  for (const [index, size] of sizes.entries()) {
    const data = bytes.subarray(sent, sent + size);
    sent += size;
    const isLost = lost?.index === index;
    const sequence = conversation.server.next;
    const acknowledged = conversation.client.received;
    conversation.send("server", time, { data, ...(isLost && lost.missed && { missed: true }) });
    if (isLost) again.push(() => conversation.send("server", time + 300, { data, sequence }));
    const isOutOfOrder = again.length > 0;
    if (isOutOfOrder) conversation.client.received = acknowledged;
    if (!isLost) conversation.send("client", time + 0.5);
    time += 1;
  }
  if (again.length === 0) return;
  for (const send of again) send();
  conversation.client.received = conversation.server.next;
  conversation.send("client", time + 300.5);
}

/** Of the direction from the backend: loss in per cent everywhere it is shown, and what else the tests look at. */
async function fromBackend(capture: DraftCapture) {
  const run = await capture.analyze();
  const [pair] = run.pairs;
  if (pair === undefined) throw new Error("no pair");
  const { toBackend, fromBackend: direction } = pair.transport;
  // No comma but those between fields: texts in quotes have their own.
  const [names = [], row = []] = renderCsv(run)
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/"[^"]*"/g, "").split(","));
  const inCsv = row[names.indexOf("transport.fromBackend.lossPercent")];
  const sent = toBackend.wireSegments + direction.wireSegments + direction.lostBeforeTap;
  const lost = direction.lostBeyondTap + direction.lostBeforeTap;
  expect(Number(inCsv)).toBe(direction.lossPercent);
  expect(lossOfPairs(run.pairs)).toBeCloseTo((100 * lost) / sent, 9);
  const warning = run.warnings.find(({ code }) => code === "segmentation-offload");
  return { ...direction, warning: warning?.message ?? null, advice: warning?.advice ?? null };
}

describe("a share of loss, in segments of the wire", () => {
  test.each([
    // The handshake's segment, the frames' segments, what was sent again.
    { name: "TSO, 20 segments in a frame", size: 1460, sizes: [29_200, 1460], index: 1, wire: 1 + 20 + 2 },
    { name: "GRO, frames of 10", size: 1448, sizes: [14_480, 14_480, 1448], index: 2, wire: 1 + 20 + 2 },
    { name: "a last segment that is not full", size: 1460, sizes: [1460, 5000], index: 0, wire: 1 + 2 + 4 },
    { name: "a small segment size", size: 536, sizes: [536, 5360, 100], index: 0, wire: 1 + 2 + 10 + 1 },
    { name: "jumbo frames", size: 8960, sizes: [8960, 26_880], index: 0, wire: 1 + 2 + 3 },
  ])("beyond the tap: $name", async ({ size, sizes, index, wire }) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    open(conversation, size);
    download(conversation, 10, sizes, { index, missed: false });
    const found = await fromBackend(capture);
    expect(found).toMatchObject({ lostBeyondTap: 1, lostBeforeTap: 0, wireSegments: wire });
    expect(found.segments).toBe(1 + sizes.length + 1);
    expect(found.lossPercent).toBeCloseTo(100 / wire, 9);
    expect(found.warning).toContain("larger than the maximum segment size");
  });

  test("before the tap: what was lost was sent, too", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    open(conversation, 1460);
    download(conversation, 10, [14_600, 1460, 14_600, 14_600], { index: 1, missed: true });
    const found = await fromBackend(capture);
    expect(found).toMatchObject({ lostBeyondTap: 0, lostBeforeTap: 1, segments: 5, wireSegments: 32 });
    expect(found.lossPercent).toBeCloseTo(100 / 33, 9);
  });

  test("without the SYN, Ethernet's segment size is assumed", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    conversation.openBefore();
    download(conversation, 10, [14_480, 1448], { index: 1, missed: false });
    expect(await fromBackend(capture)).toMatchObject({ lostBeyondTap: 1, segments: 3, wireSegments: 12 });
  });
});

describe("the warning", () => {
  test("names how many frames, the first, and what switches it off", async () => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    open(conversation, 1460);
    download(conversation, 10, [1460, 2920, 1460, 14_600]);
    const { warning, advice } = await fromBackend(capture);
    expect(warning).toMatch(/^2 frames are larger than the maximum segment size \(MSS\), first frame 7:/);
    expect(advice).toContain("ethtool -K IFACE gro off lro off tso off gso off");
  });

  test.each([
    { name: "full segments", size: 1460, sizes: [1460, 1460, 700] },
    { name: "jumbo frames", size: 8960, sizes: [8960, 8960, 100] },
    { name: "the loopback interface", size: 65_495, sizes: [32_768, 30_000] },
  ])("is not given for $name", async ({ size, sizes }) => {
    const capture = new DraftCapture();
    const conversation = capture.conversation(CLIENT, SERVER);
    open(conversation, size);
    download(conversation, 10, sizes);
    const found = await fromBackend(capture);
    expect(found.warning).toBeNull();
    expect(found.wireSegments).toBe(found.segments);
  });
});

/** Captures of one direction, and exchanges that never end, cost as much per frame as others. */
import { beforeAll, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { DraftCapture, get, ok } from "./draft-capture.ts";

const CONNECTIONS = 100;
const REQUESTS = 300;
/** Generous: quadratic cost was more than fifty times as much here. */
const MAX_RATIO = 5;

function keptConnections(capture: DraftCapture, holes: boolean): void {
  const conversations = Array.from({ length: CONNECTIONS }, (_, index) =>
    capture.conversation({ address: "10.0.0.1", port: 20_000 + index }, { address: "10.0.0.2", port: 80 }),
  );
  for (const conversation of conversations) conversation.openBefore();
  for (let round = 0; round < REQUESTS; round++) {
    for (const [index, conversation] of conversations.entries()) {
      const at = round * 10 + index / 20;
      conversation.send("client", at, { data: get(), missed: holes && round % 2 === 1 });
      conversation.send("server", at + 1, { data: ok() });
    }
  }
}

async function elapsedMs(file: Buffer): Promise<number> {
  const before = process.cpuUsage();
  await analyze(file);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

beforeAll(async () => {
  await analyze(new DraftCapture().file());
}, 120_000);

test.each([false, true])("one direction of kept connections, holes: %s", async (holes) => {
  const both = new DraftCapture();
  keptConnections(both, false);
  const one = new DraftCapture();
  keptConnections(one, holes);
  one.frames.splice(0, one.frames.length, ...one.frames.filter(({ bytes }) => bytes.readUInt8(29) === 1));
  const twoSidedMs = await elapsedMs(both.file());
  const file = one.file();
  expect(await elapsedMs(file)).toBeLessThan(Math.max(200, MAX_RATIO * twoSidedMs));
  const run = await analyze(file);
  expect(run.http).toMatchObject({
    requests: holes ? (CONNECTIONS * REQUESTS) / 2 : CONNECTIONS * REQUESTS,
    responses: 0,
  });
});

function neverEnding(count: number): Buffer {
  const capture = new DraftCapture();
  for (let index = 0; index < count; index++) {
    const client = { address: "10.0.0.9", port: 1024 + index };
    const inner = { address: "10.0.0.1", port: 1024 + index };
    const outside = capture.conversation(client, { address: "10.0.0.1", port: 80 });
    const inside = capture.conversation(inner, { address: "10.0.0.2", port: 80 });
    outside.openBefore();
    inside.openBefore();
    outside.send("client", index, { data: get() });
    inside.send("client", index + 0.1, { data: get() });
  }
  return capture.file();
}

test("exchanges through a balancer that never end: four times as many cost four times as much", async () => {
  const some = neverEnding(15_000);
  const many = neverEnding(60_000);
  const someMs = await elapsedMs(some);
  expect(await elapsedMs(many)).toBeLessThan(8 * Math.max(100, someMs));
});

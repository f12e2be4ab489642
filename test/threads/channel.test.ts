/** What a caller learns of the other side: answers, events, failures, bugs, and its end. */
import { EventEmitter } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { channelOver } from "../../src/threads/channel.ts";
import { serveCalls } from "../../src/threads/serve-calls.ts";
import { serveHere } from "../../src/threads/start-thread.ts";
import { message as words } from "../../src/words/message.ts";

interface Calculation {
  readonly double: { readonly order: number; readonly answer: number };
  readonly fail: { readonly order: string; readonly answer: undefined };
  readonly crash: { readonly order: string; readonly answer: undefined };
}

interface Measurement {
  readonly length: { readonly order: Uint8Array; readonly answer: number };
}

/** A calculator that takes its time for even numbers, and tells each number that it has begun with. */
function calculator(onEvent: (event: number) => void = () => {}) {
  return serveHere<Calculation, number>(
    (port) =>
      serveCalls<Calculation, number>(port, (tell) => ({
        double: async (number) => {
          tell(number);
          if (number % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          return 2 * number;
        },
        fail: (what) => {
          throw new Failure(words("verbatim", what), 2);
        },
        crash: (what) => {
          throw new TypeError(what);
        },
      })),
    onEvent,
  );
}

test("calls are done and answered one after the other, with events in between", async () => {
  const order: string[] = [];
  const { call, close } = calculator((event) => order.push(`begun ${event}`));
  const answers = [2, 3].map(async (number) => order.push(`answered ${await call("double", number)}`));
  await Promise.all(answers);
  expect(order).toEqual(["begun 2", "answered 4", "begun 3", "answered 6"]);
  await close();
});

test("a failure is thrown as one and a bug as the error that it was, and others go on", async () => {
  const { call, close } = calculator();
  const [failure, bug, next] = await Promise.allSettled([
    call("fail", "a.pcap is empty"),
    call("crash", "no number"),
    call("double", 4),
  ]);
  expect(failure).toMatchObject({ reason: { name: "Failure", message: "a.pcap is empty", status: 2 } });
  expect(failure).toMatchObject({ reason: expect.any(Failure) });
  expect(bug).toMatchObject({ reason: { name: "TypeError", message: "no number" } });
  expect(next).toEqual({ status: "fulfilled", value: 8 });
  await close();
});

test("a rejection that is awaited late is no unhandled one", async () => {
  const { call, close } = calculator();
  const failed = call("fail", "too early");
  await call("double", 1);
  await expect(failed).rejects.toThrow("too early");
  await close();
});

test("memory that goes over is not copied", async () => {
  const { call, close } = serveHere<Measurement>((port) =>
    serveCalls<Measurement>(port, () => ({ length: (bytes) => bytes.length })),
  );
  const bytes = new Uint8Array(1000);
  expect(await call("length", bytes, [bytes.buffer])).toBe(1000);
  expect(bytes.length).toBe(0);
  await close();
});

test.each([
  ["exits", "process.exit(3)", "the worker ended in the middle of its work"],
  ["throws where nobody catches it", "throw new RangeError('no room')", "no room"],
])("a thread that %s ends every call, then and later", async (_, code, message) => {
  const worker = new Worker(`require("node:worker_threads").parentPort.once("message", () => { ${code} })`, {
    eval: true,
    stderr: true,
  });
  const { call } = channelOver<Calculation>(worker, "the worker", () => worker.terminate());
  const [first, second] = await Promise.allSettled([call("double", 1), call("double", 2)]);
  const rejected = { status: "rejected", reason: expect.objectContaining({ message }) };
  expect([first, second]).toEqual([rejected, rejected]);
  await expect(call("double", 3)).rejects.toThrow(message);
});

test("nothing is answered once the channel is closed", async () => {
  const line = Object.assign(new EventEmitter(), { postMessage: () => {} });
  const { call, close } = channelOver<Calculation>(line, "nobody", async () => line.emit("exit", 1));
  let settled = false;
  call("double", 1).then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  await close();
  expect(settled).toBe(false);
});

/** Results on their way through Redis, and what is none. */
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { DiagnosedRun } from "../../../src/diagnosis/diagnosed-run.ts";
import {
  decodeInline,
  encodeResult,
  MAX_INLINE_BYTES,
  NoPlace,
  resultOf,
} from "../../../src/study/queue/queue-result.ts";
import { message } from "../../../src/words/message.ts";

/** Encoding looks into no field of a run. */
const run = (title: string) => ({ title }) as unknown as DiagnosedRun;
const small = run("small");
const large = run(randomBytes(MAX_INLINE_BYTES).toString("base64"));

test("a small result goes through Redis, whatever became of the store", async () => {
  for (const store of [null, { folder: "/store", notKept: null }, { folder: "/store", notKept: "ENOSPC" }]) {
    const result = await encodeResult(small, store);
    expect(resultOf(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.kind === "inline" && (await decodeInline(result.deflated))).toEqual(small);
  }
});

test("a large one is in the store, or the worker has no place for it and says why", async () => {
  expect(await encodeResult(large, { folder: "/store", notKept: null })).toEqual({ kind: "stored" });
  const full = encodeResult(large, { folder: "/store", notKept: "ENOSPC" });
  await expect(full).rejects.toThrow(new NoPlace(message("storeNotWritten", "/store", "ENOSPC")));
  await expect(encodeResult(large, null)).rejects.toThrow(new NoPlace(message("resultTooLarge", 2)));
});

test.each([null, undefined, 0, "stored", {}, { kind: "shell" }, { kind: "inline" }, { kind: "failure" }])(
  "%j is no result",
  (value) => expect(resultOf(value)).toBeNull(),
);

test("what can't be unpacked is no result", async () => {
  expect(await decodeInline("AAAA")).toBeNull();
  expect(await decodeInline("")).toBeNull();
});

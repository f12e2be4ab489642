/** Warnings about TLS and its keys. */
import { expect, test } from "vitest";
import { keyLogWarnings } from "../../src/metrics/tls-warnings.ts";

test("sessions that the key log has no room for are told, and nothing where there are none", () => {
  expect(keyLogWarnings(0, 1_048_576)).toEqual([]);
  expect(keyLogWarnings(3, 1_048_576)).toMatchObject([
    { code: "tls-keys", message: expect.stringContaining("of more than 1048576 TLS sessions: those of 3") },
  ]);
});

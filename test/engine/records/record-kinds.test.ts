/** Every record has a kind of its own, and room for its words. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";

const RECORDS = new URL("../../../src/engine/records/", import.meta.url);

test("no two records have the same kind", async () => {
  const kinds = new Map<string, unknown>();
  for (const file of readdirSync(RECORDS).filter((name) => /-records?\.ts$/.test(name))) {
    const record: Record<string, unknown> = await import(new URL(file, RECORDS).href);
    for (const [name, value] of Object.entries(record))
      if (/^[A-Z_]+$/.test(name) && !name.endsWith("_SIZE")) kinds.set(name, value);
  }
  expect(kinds.size).toBe(16);
  expect(new Set(kinds.values()).size).toBe(kinds.size);
});

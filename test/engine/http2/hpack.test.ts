/** HPACK: the examples of RFC 7541, public test vectors, and what is not trusted after a hole. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DynamicTable } from "../../../src/engine/http2/dynamic-table.ts";
import type { FieldSink } from "../../../src/engine/http2/field-sink.ts";
import { HeaderDecoder } from "../../../src/engine/http2/header-decoder.ts";
import { TableMemory } from "../../../src/engine/http2/table-memory.ts";

/** Public vectors (MIT), one folder for each encoder; not part of the project. */
const VECTORS =
  process.env["LBQOS_HPACK"] ?? fileURLToPath(new URL("../../../../shared/hpack", import.meta.url));

class Fields implements FieldSink {
  readonly lines: string[] = [];
  field(
    name: Uint8Array,
    nameStart: number,
    nameLength: number,
    value: Uint8Array,
    valueStart: number,
    valueLength: number,
  ): void {
    this.lines.push(`${text(name, nameStart, nameLength)}: ${text(value, valueStart, valueLength)}`);
  }
  unknownField(): void {
    this.lines.push("?");
  }
}

function text(octets: Uint8Array, start: number, length: number): string {
  return Buffer.from(octets.subarray(start, start + length)).toString("utf8");
}

/** Decodes blocks, one after another, with one table. */
class Reader {
  readonly table: DynamicTable;
  readonly #decoder = new HeaderDecoder();

  constructor(isKnown = true, memory = new TableMemory(0)) {
    this.table = new DynamicTable(memory);
    this.table.begin(isKnown);
  }

  /** The fields of a block in hexadecimal, and `fault` where it can't be read. */
  read(hex: string): string[] {
    const block = Buffer.from(hex.replaceAll(" ", ""), "hex");
    const fields = new Fields();
    const isWhole = this.#decoder.decode(this.table, block, 0, block.length, fields);
    return isWhole ? fields.lines : [...fields.lines, "fault"];
  }
}

const EXAMPLE = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];

describe("the examples of RFC 7541", () => {
  test.each([
    [
      "C.3, without Huffman coding",
      "828684410f7777772e6578616d706c652e636f6d",
      "828684be58086e6f2d6361636865",
      "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
    ],
    [
      "C.4, with it",
      "828684418cf1e3c2e5f23a6ba0ab90f4ff",
      "828684be5886a8eb10649cbf",
      "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
    ],
  ])("%s", (_title, first, second, third) => {
    const reader = new Reader();
    expect(reader.read(first)).toEqual(EXAMPLE);
    expect(reader.read(second)).toEqual([...EXAMPLE, "cache-control: no-cache"]);
    expect(reader.read(third)).toEqual([
      ":method: GET",
      ":scheme: https",
      ":path: /index.html",
      ":authority: www.example.com",
      "custom-key: custom-value",
    ]);
  });

  test("C.5, a table of 256 octets that evicts", () => {
    const reader = new Reader();
    reader.table.resize(256);
    const date = "date: Mon, 21 Oct 2013 20:13:21 GMT";
    const location = "location: https://www.example.com";
    const [first, second] = [
      "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
      "4803333037c1c0bf",
    ];
    expect(reader.read(first)).toEqual([":status: 302", "cache-control: private", date, location]);
    expect(reader.read(second)).toEqual([":status: 307", "cache-control: private", date, location]);
    expect(reader.read("c1")).toEqual(["cache-control: private"]);
    // The field of the first block was evicted by the second's status.
    expect(reader.read("c2")).toEqual(["fault"]);
  });
});

describe.skipIf(!existsSync(VECTORS))("public vectors", () => {
  const encoders = existsSync(VECTORS)
    ? readdirSync(VECTORS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  test.each(encoders.map(({ name }) => name))("%s", (encoder) => {
    const stories = readdirSync(`${VECTORS}/${encoder}`);
    expect(stories.length).toBeGreaterThan(0);
    for (const story of stories) {
      const { cases } = JSON.parse(readFileSync(`${VECTORS}/${encoder}/${story}`, "utf8")) as {
        cases: { wire: string; headers: Record<string, string>[] }[];
      };
      const reader = new Reader();
      for (const { wire, headers } of cases) {
        const expected = headers.flatMap((field) =>
          Object.entries(field).map(([name, value]) => `${name}: ${value}`),
        );
        expect(reader.read(wire), story).toEqual(expected);
      }
    }
  });
});

describe("faults", () => {
  test.each([
    ["field 0", "80"],
    ["a field that nobody added", "be"],
    ["a number without end", "ffffffffffff"],
    ["a number beyond 2^31", "7fffffffff7f"],
    ["a string that is longer than the block", "0005616263"],
    ["the end of string within a string", "000161 84ffffffff"],
    ["padding of more than 7 bits", "000161 821fff"],
    ["padding that is not all ones", "000161 8118"],
    ["a name without a value", "000161"],
    ["nothing after the first octet", "40"],
  ])("%s", (_title, hex) => {
    expect(new Reader().read(hex).at(-1)).toBe("fault");
  });
});

describe("after a hole, or without the begin", () => {
  test("static and literal fields are read, others are not", () => {
    const reader = new Reader(false);
    expect(reader.read("82 be 5886a8eb10649cbf 7f010161")).toEqual([
      ":method: GET",
      "?",
      "cache-control: no-cache",
      "?",
    ]);
  });

  test("fields that are added afterwards are known by their numbers, from the newest on", () => {
    const reader = new Reader();
    reader.read("400161 0131");
    reader.table.lose();
    // A field with an unknown name takes a number, too.
    expect(reader.read("400162 0132 7f00 0133 bf be c0")).toEqual(["b: 2", "?", "b: 2", "?", "?"]);
  });

  test("a table that was emptied, or filled anew, is trusted again", () => {
    const emptied = new Reader(false);
    expect(emptied.read("be 20 be")).toEqual(["?", "fault"]);
    const filled = new Reader();
    filled.table.resize(100);
    filled.table.lose();
    expect(filled.read("400161 0131 bf")).toEqual(["a: 1", "?"]);
    expect(filled.read("400162 0132 400163 0133 bf be c0")).toEqual([
      "b: 2",
      "c: 3",
      "b: 2",
      "c: 3",
      "fault",
    ]);
  });
});

test("a block that says far more than its octets, by references to a long field, is a fault", () => {
  const reader = new Reader();
  // A table of 65,536 octets, and in it a field of 60,002.
  const long = `3fe1ff03 40 01 78 7f e1d303 ${"61".repeat(60_000)}`;
  expect(reader.read(long)).toHaveLength(1);
  expect(reader.read("be".repeat(17))).toHaveLength(17);
  expect(reader.read("be".repeat(200)).slice(-1)).toEqual(["fault"]);
  // Added anew each time, with the long field's name.
  const named = new Reader();
  named.read(`3fe1ff03 40 7f e1d303 ${"61".repeat(60_000)} 0131`);
  expect(named.read("7e0131".repeat(200)).slice(-1)).toEqual(["fault"]);
});

test("a table is bounded, whatever its sender says: of a larger one, what is old is not known", () => {
  const reader = new Reader();
  reader.read("3fe1ff7f");
  const value = "61".repeat(100);
  for (let added = 0; added < 2000; added++) reader.read(`40016164${value}`);
  expect(reader.table.octets.length).toBeLessThanOrEqual(2 * 65_536);
  expect(reader.read("be")).toHaveLength(1);
  expect(reader.read("ffb106")).toEqual(["?"]);
});

describe("where all tables together have their memory", () => {
  /** Adds a field named `a` with a value of 100 octets, of the digit. */
  const add = (digit: number) => `40016164${`3${digit}`.repeat(100)}`;
  const field = (digit: number) => `a: ${`${digit}`.repeat(100)}`;
  const full = () => {
    const memory = new TableMemory(500);
    const readers = [new Reader(true, memory), new Reader(true, memory)] as const;
    for (let digit = 0; digit < 3; digit++) readers[0].read(add(digit));
    return readers;
  };

  test("a table keeps the newest fields that fit into what it has; older ones have their numbers, and are unknown", () => {
    const [reader] = full();
    for (let digit = 3; digit < 8; digit++) expect(reader.read(add(digit))).toEqual([field(digit)]);
    expect(reader.table.octets.length).toBeLessThanOrEqual(500);
    expect(reader.read("be")).toEqual([field(7)]);
    expect(reader.read("bf")).toEqual([field(6)]);
    // The eighth field of eight: the sender has it still.
    expect(reader.read("c5")).toEqual(["?"]);
  });

  test("a table that has none knows no field, and is in step again when another one is over", () => {
    const [first, second] = full();
    expect(second.read(add(1))).toEqual([field(1)]);
    expect(second.table.octets).toHaveLength(0);
    expect(second.read("be")).toEqual(["?"]);
    first.table.drop();
    second.read(add(2));
    expect(second.read("be")).toEqual([field(2)]);
    expect(second.read("bf")).toEqual(["?"]);
  });

  test("a table that is not over its size counts no unknown field", () => {
    const reader = new Reader();
    for (let digit = 0; digit < 8; digit++) reader.read(add(digit));
    expect(reader.read("c5")).toEqual([field(0)]);
  });
});

/** Records that are written where there is no room yet. */
import { expect, test } from "vitest";
import { PROTOCOL } from "../../src/engine/records/protocol-record.ts";
import { RecordOutput } from "../../src/tls/record-output.ts";

test("a protocol is written behind what is there, also where the words have to move", () => {
  const output = new RecordOutput();
  output.begin({ words: new Int32Array(0), octets: new Uint8Array(0), hasTls: true });
  output.copyUntil(0, 0);
  for (let slot = 0; slot < 50; slot++) output.protocol(slot, 0, 2);
  const { words } = output.end();
  for (let slot = 0; slot < 50; slot++)
    expect([...words.subarray(4 * slot, 4 * slot + 4)]).toEqual([PROTOCOL, slot, 0, 2]);
});

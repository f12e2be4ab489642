/** Damaged sessions neither break the tls room, nor make it hang, nor make more of them than there was. `LBQOS_TLS_RUNS`: how many. */
import { expect, test } from "vitest";
import { decrypt } from "./decrypted.ts";
import { batchOf, type Piece, recordSession } from "./recorded-session.ts";

const RUNS = Number(process.env["LBQOS_TLS_RUNS"] ?? 500);

/** Mulberry32: the same numbers every time. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function damaged(pieces: readonly Piece[], random: (below: number) => number): Piece[] {
  const made = [...pieces];
  for (let faults = 1 + random(4); faults > 0; faults--) {
    const at = random(made.length);
    const piece = made[at];
    if (piece === undefined || !("bytes" in piece) || piece.bytes.length < 2) continue;
    const { side, bytes } = piece;
    const changed = Uint8Array.from(bytes);
    switch (random(6)) {
      case 0:
        made.splice(at, 1);
        break;
      case 1:
        made[at] = { side, missing: 1 + random(2 ** 31 - 1) };
        break;
      case 2:
        made.splice(at, 0, { side, bytes });
        break;
      case 3:
        for (let octet = 1 + random(8); octet > 0; octet--) changed[random(changed.length)] = random(256);
        made[at] = { side, bytes: changed };
        break;
      case 4:
        made[at] = { side, bytes: bytes.subarray(0, random(bytes.length)) };
        break;
      default:
        // Lengths of anything: the octets behind a header's version.
        changed.set([random(256), random(256)], Math.min(3, Math.max(0, changed.length - 2)));
        made[at] = { side, bytes: changed };
    }
  }
  return made;
}

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "%s",
  async (version) => {
    const { chunks, keys } = await recordSession({
      client: { minVersion: version, maxVersion: version },
      requests: ["GET /a HTTP/1.1\r\n\r\n", "GET /b HTTP/1.1\r\n\r\n"],
      answers: ["a".repeat(20_000), "b"],
    });
    for (let seed = 0; seed < RUNS; seed++) {
      const batch = batchOf(damaged(chunks, randomOf(seed)));
      const { texts, streams } = decrypt([batch], seed % 3 === 0 ? null : keys);
      const text = texts.join("").replaceAll(/\[\d+ missing\]/g, "");
      expect(text.length, `seed ${seed}`).toBeLessThanOrEqual(batch.octets.length);
      // What is decrypted is what was sent, or nothing.
      if (streams.servers.some(({ decrypted }) => decrypted > 0))
        expect(text, `seed ${seed}`).not.toMatch(/[^ -~\r\n]/);
    }
  },
  600_000,
);

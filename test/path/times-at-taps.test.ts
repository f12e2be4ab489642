/** Exchanges of a first tap, parted by what a farther one recorded. */
import { expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { timesAtTaps } from "../../src/path/times-at-taps.ts";
import { exchangeCsv } from "../../src/report/exchanges/exchange-lines.ts";
import { captureOf, capturesOf, exchanges, passed, type TestPacket } from "./two-taps.ts";

async function partedRows(first: Buffer, second: Buffer, synchronousClocks = true) {
  const taps = await timesAtTaps(first, [second], { synchronousClocks });
  const rows: ExchangeRow[] = [];
  await analyze(first, { onExchange: (row) => rows.push(taps.part(row)) });
  return { rows, found: taps.found() };
}

/** Twelve requests on one connection: 1 ms there, 3 ms + their number × 0.25 in the server, 2 ms back, 20 ms apart. */
function keptAlive(): TestPacket[] {
  const request = Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const answer = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  const base = { port: 40_000, flags: 0x18 };
  const there = { ...base, isForward: true, delaysNs: [1e6] };
  const back = { ...base, isForward: false, delaysNs: [2e6] };
  return [
    { ...there, sentNs: 0, ipId: 1, sequence: 99, flags: 0x02 },
    { ...back, sentNs: 1e6, ipId: 2, sequence: 499, acknowledgement: 100, flags: 0x12 },
    ...Array.from({ length: 12 }, (_, index): TestPacket[] => {
      const sequence = 100 + index * request.length;
      const answered = 500 + index * answer.length;
      const sentNs = 10e6 + index * 20e6;
      return [
        { ...there, sentNs, ipId: 10 + index, sequence, acknowledgement: answered, payload: request },
        {
          ...back,
          sentNs: sentNs + 4e6 + index * 250_000,
          ipId: 50 + index,
          sequence: answered,
          acknowledgement: sequence + request.length,
          payload: answer,
        },
      ];
    }).flat(),
  ];
}

test("time to the first byte is parted into network there, server, network back", async () => {
  const { rows, found } = await partedRows(...capturesOf(exchanges()));
  expect(found).toEqual([12]);
  for (const row of rows) {
    expect(row.networkThereMs).toBeCloseTo(1, 6);
    expect(row.serverMs).toBeCloseTo(5, 6);
    expect(row.networkBackMs).toBeCloseTo(2, 6);
    expect(row.timeToFirstByteMs).toBeCloseTo(8, 6);
  }
  const names = exchangeCsv.head.trim().split(",");
  const fields = exchangeCsv.line(rows[0] as ExchangeRow)?.split(",");
  expect(Number(fields?.[names.indexOf("serverMs")])).toBeCloseTo(5, 6);
});

test("with clocks that are apart the server's time stays, and the sum of the network's", async () => {
  const [first, second] = capturesOf(exchanges(), {}, { clock: (ns) => ns - 1.5e9 });
  const { rows } = await partedRows(first, second, false);
  for (const { networkThereMs = 0, serverMs, networkBackMs = 0 } of rows) {
    expect(serverMs).toBeCloseTo(5, 6);
    expect(networkThereMs + networkBackMs).toBeCloseTo(3, 6);
  }
});

test("a tap that began in the middle of a connection counts its requests otherwise, and is still matched", async () => {
  const [first, second] = passed(keptAlive());
  const { rows, found } = await partedRows(
    captureOf(first),
    captureOf(second.filter(({ atNs }) => atNs > 45e6)),
  );
  expect(found).toEqual([10]);
  expect(rows.map(({ serverMs }) => serverMs?.toFixed(3))).toEqual([
    undefined,
    undefined,
    ...Array.from({ length: 10 }, (_, index) => (3.5 + index * 0.25).toFixed(3)),
  ]);
});

test("behind an address translation nothing is parted, rather than something wrong", async () => {
  const [first, second] = capturesOf(exchanges(), {}, { translated: { host: 9, port: 51_000 } });
  // One port for all connections: only what passes without it can be matched.
  await expect(partedRows(first, second)).resolves.toMatchObject({ found: [0] });
});

test("a tap that is nearer to the clients is refused in one line", async () => {
  const [first, second] = capturesOf(exchanges());
  await expect(timesAtTaps(second, [first], { synchronousClocks: true })).rejects.toThrow(
    /nearer to the clients/,
  );
});

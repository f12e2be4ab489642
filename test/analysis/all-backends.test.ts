/** All backends of a balancer together, what clients waited for, and which backend was chosen while others had less to do. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { plainEngine } from "../../src/analysis/plain.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { captureOfExchanges, type DrawnExchange } from "./exchange-capture.ts";

const BALANCER = "10.0.0.10";
const BACKENDS = ["10.0.0.21", "10.0.0.22", "10.0.0.23"] as const;
const COUNT = 120;
const GAP_US = 3000;
/** The first backend is slow. */
const takes = (backend: number, index: number) => (backend === 0 ? 20_000 : 1000) + ((index * 7919) % 500);

/** A client's exchange, and the one that it causes at a backend. */
function passedOn(
  index: number,
  backend: number,
  client = "10.0.1.1",
  status = 200,
  takesUs = takes(backend, index),
): DrawnExchange[] {
  const atUs = GAP_US * index;
  const port = 20_000 + index;
  return [
    { client: `${client}:${port}`, server: `${BALANCER}:80`, atUs, takesUs: takesUs + 200, status },
    { client: `${BALANCER}:${port}`, server: `${BACKENDS[backend]}:80`, atUs: atUs + 50, takesUs, status },
  ];
}

const inTurn = Array.from({ length: COUNT }, (_, index) => index % 3);

/** Each request goes to a backend with the fewest open ones for its weight. */
function leastLoaded(weights = [1, 1, 1], time = takes): number[] {
  const until = [[], [], []] as number[][];
  return Array.from({ length: COUNT }, (_, index) => {
    const nowUs = GAP_US * index + 50;
    const open = until.map((ends, at) => ends.filter((end) => end > nowUs).length / (weights[at] ?? 1));
    const backend = open.indexOf(Math.min(...open));
    until[backend]?.push(nowUs + 30 + time(backend, index));
    return backend;
  });
}

const capture = (backends: readonly number[]) =>
  captureOfExchanges(backends.flatMap((backend, index) => passedOn(index, backend)));

const named = (weights: readonly number[]): AnalysisOptions => ({
  balancer: BALANCER,
  backends: BACKENDS.map((address, index) => ({
    name: `B${index}`,
    address,
    port: 80,
    weight: weights[index] ?? 1,
  })),
});
const NAMED = named([1, 1, 1]);

describe("all backends together", () => {
  test.each<[string, AnalysisOptions]>([
    ["discovered", {}],
    ["named", NAMED],
  ])("%s: the distribution is that of every request, not a mean over backends", async (_title, options) => {
    const times: number[] = [];
    const { allBackends, pairs, balancer } = await analyze(capture(inTurn), {
      ...options,
      onExchange: ({ client, timeToFirstByteMs }) => {
        if (client.startsWith(BALANCER) && timeToFirstByteMs !== null) times.push(timeToFirstByteMs);
      },
    });
    times.sort((a, b) => a - b);
    expect(times).toHaveLength(COUNT);
    expect(allBackends).toMatchObject({
      source: BALANCER,
      backends: 3,
      requests: COUNT,
      failed: 0,
      unanswered: 0,
    });
    expect(allBackends?.timeToFirstByteMs).toMatchObject({ count: COUNT, min: times[0], max: times.at(-1) });
    expect(allBackends?.timeToFirstByteMs.mean).toBeCloseTo(
      times.reduce((sum, one) => sum + one, 0) / COUNT,
      9,
    );
    const position = 0.95 * (COUNT - 1);
    const [low = 0, high = 0] = times.slice(Math.floor(position));
    expect(allBackends?.timeToFirstByteMs.p95).toBeCloseTo(low + (position % 1) * (high - low), 9);
    expect(allBackends?.handshakeRttMs.count).toBe(COUNT);
    expect(pairs.filter(({ source }) => source === BALANCER)).toHaveLength(3);
    // Clients wait 200 µs longer.
    expect(balancer?.clientTimeToFirstByteMs?.count).toBe(COUNT);
    const added = (balancer?.clientTimeToFirstByteMs?.mean ?? 0) - (allBackends?.timeToFirstByteMs.mean ?? 0);
    expect(added).toBeCloseTo(0.2, 9);
  });

  test("is the same of the engine as plain TypeScript", async () => {
    const [compiled, plain] = await Promise.all([
      analyze(capture(inTurn), NAMED),
      analyze(capture(inTurn), { ...NAMED, engine: plainEngine }),
    ]);
    expect(plain.allBackends).toEqual(compiled.allBackends);
    expect(plain.balancer).toEqual(compiled.balancer);
  });

  test("is not told of one backend, nor of clients that ask servers by themselves", async () => {
    expect((await analyze(capture(inTurn.map(() => 0)))).allBackends).toBeUndefined();
    const direct = Array.from({ length: 12 }, (_, index) => ({
      client: `10.0.1.${1 + (index % 2)}:${20_000 + index}`,
      server: `${BACKENDS[index % 3]}:80`,
      atUs: GAP_US * index,
      takesUs: 500,
    }));
    expect((await analyze(captureOfExchanges(direct))).allBackends).toBeUndefined();
  });
});

describe("choices between unequally loaded backends", () => {
  test("least-connection always takes a least loaded one, rotation does not", async () => {
    const least = (await analyze(capture(leastLoaded()))).allBackends?.choices;
    expect(least?.uneven).toBeGreaterThan(COUNT / 2);
    expect(least?.leastLoaded).toBe(least?.uneven);
    const rotating = (await analyze(capture(inTurn))).allBackends?.choices;
    expect(rotating?.uneven).toBeGreaterThan(COUNT / 2);
    expect((rotating?.leastLoaded ?? 0) / (rotating?.uneven ?? 1)).toBeLessThan(0.8);
  });

  test("with weights, the fewest for its weight counts", async () => {
    const weights = [3, 1, 2];
    // All are slow, so that all are busy.
    const slow = (_backend: number, index: number) => takes(0, index);
    const run = captureOfExchanges(
      leastLoaded(weights, slow).flatMap((backend, index) =>
        passedOn(index, backend, undefined, undefined, slow(backend, index)),
      ),
    );
    const [asSet, asEqual, plain] = await Promise.all([
      analyze(run, named(weights)),
      analyze(run, NAMED),
      analyze(run, { ...named(weights), engine: plainEngine }),
    ]);
    const { uneven = 0, leastLoaded: least } = asSet.allBackends?.choices ?? {};
    expect(uneven).toBeGreaterThan(COUNT / 3);
    expect(least).toBe(uneven);
    const equal = asEqual.allBackends?.choices;
    expect((equal?.leastLoaded ?? 0) / (equal?.uneven ?? 1)).toBeLessThan(0.8);
    expect(plain.allBackends?.choices).toEqual(asSet.allBackends?.choices);
  });

  test("without overlap there is nothing to choose between", async () => {
    const apart = Array.from({ length: 12 }, (_, index) =>
      passedOn(index, index % 3).map((one) => ({ ...one, atUs: one.atUs + 100_000 * index })),
    );
    expect((await analyze(captureOfExchanges(apart.flat()))).allBackends?.choices).toEqual({
      uneven: 0,
      leastLoaded: 0,
      leastLoadedByChance: 0,
    });
  });
});

describe("clients of the balancer", () => {
  const from = (address: number) => `10.0.1.${1 + address}`;

  test("keep to one backend, or don't", async () => {
    const hashed = inTurn.flatMap((backend, index) => passedOn(index, backend, from(index % 3)));
    const stays = (await analyze(captureOfExchanges(hashed), NAMED)).balancer;
    expect(stays).toMatchObject({ clientAddresses: 3, clientAddressesAtSeveral: 0 });
    const moving = inTurn.flatMap((backend, index) => passedOn(index, backend, from(index % 2)));
    const moves = (await analyze(captureOfExchanges(moving), NAMED)).balancer;
    expect(moves).toMatchObject({ clientAddresses: 2, clientAddressesAtSeveral: 2 });
  });

  test("are told of errors, the balancer's own included", async () => {
    const failing = inTurn.flatMap((backend, index) => {
      const both = passedOn(index, backend, "10.0.1.1", index % 10 === 0 ? 503 : 200);
      // Of every tenth the balancer itself says 503.
      return index % 10 === 0 ? both.slice(0, 1) : both;
    });
    const { balancer, allBackends } = await analyze(captureOfExchanges(failing), NAMED);
    expect(balancer).toMatchObject({ clientExchanges: COUNT, clientsFailed: 12 });
    expect(allBackends).toMatchObject({ requests: COUNT - 12, failed: 0 });
  });
});

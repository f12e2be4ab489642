/** All clients of one server together: counted as if one client had asked, and told beside their pairs. */
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { MAX_PAIRS } from "../../src/engine/tally/pair-directory.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { buildDocument } from "../../src/report/build-document.ts";
import { renderCsv } from "../../src/report/render-csv.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { captureOfExchanges, type DrawnExchange } from "./exchange-capture.ts";

const COUNT = 90;

/** Requests to one server by as many clients, in turns that are not even, each answered in a time of its own. */
const asked = (clients: number, server = "10.0.0.21:80"): DrawnExchange[] =>
  Array.from({ length: COUNT }, (_, index) => ({
    client: `10.0.1.${1 + ((index * index) % clients)}:${40_000 + index}`,
    server,
    clientSequence: 1000 * Number(server.slice(7).replace(":", "")) + index,
    atUs: 7000 * index + ((index * 1237) % 3000),
    takesUs: 500 + ((index * 7919) % 5000),
    ...(index % 11 === 0 && { status: 503 }),
  }));

const runOf = (exchanges: readonly DrawnExchange[], options: AnalysisOptions = {}) =>
  analyze(captureOfExchanges(exchanges), options);

describe("all clients of a server", () => {
  test.each([2, 3, 7, 40])("%d of them are measured as one that asked it all", async (clients) => {
    const { allClients = [], pairs } = await runOf(asked(clients));
    const [one] = (await runOf(asked(1))).pairs;
    const [all] = allClients;
    expect(all?.clientCount).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(1);
    expect(all).toMatchObject({ name: "10.0.0.21", destination: "10.0.0.21", destinationPort: 80 });
    expect(all?.paper).toEqual(one?.paper);
    expect(all?.http).toEqual(one?.http);
    expect(all?.transport).toEqual(one?.transport);
    expect(all?.categories).toEqual(one?.categories);
  });

  test.each([
    [MAX_PAIRS, MAX_PAIRS, false],
    [MAX_PAIRS + 2, MAX_PAIRS, true],
  ])("of %d, %d are told, and whether that is all of them", async (clients, clientCount, isMinimum) => {
    const exchanges = Array.from({ length: clients }, (_, index) => ({
      client: `10.1.${index >> 8}.${index & 255}:40000`,
      server: "10.0.0.21:80",
      clientSequence: 1000,
      atUs: 100 * index,
      takesUs: 50,
    }));
    const { allClients = [] } = await runOf(exchanges);
    expect(allClients).toMatchObject([
      { clientCount, clientCountIsMinimum: isMinimum, http: { requests: clients } },
    ]);
  });

  test("are told by server and port, busiest first", async () => {
    const more = asked(2, "10.0.0.21:8080").slice(0, 30);
    const { allClients = [] } = await runOf([...more, ...asked(3), ...asked(1, "10.0.0.22:80")]);
    expect(allClients.map(({ destinationPort, http }) => [destinationPort, http.requests])).toEqual([
      [80, 90],
      [8080, 30],
    ]);
  });

  test("with backends named and no balancer, too, by their names", async () => {
    const backends = [{ name: "A", address: "10.0.0.21" }];
    const { allClients = [] } = await runOf(asked(3), { backends });
    expect(allClients).toMatchObject([{ name: "A", destinationPort: null, http: { requests: COUNT } }]);
  });

  test.each<[string, DrawnExchange[], AnalysisOptions]>([
    ["one client", asked(1), {}],
    ["the balancer named", asked(3), { balancer: "10.0.1.1" }],
    [
      "all but one without a request",
      asked(3).map((one) => (one.client.startsWith("10.0.1.1:") ? one : { ...one, server: "10.0.0.21:22" })),
      {},
    ],
  ])("say nothing more of %s", async (_, exchanges, options) => {
    const { allClients = [] } = await runOf(exchanges, options);
    expect(allClients.filter(({ destinationPort }) => destinationPort === 80)).toEqual([]);
  });

  test("have a row before their pairs, and none in the shares and records that are added up", async () => {
    const run = await runOf(asked(3));
    const markdown = renderMarkdown(buildDocument(run, { language: "en", pairLimit: 1 }));
    const [overview, ...tables] = markdown
      .split("\n\n")
      .filter((block) => block.includes("all clients → 10.0.0.21"));
    // On the first screen they stand for their pairs.
    expect(overview).not.toMatch(/10\.0\.1\.\d/);
    expect(tables.length).toBe(8);
    expect(tables[0]?.indexOf("all clients")).toBeLessThan(tables[0]?.search(/10\.0\.1\.\d → 10/) ?? 0);
    expect(tables.filter((table) => table.includes("Share"))).toEqual([]);
    expect(renderCsv(run).trim().split("\n").length).toBe(1 + run.pairs.length);
  });
});

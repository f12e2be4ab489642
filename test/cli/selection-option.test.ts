/** `--filter`, `-Y`, `--by` and `--sent`: pairs, selections, and what is neither. */
import { describe, expect, test } from "vitest";
import { parseSelections } from "../../src/cli/selection-option.ts";

const PAIR = "ip.src==10.0.0.1 && ip.dst==10.0.0.2";

describe("filters", () => {
  test("that say a pair with its HTTP are pairs", () => {
    expect(parseSelections({ filter: [`${PAIR} && http`] })).toMatchObject({
      pairs: { balancer: "10.0.0.1", backends: [{ address: "10.0.0.2" }] },
      selections: {},
    });
  });

  test("without http select every frame that Wireshark shows, not the HTTP frames alone", () => {
    expect(parseSelections({ filter: [PAIR] })).toEqual({
      pairs: {},
      selections: { selections: [{ filter: PAIR }] },
    });
  });

  test("with http are selections where they say no pair, or have a name", () => {
    expect(parseSelections({ filter: ["http", `Web=${PAIR} && http`] }).selections).toEqual({
      selections: [{ filter: "http" }, { name: "Web", filter: `${PAIR} && http` }],
    });
  });

  test("have names, and -Y is the same", () => {
    expect(
      parseSelections({ filter: ["Video = udp.port==5004", "frame.len>=9"], Y: ["!tcp"] }).selections,
    ).toEqual({
      selections: [
        { name: "Video", filter: " udp.port==5004" },
        { filter: "frame.len>=9" },
        { filter: "!tcp" },
      ],
    });
  });

  test("get the counts of frames that were sent, all or by name", () => {
    const filter = ["A=udp.port==1", "B=udp.port==2"];
    expect(parseSelections({ filter, sent: ["300", "B=400"] }).selections.selections).toMatchObject([
      { name: "A", sent: 300 },
      { name: "B", sent: 400 },
    ]);
  });

  test.each([
    [{ filter: ["tcp.port=80"] }, 'one "=" compares nothing: write =='],
    [{ filter: ["=tcp"] }, "one of them is empty"],
    [{ filter: ["A=tcp", "A=udp"] }, 'two selections are called "A"'],
    [{ filter: ["tcp"], sent: ["many"] }, '--sent "many": write how many frames'],
    [{ filter: ["tcp"], sent: ["0"] }, '--sent "0": write how many frames'],
    [{ filter: ["A=tcp"], sent: ["B=4"] }, 'no --filter is called "B"'],
    [{ sent: ["4"] }, "give the filter, too"],
    [{ filter: ["http2"] }, '"http2" is not supported: of payloads there are http, tls, quic and rtp'],
  ])("%j is refused", (options, reason) => {
    expect(() => parseSelections(options)).toThrow(reason);
  });
});

describe("ports with RTP", () => {
  test("go with the selections; alone they ask for rtp", () => {
    expect(parseSelections({ rtp: ["5004", "5006=90000"], filter: ["udp"] }).selections).toEqual({
      selections: [{ filter: "udp" }],
      rtp: [{ port: 5004 }, { port: 5006, clockRateHz: 90_000 }],
    });
    expect(parseSelections({ rtp: ["5004"] }).selections).toMatchObject({
      selections: [{ filter: "rtp" }],
    });
  });

  test.each([
    ["0", "write a UDP port"],
    ["70000", "write a UDP port"],
    ["5004=0", "write a UDP port"],
    ["5004=9e4", "write a UDP port"],
    ["video", "write a UDP port"],
  ])("%s is refused", (text, reason) => {
    expect(() => parseSelections({ rtp: [text] })).toThrow(reason);
  });

  test("may not have two rates", () => {
    expect(() => parseSelections({ rtp: ["5004=8000", "5004=90000"] })).toThrow("two clock rates");
  });
});

describe("without a filter", () => {
  test("the capture's own groups are measured where there is no pair", () => {
    expect(parseSelections({}).selections.groups).toMatchObject({ onlyWithoutPairs: true });
    expect(parseSelections({ balancer: ["10.0.0.1"] }).selections).toEqual({});
  });

  test("--by asks for them always", () => {
    expect(parseSelections({ by: "host", balancer: ["10.0.0.1"] }).selections.groups).toEqual({
      by: ["host"],
      perKind: 20,
      onlyWithoutPairs: false,
    });
  });
});

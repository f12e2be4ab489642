/** Every text in every language: the compiler sees that none is missing, this test that each was translated. */
import { describe, expect, test } from "vitest";
import { helpTexts } from "../../src/words/en/help-texts.ts";
import { en } from "../../src/words/en/words.ts";
import { helpTextsOf } from "../../src/words/help-texts.ts";
import { type Language, languages } from "../../src/words/language.ts";
import { wordsOf } from "../../src/words/words.ts";

/** Texts that are rightly the same in Indonesian: names, units, and terms that the field leaves in English. */
const SAME: readonly string[] = [
  "%",
  "2xx",
  "3xx",
  "4xx",
  "5xx",
  "A",
  "ACKed unseen segment",
  "Audit: VALUE",
  "Capture",
  "B",
  "Backend",
  "Delay",
  "Delay (ms)",
  "Format",
  "Frame",
  "Goodput",
  "H",
  "HTTP/1",
  "HTTP/2",
  "IPDV",
  "Jitter",
  'Lab "VALUE": VALUE',
  "Loss",
  "Mbps",
  "Out of order",
  "PING",
  "Packet loss",
  "Previous segment not captured",
  "RTT",
  "RTT p50",
  "RTT p95",
  "Request",
  "Run",
  "Run {run}",
  "Server",
  "Snapshot (JSON)",
  "Status",
  "TLS",
  "TTFB",
  "TTFB, p95 (ms)",
  "TTLB p95",
  "Throughput",
  "Throughput, packet loss, delay, jitter",
  "Total",
  "VALUE run VALUE",
  "VALUE, VALUE",
  "VALUE, run VALUE: VALUE",
  "VLAN",
  "WebSocket",
  "backend",
  "balancer",
  "bridge",
  "gRPC",
  "median",
  "p",
  "p (Holm)",
  "p50 ms",
  "p95 ms",
  "p99",
  "p99 ms",
  "path",
  "server",
  "status",
  "status 5xx",
  "tunnel",
  "virtual",
  "{method}, run {run}",
  "–",
  "←",
  "← backend",
  "←\u00a0backend",
  "→",
  "→ backend",
  "→\u00a0backend",
  "Drift",
  "Host",
  "Median",
  "Drift ±",
  "IPDV (RFC 3393)",
  "Jitter (ms)",
  "Min",
  "PDV (RFC 5481)",
  "Packet loss (%)",
  "RFC 3550",
  "Tap",
  "VALUE → VALUE",
  // Tests that bear names.
  "ANOVA",
  "Brown–Forsythe",
  "Games–Howell",
  "Median, bootstrap",
  "Shapiro–Wilk",
];

/** Stands for whatever a text is made from: a name, a number, a list, a record of them. */
const VALUE: unknown = new Proxy(
  {},
  {
    get: (_, key) => {
      if (key === Symbol.toPrimitive || key === "at") return () => "VALUE";
      if (key === "slice") return () => VALUE;
      return key === "join" ? () => "VALUES" : "VALUE";
    },
  },
);

/** Texts by their place: `report.columns.pair`; of functions, what they say about `VALUE`s. */
function textsOf(words: unknown, place = ""): [place: string, text: string][] {
  if (typeof words === "string") return [[place, words]];
  if (typeof words === "function") {
    const said: unknown = words(...Array.from({ length: words.length }, () => VALUE));
    return textsOf(said, `${place}()`);
  }
  if (typeof words !== "object" || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) =>
    textsOf(value, place === "" ? key : `${place}.${key}`),
  );
}

const others: readonly Language[] = languages.filter((language) => language !== "en");

describe.each(others)("the texts in %s", (language) => {
  const english = textsOf({ ...en, help: helpTexts });
  const texts = new Map(textsOf({ ...wordsOf(language), help: helpTextsOf(language) }));

  test("are all there, and none is empty that is not so in English", () => {
    const lacking = english.filter(([place, text]) => text !== "" && (texts.get(place) ?? "") === "");
    expect(lacking).toEqual([]);
    expect(texts.size).toBe(english.length);
  });

  test("differ from the English ones, but for those that are the same on purpose", () => {
    const same = english.filter(([place, text]) => text !== "" && texts.get(place) === text);
    expect([...new Set(same.map(([, text]) => text))].sort()).toEqual([...SAME].sort());
  });
});

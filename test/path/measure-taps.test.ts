/** More than two taps, what stands beside a path's figures, and its reports. */
import { describe, expect, test } from "vitest";
import { measurePath } from "../../src/path/measure-path.ts";
import { measureTaps } from "../../src/path/measure-taps.ts";
import { renderHtml } from "../../src/report/html/render-html.ts";
import { renderLatex } from "../../src/report/latex/render-latex.ts";
import { delayOverTime } from "../../src/report/path/delay-over-time.ts";
import { hostTimeBars } from "../../src/report/path/host-times.ts";
import { buildPathDocument } from "../../src/report/path/path-document.ts";
import { renderPathCsv } from "../../src/report/path/render-path-csv.ts";
import { renderPathJson } from "../../src/report/path/render-path-json.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { languages } from "../../src/words/words.ts";
import { captureOf, capturesOf, exchanges, passed, steadyTraffic } from "./two-taps.ts";

test("an exchange's time is parted into network there, host and network back", async () => {
  const [first, second] = capturesOf(exchanges(), {}, { clock: (ns) => ns + 70e6 });
  const { paths } = await measureTaps([first, second], { hostTimes: true });
  const times = paths[0]?.hostTimes;
  expect(times).toMatchObject({ exchanges: 12, onlyAtSecondTap: 0 });
  expect(times?.hostMs.p50).toBeCloseTo(5, 6);
  // Half of the asymmetry of 1 ms and 2 ms bends both: their sum is exact.
  expect((times?.thereMs.mean ?? 0) + (times?.backMs.mean ?? 0)).toBeCloseTo(3, 6);
  expect(times?.sharePercent.host).toBeCloseTo((100 * 5) / 8, 6);
});

test("exchanges on a port that was used hours before are others", async () => {
  const hour = 3600e9;
  const all = exchanges();
  const later = all.map((packet) => ({
    ...packet,
    sentNs: packet.sentNs + hour,
    sequence: (packet.sequence ?? 0) + 70_000,
    acknowledgement: packet.flags === 0x02 ? 0 : (packet.acknowledgement ?? 0) + 70_000,
    ipId: (packet.ipId ?? 0) + 1000,
  }));
  // The first tap misses the later ones' requests and answers, the second one has them.
  const [first] = capturesOf([...all, ...later.filter(({ flags }) => flags !== 0x18)]);
  const [, second] = capturesOf([...all.filter(({ flags }) => flags !== 0x18), ...later]);
  const { paths } = await measureTaps([first, second], { hostTimes: true, synchronousClocks: true });
  expect(paths[0]?.hostTimes).toBeNull();
});

test("standard input is refused before anything is read", async () => {
  await expect(measureTaps(["/no/such/file", "/nor/this", "-"])).rejects.toThrow(/standard input/);
  await expect(measurePath("/no/such/file", ["/nor/this", "-"])).rejects.toThrow(/standard input/);
});

test("the papers' figures stand beside the truth, rated alike", async () => {
  const lossy = exchanges().map((packet, index) => (index === 5 ? { ...packet, delaysNs: [] } : packet));
  const { paths } = await measureTaps([...capturesOf(lossy)]);
  const papers = paths[0]?.papers;
  // A request each 20 ms is the papers' delay; the truth is 1.5 ms, half of the round trip.
  expect(papers?.papers.delayMs).toEqual({ value: 20, category: 4 });
  expect(papers?.forward.delayMs.value).toBeCloseTo(1.5, 6);
  expect(papers?.backward.lossPercent).toEqual({ value: 100 / 24, category: 3 });
  expect(paths[0]?.hostTimes).toBeNull();
});

describe("three taps", () => {
  const packets = steadyTraffic(40);
  const [a, middle] = passed(packets);
  // The third tap is 1 ms behind the second one, and two packets are lost between them.
  const onward = packets
    .map((packet) =>
      packet.isForward
        ? { ...packet, sentNs: packet.sentNs + (packet.delaysNs[0] ?? 0), delaysNs: [1e6] }
        : { ...packet, sentNs: packet.sentNs - 1e6, delaysNs: [1e6] },
    )
    .map((packet, index) => (index === 20 || index === 40 ? { ...packet, delaysNs: [] } : packet));
  const [, c] = passed(onward);
  const [first, second, third] = [captureOf(a), captureOf(middle), captureOf(c)];

  test("in a row say where packets were lost", async () => {
    const taps = await measureTaps([first, second, third], { papers: false });
    expect(taps.arrangement).toBe("row");
    expect(taps.paths.map(({ forward, backward }) => [forward.lost, backward.lost])).toEqual([
      [0, 0],
      [2, 0],
    ]);
  });
  test("in another order are refused", async () => {
    await expect(measureTaps([first, third, second], { papers: false })).rejects.toThrow(/is not before/);
  });
  test("of which two share nothing are a star", async () => {
    const other = steadyTraffic(40, (packet) => ({
      ...packet,
      port: 41_000,
      sequence: (packet.sequence ?? 0) + 7,
    }));
    const balancer = passed([...packets, ...other])[0];
    const backends = [packets, other].map((own) => captureOf(passed(own)[1]));
    const taps = await measureTaps([captureOf(balancer), ...backends], { papers: false });
    expect(taps.arrangement).toBe("star");
    expect(taps.paths.map(({ forward }) => [forward.sent, forward.lost])).toEqual([
      [40, 0],
      [40, 0],
    ]);
  });
});

describe("clocks", () => {
  test("that were set by 40 ms are cut there", async () => {
    const clock = (ns: number): number => ns + 1e9 + ns * 30e-6 + (ns > 800e6 ? 40e6 : 0);
    const path = await measurePath(...capturesOf(steadyTraffic(160), {}, { clock }));
    expect(path.clocks.steps).toMatchObject([{ kind: "step" }]);
    expect(path.clocks.steps[0]?.stepMs).toBeCloseTo(40, 1);
    expect(path.clocks.steps[0]?.secondsSinceStart).toBeGreaterThan(0.78);
    expect(path.clocks.steps[0]?.secondsSinceStart).toBeLessThan(0.82);
    expect(path.clocks.driftPpm).toBeCloseTo(30, 0);
    // 1 ms there and 3 ms back: the offset lies between, wrong by 1 ms of the 2 ms that it may be.
    expect(path.clocks.offsetBoundMs).toBeGreaterThanOrEqual(2);
    expect(path.forward.delayMs?.min).toBeCloseTo(2, 2);
  });
  test("can't be known where packets go one way, though the drift can", async () => {
    const oneWay = steadyTraffic(60).filter(({ isForward }) => isForward);
    const path = await measurePath(...capturesOf(oneWay, {}, { clock: (ns) => ns * (1 + 50e-6) + 9e9 }));
    expect(path.clocks).toMatchObject({ kind: "oneWay", offsetBoundMs: null, smallestRoundTripMs: null });
    expect(path.clocks.driftPpm).toBeCloseTo(50, 1);
    expect(path.forward.delayMs?.min).toBeCloseTo(0, 6);
    expect(path.forward.delayMs?.max).toBeCloseTo(0.1, 3);
    expect(path.warnings.map(({ code }) => code)).toContain("path-one-way");
  });
});

test("frames that are out of order, and packets that nobody sent, are doubts", async () => {
  const [first, second] = passed(steadyTraffic(60));
  const swapped = [
    ...second.slice(0, 30),
    ...second.slice(36, 60),
    ...second.slice(30, 36),
    ...second.slice(60),
  ];
  const disorder = await measurePath(captureOf(first), captureOf(swapped));
  expect(disorder.warnings.map(({ code }) => code)).toEqual(["time-runs-backwards"]);
  const unsent = await measurePath(captureOf(first.filter((_, index) => index !== 30)), captureOf(second));
  expect(unsent.warnings.map(({ code }) => code)).toEqual(["path-not-recorded"]);
  expect(
    unsent.forward.notRecordedAtSender + unsent.backward.notRecordedAtSender + unsent.backward.lost,
  ).toBe(1);
});

test.each(languages)("reports say the same in every form (%s)", async (language) => {
  const [first, second] = capturesOf(
    exchanges().map((packet, index) => (index === 22 ? { ...packet, delaysNs: [] } : packet)),
  );
  const taps = await measureTaps([first, second], { hostTimes: true });
  const charts = [delayOverTime(taps, language), hostTimeBars(taps, language)].filter(
    (chart) => chart !== null,
  );
  expect(charts.map(({ id }) => id)).toEqual(["delay-over-time", "host-times"]);
  const document = buildPathDocument(taps, {
    language,
    charts: { specs: charts, folder: "charts", formats: ["svg"] },
  });
  for (const text of [renderMarkdown(document), renderHtml(document), renderLatex(document)]) {
    expect(text).toContain(language === "en" ? "One-way delay" : "Delay satu arah");
    expect(text).toContain("4.17".replace(".", language === "en" ? "." : ","));
  }
  const [header = "", forward = ""] = renderPathCsv(taps).split("\r\n");
  expect(header.split(",").slice(0, 5)).toEqual(["from", "to", "sent", "received", "lost"]);
  expect(forward.split(",").slice(2, 5)).toEqual(["24", "23", "1"]);
  expect(JSON.parse(renderPathJson(taps))).toMatchObject({
    arrangement: "row",
    paths: [{ forward: { lost: 1 } }],
  });
});

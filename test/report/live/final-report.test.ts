/** What the final report of `lbqos live` says beyond that of a saved capture; and the table of interfaces. */
import { describe, expect, test } from "vitest";
import { type FoundInterface, inEnglish } from "../../../src/capture/engines/list-interfaces.ts";
import { Failure } from "../../../src/failure.ts";
import type { LiveResult } from "../../../src/live/live-session.ts";
import type { LiveSnapshot } from "../../../src/live/live-snapshot.ts";
import { buildDocument } from "../../../src/report/build-document.ts";
import { displayWidth } from "../../../src/report/display-width.ts";
import { renderInterfaces } from "../../../src/report/live/interface-table.ts";
import { liveRunMetrics, liveSection } from "../../../src/report/live/live-facts.ts";
import { renderTerminal } from "../../../src/report/terminal/render-terminal.ts";
import { message as words } from "../../../src/words/message.ts";
import { manyPairs, steady, troubled } from "./sample-snapshot.ts";

function resultOf(last: LiveSnapshot, failure: Failure | null = null): LiveResult {
  return { metrics: last.metrics, last, endedBy: failure === null ? "stop" : "recording", failure };
}

/** The section's lines on a terminal. */
function section(result: LiveResult, language: "en" | "id"): string[] {
  const run = liveRunMetrics(result);
  const document = {
    ...buildDocument(run, { language }),
    opening: [],
    sections: [liveSection(run, language)],
  };
  return renderTerminal(document, { width: 80, colour: false }).trimEnd().split("\n").slice(4);
}

describe("how it was captured", () => {
  test("of a good run", () => {
    expect(section(resultOf(steady()), "en")).toEqual([
      "Capture",
      "Engine          dumpcap 4.0.17",
      "Timestamps      kernel timestamps",
      "Interfaces      eth0",
      "Time captured   0:20",
      "Frames dropped  0",
      "Frames skipped  0",
      "Recording       run.pcapng, 2.0 MB",
      "Ended           when it was stopped",
    ]);
  });

  test("of one in trouble, in Indonesian", () => {
    expect(section(resultOf(troubled(), new Failure(words("verbatim", "the disk is full"))), "id")).toEqual(
      [
        "Perekaman",
        "Metode          least-connection",
        "Run             3",
        "Perekam         dumpcap 4.0.17",
        "Stempel waktu   stempel waktu kernel",
        "Interface       eth0",
        "Lama perekaman  1:02:03",
        "Frame terbuang  17",
        "Frame dilewati  20.480",
        "Rekaman         captures/run_00001.pcapng.gz, captures/run_00002.pcapng.gz, 12,3 GB",
        "Berakhir        karena rekaman tidak dapat dilanjutkan",
        "Kegagalan       the disk is full",
      ].flatMap((line) => (displayWidth(line) <= 80 ? [line] : wrappedAt(line))),
    );
  });

  test("by an engine without the kernel's timestamps is a doubt in every format", () => {
    const codes = (last: LiveSnapshot) => liveRunMetrics(resultOf(last)).warnings.map(({ code }) => code);
    expect(codes(manyPairs())).toContain("process-timestamps");
    expect(codes(steady())).not.toContain("process-timestamps");
    expect(section(resultOf(manyPairs()), "en")).toContain("Frames dropped  unknown");
  });
});

/** A fact that is longer than the line goes on below its value. */
function wrappedAt(line: string): string[] {
  const cut = line.lastIndexOf(" ", 80);
  return [line.slice(0, cut), `${" ".repeat(16)}${line.slice(cut + 1)}`];
}

describe("interfaces", () => {
  const interfaces: FoundInterface[] = [
    {
      name: "eth0",
      kind: "ethernet",
      driver: "virtio_net",
      addresses: ["10.0.0.2", "fd00::2"],
      up: true,
      loopback: false,
      obstacle: null,
    },
    {
      name: "evil\u001b[2J",
      kind: "virtual",
      driver: null,
      addresses: [],
      up: false,
      loopback: false,
      obstacle: words("isDown", "evil\u001b[2J"),
    },
  ];

  test("as a table, with what stands in the way below it", () => {
    expect(renderInterfaces(interfaces, "en", { width: 80, colour: false }).split("\n")).toEqual([
      "Interfaces",
      "Name         State  What it is                 Addresses",
      "─".repeat(63),
      "eth0         up     network card (virtio_net)  10.0.0.2 fd00::2",
      "evil\\x1b[2J  down   virtual",
      "! evil\\x1b[2J can't be captured on: the interface is down; bring it up: sudo ip",
      "  link set evil\\x1b[2J up",
      "",
    ]);
  });

  test("say in the user's language what stands in the way, and to programs in English", () => {
    const table = renderInterfaces(interfaces, "id", { width: 120, colour: false });
    expect(table).toContain(
      "evil\\x1b[2J tidak dapat direkam: interface tidak aktif; aktifkan: sudo ip link set",
    );
    expect(interfaces.map(inEnglish)).toMatchObject([
      { description: "network card (virtio_net)", canCapture: true, obstacle: null },
      {
        description: "virtual",
        canCapture: false,
        obstacle: "the interface is down; bring it up: sudo ip link set evil\u001b[2J up",
      },
    ]);
  });

  test("fit a narrow terminal", () => {
    for (const line of renderInterfaces(interfaces, "id", { width: 40, colour: false }).split("\n"))
      expect(displayWidth(line)).toBeLessThanOrEqual(40);
  });
});

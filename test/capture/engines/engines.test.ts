/**
 * Each engine on a real interface between two network namespaces, against a dumpcap that records the same beside it, and
 * through everything that can end a capture.
 */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import { capVersion } from "../../../src/capture/engines/cap.ts";
import { findProgram } from "../../../src/capture/engines/find-program.ts";
import { type EngineName, engineNames } from "../../../src/capture/engines/live-capture.ts";
import { needs, needsRoot } from "../../real-part.ts";
import { readCapture } from "../read-frames.ts";
import { CLIENT, EngineBed, isRunning, type Recorder, SERVER } from "./engine-bed.ts";

/** Who stamps, and the signal that the program's kernel buffer says drops by. */
const STAMPED_BY: Readonly<Record<EngineName, string>> = {
  dumpcap: "kernel",
  tcpdump: "kernel",
  cap: "process",
};

/** Without cap where it could not be compiled. */
const INSTALLED = engineNames.filter((name) => name !== "cap" || capVersion() !== null);

interface StampedFrame {
  /** Its length on the wire and its bytes. */
  readonly content: string;
  /** Since 1970. */
  readonly timeNs: bigint;
}

async function framesOf(path: string): Promise<StampedFrame[]> {
  const { capture, frames } = await readCapture(path);
  expect(capture.warnings).toEqual([]);
  const start = capture.startNs ?? 0n;
  return frames.map(({ data, wireLength, timeNs }) => ({
    content: `${wireLength} ${data}`,
    timeNs: start + BigInt(timeNs),
  }));
}

/** Addresses side by side in the IP header: what the client sent. */
const CLIENT_TO_SERVER = `${hexOf(CLIENT)}${hexOf(SERVER)}`;
/** Where addresses and ports lie in a frame's bytes as hexadecimal digits: Ethernet, IPv4, TCP. */
const FLOW_START = 2 * 26;
const FLOW_END = 2 * 38;

/**
 * What frames say, one direction of one connection after the other. Frames of different connections, or ways, that the
 * kernel handles at once, on two processors, reach two recorders in either order.
 */
function byFlow(
  frames: readonly StampedFrame[],
  say: (frame: StampedFrame) => string,
): Map<string, string[]> {
  const flows = new Map<string, string[]>();
  for (const frame of frames) {
    const [, data = ""] = frame.content.split(" ");
    const flow = data.slice(FLOW_START, FLOW_END);
    flows.set(flow, [...(flows.get(flow) ?? []), say(frame)]);
  }
  return flows;
}

/** Requests answered in full, and the octets of the answers. */
async function answersIn(path: string): Promise<{ answered: number; octets: number }> {
  const { http, pairs } = await analyze(path);
  const octets = pairs.reduce((sum, { transport }) => sum + transport.fromBackend.payloadBytes, 0);
  return { answered: http.responses, octets };
}

needs(
  "ip",
  "dumpcap",
  "tcpdump",
)("capture engines", () => {
  needsRoot("in network namespaces", () => {
    const bed = new EngineBed();

    beforeAll(() => bed.up(), 120_000);
    afterAll(() => bed.down());

    /** Records beside the engine what `traffic` causes. */
    async function recordBeside(filter: string, traffic: () => Promise<void>): Promise<string> {
      const file = bed.newFile();
      const words = ["dumpcap", "-q", "-i", "eth0", "-f", filter, "-B", "64", "-w", file];
      const reference = await bed.startBeside(words);
      // dumpcap says what it does a little before it does it.
      await sleep(500);
      await traffic();
      await sleep(1000);
      const ended = new Promise((resolve) => reference.once("close", resolve));
      reference.kill("SIGINT");
      await ended;
      return file;
    }

    describe.each(INSTALLED)("%s", (choice) => {
      test("records every frame between its start and its stop, as the kernel stamped it", async () => {
        let recorder: Recorder | undefined;
        let end: unknown;
        const reference = await recordBeside("tcp", async () => {
          recorder = await bed.record({ choice, request: { filter: "tcp" } });
          await bed.sendRequests(200, 3000);
          end = await recorder.stop();
        });
        expect(end).toMatchObject({ failure: null, drops: choice === "cap" ? null : 0 });
        const output = recorder?.output ?? "";
        const frames = await framesOf(output);
        expect(frames.length).toBeGreaterThan(200 * 8);
        const others = await framesOf(reference);
        expect(frames.length).toBe(others.length);
        const content = (frame: StampedFrame) => frame.content;
        expect(byFlow(frames, content)).toEqual(byFlow(others, content));
        expect((await answersIn(output)).answered).toBe(200);
        if (choice === "cap") return;
        // What this machine sent has one stamp of the kernel's for all who record; what it received gets one each.
        const sent = (frame: StampedFrame) => frame.content.includes(CLIENT_TO_SERVER);
        const stamps = (list: readonly StampedFrame[]) =>
          byFlow(list.filter(sent), ({ timeNs }) => `${timeNs}`);
        expect(frames.filter(sent).length).toBeGreaterThan(1000);
        expect(stamps(frames)).toEqual(stamps(others));
      });

      test("says what it is, and whose clock it has", async () => {
        const recorder = bed.startRecorder({ choice });
        const open = await recorder.next("open");
        await recorder.stop();
        expect(open).toMatchObject({
          engine: choice,
          program: expect.stringMatching(new RegExp(`^${choice} \\d+\\.\\d+`)),
          timestampSource: STAMPED_BY[choice],
          interfaces: ["eth0"],
          waits: false,
        });
        expect(Math.abs(Number(open["aheadMs"]))).toBeLessThan(1000);
      });

      test("hands over a lone frame while it goes on", async () => {
        const recorder = await bed.record({ choice, request: { filter: "udp" } });
        await recorder.next("bytes");
        await bed.sendDatagrams(1);
        // Without a stop: a frame that waits for the next would never come.
        await recorder.next("bytes");
        await recorder.stop();
        expect((await readCapture(recorder.output)).frames).toHaveLength(1);
      });

      test("keeps what its reader is slow to read", async () => {
        const recorder = await bed.record({ choice, readWhenTold: true, request: { filter: "tcp" } });
        await bed.sendRequests(20, 200_000);
        recorder.say("stop");
        // The engine is being stopped while it waits for its reader.
        await sleep(1000);
        recorder.say("read");
        await recorder.next("end");
        const { answered, octets } = await answersIn(recorder.output);
        expect(answered).toBe(20);
        expect(octets).toBeGreaterThan(20 * 200_000);
      });

      test("cuts frames where it is told, and says how long they were", async () => {
        const recorder = await bed.record({ choice, request: { filter: "udp", snapLengthBytes: 60 } });
        await bed.sendDatagrams(3);
        await recorder.stop();
        const { frames } = await readCapture(recorder.output);
        expect(frames.map(({ capturedLength, wireLength }) => [capturedLength, wireLength])).toEqual([
          [60, 142],
          [60, 142],
          [60, 142],
        ]);
      });

      test("is stopped in order by Ctrl-C, which doesn't reach the program itself", async () => {
        const recorder = await bed.record({ choice, request: { filter: "udp" } });
        await bed.sendDatagrams(5);
        process.kill(-recorder.pid, "SIGINT");
        expect(await recorder.next("end")).toMatchObject({ failure: null });
        expect((await readCapture(recorder.output)).frames).toHaveLength(5);
      });

      test("ends when its reader reads no further", async () => {
        const recorder = await bed.record({ choice, breakAfter: 1 });
        // None where it ended before it was looked for.
        const engines = recorder.engines();
        await recorder.next("end");
        await expect.poll(() => engines.filter(isRunning), { timeout: 15_000 }).toEqual([]);
      });

      test("killed: what came before is whole, and one line says so", async () => {
        const recorder = await bed.record({ choice, request: { filter: "udp" } });
        await recorder.next("bytes");
        await bed.sendDatagrams(2);
        await recorder.next("bytes");
        for (const pid of recorder.engines()) process.kill(pid, "SIGKILL");
        const { failure } = await recorder.next("end");
        expect(failure).toBe(`${choice} was ended by SIGKILL`);
        expect((await readCapture(recorder.output)).frames.length).toBeGreaterThan(0);
      });

      test("killed before anything was read: what it wrote is there", async () => {
        const recorder = await bed.record({ choice, readWhenTold: true, request: { filter: "udp" } });
        await bed.sendDatagrams(3);
        // Longer than any engine holds a frame back.
        await sleep(2500);
        const engines = recorder.engines();
        for (const pid of engines) process.kill(pid, "SIGKILL");
        await expect.poll(() => engines.filter(isRunning), { timeout: 15_000 }).toEqual([]);
        await sleep(300);
        recorder.say("read");
        await recorder.next("end");
        expect((await readCapture(recorder.output)).frames).toHaveLength(3);
      });

      test("the interface goes: the capture ends with one line", async () => {
        bed.addSpareLink("spare0");
        const recorder = await bed.record({ choice, request: { interfaces: ["spare0"] } });
        bed.removeLink("spare0");
        const { failure } = await recorder.next("end");
        expect(failure).toBe("spare0: the interface is gone, so the capture ended");
      });

      test("lbqos is killed on a silent interface: the engine ends too", async () => {
        const recorder = await bed.record({ choice, request: { interfaces: ["idle0"] } });
        const engines = recorder.engines();
        expect(engines).toHaveLength(1);
        recorder.kill("SIGKILL");
        await expect.poll(() => engines.filter(isRunning), { timeout: 15_000 }).toEqual([]);
      });

      test("no such interface: names those that exist", async () => {
        const recorder = bed.startRecorder({ choice, request: { interfaces: ["nope0"] } });
        expect((await recorder.next("refused"))["message"]).toBe(
          "nope0: no such interface; there are down0, down1, eth0, idle0, lo, any",
        );
      });

      test("an interface that is down", async () => {
        const recorder = bed.startRecorder({ choice, request: { interfaces: ["down0"] } });
        expect((await recorder.next("refused"))["message"]).toBe(
          "down0: the interface is down; bring it up: sudo ip link set down0 up",
        );
      });

      test("a filter that can't be understood, in libpcap's words", async () => {
        const recorder = bed.startRecorder({ choice, request: { filter: "tcp prot 80" } });
        expect((await recorder.next("refused"))["message"]).toBe(
          'capture filter "tcp prot 80": can\'t parse filter expression: syntax error; see man pcap-filter',
        );
      });

      test("no permission: says what gives it", async () => {
        // Root without the right to capture: Node and the sources are in folders that others may not read.
        const rights = "-net_raw,-net_admin";
        const prefix = ["setpriv", "--bounding-set", rights, "--inh-caps", rights];
        const recorder = bed.startRecorder({ choice, prefix });
        const message = String((await recorder.next("refused"))["message"]);
        expect(message).toMatch(/^eth0: no permission to capture; /);
        expect(message).toMatch(/sudo/);
        expect(message.split("\n")).toHaveLength(1);
      });
    });

    if (capVersion() === null) test.skip("cap [skipped, it is not compiled: npm install cap]", () => {});

    describe.each(["dumpcap", "tcpdump"] as const)("%s", (choice) => {
      test("counts the frames that its kernel buffer has no room for", async () => {
        const sent = 30_000;
        const request = { filter: "udp", bufferMebibytes: 1 };
        const recorder = await bed.record({ choice, request, readWhenTold: true });
        await bed.sendDatagrams(sent);
        recorder.say("stop");
        await sleep(1000);
        recorder.say("read");
        const { drops } = await recorder.next("end");
        const { frames, capture } = await readCapture(recorder.output);
        expect(drops).toBeGreaterThan(0);
        // The recording itself says so too, where its format can.
        expect(capture.recorderDrops).toBe(choice === "dumpcap" ? drops : null);
        expect(frames.length + Number(drops)).toBe(sent);
      });
    });

    test("tcpdump says meanwhile how many frames it drops", async () => {
      const recorder = await bed.record({ choice: "tcpdump" });
      await expect
        .poll(
          async () => {
            recorder.say("drops");
            return (await recorder.next("drops"))["drops"];
          },
          { timeout: 20_000, interval: 300 },
        )
        .toBe(0);
      await recorder.stop();
    });

    test("dumpcap records on several interfaces, each with its name", async () => {
      const request = { interfaces: ["eth0", "lo"], filter: "udp" };
      const recorder = await bed.record({ choice: "dumpcap", request });
      await bed.sendDatagrams(3);
      bed.output([process.execPath, "-e", LOOPBACK_DATAGRAM]);
      await recorder.stop();
      const { frames } = await readCapture(recorder.output);
      expect(frames.map(({ interfaceIndex }) => interfaceIndex).sort()).toEqual([0, 0, 0, 1]);
    });

    test.each(["tcpdump", "cap"] as const)(
      "%s takes one interface, and says who takes several",
      async (choice) => {
        const recorder = bed.startRecorder({ choice, request: { interfaces: ["eth0", "lo"] } });
        expect((await recorder.next("refused"))["message"]).toMatch(
          /records on one interface; for several use dumpcap .*, or any for all$/,
        );
      },
    );

    test.each(INSTALLED)("%s records on any", async (choice) => {
      const recorder = await bed.record({ choice, request: { interfaces: ["any"], filter: "udp" } });
      await bed.sendDatagrams(3);
      await recorder.stop();
      const { frames } = await readCapture(recorder.output);
      expect(frames.filter(({ data }) => data.includes(hexOf(SERVER)))).toHaveLength(3);
    });

    test.each(INSTALLED)("%s is run elsewhere by a launcher", async (choice) => {
      const launcher = ["ip", "netns", "exec", bed.serverSpace];
      const recorder = await bed.record({ choice, request: { filter: "udp", launcher } });
      await bed.sendDatagrams(3);
      await recorder.stop();
      expect((await readCapture(recorder.output)).frames).toHaveLength(3);
    });

    test("the best engine that is installed", async () => {
      const folder = mkdtempSync(join(tmpdir(), "lbqos-path-"));
      try {
        const engineOn = async (path: string): Promise<unknown> => {
          const recorder = bed.startRecorder({ environment: { PATH: path } });
          const { engine } = await recorder.next("open");
          await recorder.stop();
          return engine;
        };
        expect(await engineOn(process.env["PATH"] ?? "")).toBe("dumpcap");
        expect(await engineOn(folder)).toBe("cap");
        symlinkSync(findProgram("tcpdump")?.path ?? "", join(folder, "tcpdump"));
        expect(await engineOn(folder)).toBe("tcpdump");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test("a command's stream is a capture, and its last word is why it ended", async () => {
      const tcpdump = findProgram("tcpdump")?.path ?? "";
      const command = [tcpdump, "-U", "-w", "-", "-i", "eth0", "udp"];
      const recorder = await bed.record({ command });
      await recorder.next("bytes");
      await bed.sendDatagrams(4);
      expect(await recorder.stop()).toMatchObject({ failure: null });
      expect((await readCapture(recorder.output)).frames).toHaveLength(4);

      const failureOf = async (...words: string[]): Promise<unknown> =>
        (await bed.startRecorder({ command: words }).next("end"))["failure"];
      expect(await failureOf(tcpdump, "-w", "-", "-i", "nope0")).toBe(
        `${tcpdump} ended with status 1: (No such device exists)`,
      );
      expect(await failureOf("no-such-program")).toBe("no-such-program: no such program; is it on PATH?");
      expect(await failureOf("sh", "-c", "kill -TERM $$")).toBe("sh was ended by SIGTERM");
      expect(await failureOf("true")).toBe("true ended with status 0");
      const three = await bed.record({ command: [...command, "-c", "3"] });
      await three.next("bytes");
      await bed.sendDatagrams(3);
      expect(await three.next("end")).toMatchObject({ failure: null });
      expect((await readCapture(three.output)).frames).toHaveLength(3);
    });

    test("interfaces as ip lists them", () => {
      const links = JSON.parse(bed.output(["ip", "-j", "addr"])) as IpLink[];
      const expected = links.map(({ ifname, flags, addr_info }) => ({
        name: ifname,
        up: flags.includes("UP"),
        loopback: flags.includes("LOOPBACK"),
        addresses: addr_info.map(({ local }) => local).sort(),
        canCapture: flags.includes("UP"),
      }));
      const byName = (list: { name: string }[]) => list.sort((a, b) => (a.name < b.name ? -1 : 1));
      const infos = bed.listInterfaces() as { name: string; addresses: string[] }[];
      expect(infos.at(-1)?.name).toMatch(/^down/);
      expect(infos.find(({ name }) => name === "any")).toMatchObject({
        kind: "all",
        up: true,
        canCapture: true,
      });
      const own = infos
        .filter(({ name }) => name !== "any")
        .map((info) => ({ ...info, addresses: info.addresses.sort() }));
      expect(byName(own)).toMatchObject(byName(expected));
      expect(byName(own).map(({ name }) => name)).toEqual(byName(expected).map(({ name }) => name));
    });
  });
});

/** An IPv4 address as it stands in a frame. */
function hexOf(address: string): string {
  return Buffer.from(address.split(".").map(Number)).toString("hex");
}

interface IpLink {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly addr_info: readonly { readonly local: string }[];
}

const LOOPBACK_DATAGRAM = `
  const socket = require("node:dgram").createSocket("udp4");
  socket.send("x", 9, "127.0.0.1", () => socket.close());`;

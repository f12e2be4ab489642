/**
 * Engine cap: the optional npm package of that name, libpcap inside a Node process, for machines without dumpcap and
 * tcpdump. It gets no kernel timestamps: frames are stamped when the process sees them, so gaps carry its waiting. Those
 * that waited together come out too close: RTT and time to first byte too short; the next gap is too long: jitter too
 * large (`test/known-truth/cap-jitter.mjs` on a busy machine of two cores: RTT 12 … 74 % less, the study's jitter 52 …
 * 108 % more than by the kernel's stamps; the delay is the same). It tells no drops, is always promiscuous, and keeps at
 * most 65,535 bytes of a frame.
 */
import { createRequire } from "node:module";
import { extname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { message } from "../../words/message.ts";
import type { CapJob } from "./cap-recorder.ts";
import { ChildCapture } from "./child-capture.ts";
import { EngineUnsuited, explainEnding, missingEngine } from "./engine-problem.ts";
import type { EngineRequest, LiveCapture } from "./live-capture.ts";

const INSTALL = "sudo apt-get install libpcap-dev g++ make && npm install cap";

/** Kernel buffer. Without delay every frame takes as much of it as the longest, so this is room for 1000 frames. */
const DEFAULT_BUFFER_MEBIBYTES = 64;

/**
 * Starts a capture by the package cap in a Node process of its own; resolves when it captures.
 * @throws Failure where it can't capture
 */
export async function openCap(request: EngineRequest): Promise<LiveCapture> {
  const [interfaceName, ...others] = request.interfaces;
  if (interfaceName === undefined || others.length > 0) {
    throw new EngineUnsuited(message("oneInterfaceOnly", "cap"));
  }
  const program = capVersion();
  if (program === null) throw missingEngine("cap", INSTALL);
  const permission = message("useSudoOrDumpcap");
  const engine = { name: "cap", request, permission };
  const job: CapJob = {
    interfaceName,
    filter: request.filter,
    snapLengthBytes: request.snapLengthBytes,
    bufferMebibytes: request.bufferMebibytes ?? DEFAULT_BUFFER_MEBIBYTES,
  };
  // The same kind of file as this one: .js where lbqos is built, .ts where Node runs sources.
  const recorder = new URL(`./cap-recorder${extname(import.meta.url)}`, import.meta.url);
  const capture = new ChildCapture({
    engine: "cap",
    program,
    timestampSource: "process",
    interfaces: request.interfaces,
    launcher: request.launcher ?? [],
    argv: [process.execPath, fileURLToPath(recorder), JSON.stringify(job)],
    environment: {},
    drops: () => null,
    // The recorder itself takes what has passed.
    settle: async () => {},
    explain: (ending) => explainEnding(engine, ending),
  });
  if (await capture.begun()) return capture;
  throw capture.failure ?? new Error("cap ended before it began, and was not stopped");
}

/** The package and its version, `cap 0.2.1`; `null` where it is not installed or not compiled. */
export function capVersion(): string | null {
  const require = createRequire(import.meta.url);
  try {
    require.resolve("cap/build/Release/cap.node");
    const { version } = require("cap/package.json") as { version: string };
    return `cap ${version}`;
  } catch {
    return null;
  }
}

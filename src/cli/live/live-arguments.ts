/** The arguments of `lbqos live`. */

import { Option, type Command as Subcommand } from "commander";
import { type EngineName, engineNames } from "../../capture/engines/live-capture.ts";
import type { Levels } from "../../experiment/levels.ts";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";
import { type ClocksOptionText, clocksOption } from "../clocks-option.ts";
import { addFormatOptions, type FormatOptionFlags, runFormat } from "../format-option.ts";
import { helpWords } from "../help-text.ts";
import { addKeysOption } from "../keys-option.ts";
import { givenLanguage } from "../language.ts";
import { addPairOptions, collected, type PairOptionTexts, parsePairs } from "../pair-option.ts";
import { parseRating, profileNames } from "../rating-option.ts";
import { commandWords } from "./command-words.ts";
import { liveHelp } from "./live-help.ts";
import type {
  ExperimentRunRequest,
  InterfacesSource,
  LiveArguments,
  PeerCommandRequest,
  RecordingTarget,
  ReplayRequest,
  SourceRequest,
} from "./live-request.ts";
import { parsePage } from "./page-option.ts";
import { parseCount, parseDuration, parseSize } from "./quantity-option.ts";

/** libpcap's largest snap length; below the lowest not even Ethernet, IPv6 and TCP headers are whole. */
const SNAP_LENGTHS = { lowest: 96, highest: 262_144 } as const;
const BYTES_PER_MEBIBYTE = 2 ** 20;
const LARGEST_BUFFER_MEBIBYTES = 2047;
const HIGHEST_RUN = 9999;
const MAX_REQUESTS = 1_000_000_000_000;
/** Snapshots come once a second. */
const SHORTEST_EVERY_SECONDS = 1;

interface LiveOptions extends PairOptionTexts, FormatOptionFlags, ClocksOptionText {
  readonly interface?: readonly string[];
  readonly engine?: EngineName;
  readonly captureFilter?: string;
  readonly snapLength?: string;
  readonly buffer?: string;
  readonly promiscuous: boolean;
  readonly replay?: string;
  readonly command?: string;
  readonly speed?: string;
  readonly peerCommand?: string;
  readonly duration?: string;
  readonly requests?: string;
  readonly write?: string;
  readonly rotateSize?: string;
  readonly rotateTime?: string;
  readonly force?: true;
  readonly experiment?: string;
  readonly method?: string;
  readonly run?: string;
  readonly level?: readonly string[];
  readonly http?: string;
  readonly token?: string;
  readonly stay?: true;
  readonly keys?: string;
  readonly profile?: string;
  readonly bandwidth?: string;
  readonly every?: string;
  readonly quiet?: true;
}

/** Gives the subcommand its arguments; `use` gets the request when they were understood. */
export function defineLive(subcommand: Subcommand, use: (request: LiveArguments) => void): void {
  const { live: words, shared } = helpWords();
  const ofInterfaces = ["interface", "engine", "captureFilter", "snapLength", "buffer"];
  subcommand
    .option("-i, --interface <name>", words.interface, collected)
    .addOption(new Option("--replay <file>", words.replay).conflicts(ofInterfaces))
    .addOption(new Option("--command <line>", words.command).conflicts([...ofInterfaces, "replay"]))
    .option("--speed <factor>", words.speed)
    .option("--peer-command <line>", words.peerCommand)
    .addOption(clocksOption());
  addPairOptions(subcommand);
  addKeysOption(subcommand);
  subcommand
    .addOption(new Option("--engine <name>", words.engine).choices(engineNames))
    .option("--capture-filter <bpf>", words.captureFilter)
    .option("--snap-length <bytes>", words.snapLength)
    .option("--buffer <size>", words.buffer)
    .option("--no-promiscuous", words.noPromiscuous)
    .option("--duration <time>", words.duration)
    .option("--requests <count>", words.requests)
    .option("-w, --write <file>", words.write)
    .option("--rotate-size <size>", words.rotateSize)
    .option("--rotate-time <time>", words.rotateTime)
    .addOption(
      new Option("--experiment <manifest>", words.experiment).conflicts([
        ...["balancer", "filter", "write", "rotateSize", "rotateTime"],
      ]),
    )
    .option("--method <name>", words.method)
    .option("--run <number>", words.run)
    .option("--level <factor=level>", words.level, collected)
    .option("--force", words.force)
    .option("--http <host:port>", words.http)
    .option("--token <text>", words.token)
    .option("--stay", words.stay);
  addFormatOptions(subcommand);
  subcommand
    .option("--profile <name>", shared.profile(profileNames, profileNames.split(",")[0] ?? ""))
    .option("--bandwidth <rate>", shared.bandwidth)
    .option("--every <time>", words.every)
    .option("--quiet", words.quiet)
    .addHelpText("after", liveHelp(words))
    .action((options: LiveOptions) => use(liveRequest(options)));
}

/** @throws Failure (status 2) */
function liveRequest(options: LiveOptions): LiveArguments {
  if (options.stay === true && options.http === undefined) throw new Failure(message("stayNeedsHttp"), 2);
  if (options.level !== undefined && options.experiment === undefined)
    throw new Failure(message("levelNeedsExperiment"), 2);
  const run = options.run === undefined ? null : parseCount("--run", options.run, 0, HIGHEST_RUN);
  return {
    source: sourceRequest(options),
    peer: peerRequest(options),
    experiment: options.experiment === undefined ? null : experimentRun(options.experiment, run, options),
    pairs: options.experiment === undefined ? parsePairs(options) : {},
    keysFile: options.keys ?? null,
    rating: parseRating(options),
    method: options.method ?? null,
    run,
    recording: recordingTarget(options),
    force: options.force === true,
    durationSeconds: options.duration === undefined ? null : parseDuration("--duration", options.duration),
    requests:
      options.requests === undefined ? null : parseCount("--requests", options.requests, 1, MAX_REQUESTS),
    page: parsePage(options.http, options.token, process.env),
    stay: options.stay === true,
    format: runFormat(options),
    language: givenLanguage(),
    everySeconds: options.every === undefined ? null : everySeconds(options.every),
    quiet: options.quiet === true,
  };
}

function sourceRequest(options: LiveOptions): SourceRequest {
  const { replay: path, command, speed } = options;
  if (path !== undefined) return replay(path, speed);
  if (speed !== undefined) throw new Failure(message("speedIsForReplay"), 2);
  if (command !== undefined) return { kind: "command", words: commandWords("--command", command) };
  return interfaces(options);
}

function peerRequest({ peerCommand, clocks }: LiveOptions): PeerCommandRequest | null {
  if (peerCommand === undefined) {
    if (clocks !== undefined) throw new Failure(message("clocksWithoutPeer"), 2);
    return null;
  }
  return {
    words: commandWords("--peer-command", peerCommand),
    synchronousClocks: clocks === "synchronous",
  };
}

function interfaces(options: LiveOptions): InterfacesSource {
  const { interface: names, snapLength, buffer } = options;
  if (names === undefined) {
    throw new Failure(message("whereFrom"), 2);
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Failure(message("interfaceTwice", repeated), 2);
  return {
    kind: "interfaces",
    names,
    engine: options.engine ?? null,
    filter: options.captureFilter ?? null,
    snapLengthBytes:
      snapLength === undefined
        ? null
        : parseCount("--snap-length", snapLength, SNAP_LENGTHS.lowest, SNAP_LENGTHS.highest),
    bufferMebibytes: buffer === undefined ? null : mebibytes(buffer),
    promiscuous: options.promiscuous,
  };
}

/** A number alone is MiB, as for dumpcap. */
function mebibytes(text: string): number {
  const bytes = /^\d+$/.test(text) ? Number(text) * BYTES_PER_MEBIBYTE : parseSize("--buffer", text);
  const whole = Math.ceil(bytes / BYTES_PER_MEBIBYTE);
  if (whole < 1 || whole > LARGEST_BUFFER_MEBIBYTES) {
    throw new Failure(message("bufferOutOfRange", text, LARGEST_BUFFER_MEBIBYTES), 2);
  }
  return whole;
}

function replay(path: string, speed: string | undefined): ReplayRequest {
  if (speed === "max") return { kind: "replay", path, speed: null };
  const factor = Number(speed ?? "1");
  if (!(factor > 0) || !Number.isFinite(factor)) {
    throw new Failure(message("notSpeedFactor", speed ?? ""), 2);
  }
  return { kind: "replay", path, speed: factor };
}

function experimentRun(path: string, run: number | null, options: LiveOptions): ExperimentRunRequest {
  const { method, backend, level } = options;
  if (method === undefined || run === null) {
    throw new Failure(message("sayWhichRun"), 2);
  }
  const [name, another] = backend ?? [];
  if (another !== undefined) {
    throw new Failure(message("oneBackendOfTest"), 2);
  }
  return {
    path,
    method,
    run,
    backend: name ?? null,
    ...(level !== undefined && { levels: parseLevels(level) }),
  };
}

/** `load=300` and the like, by the factor's name. @throws Failure (status 2) */
function parseLevels(texts: readonly string[]): Levels {
  const entries = texts.map((text) => {
    const [, factor, level] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (factor === undefined || level === undefined) throw new Failure(message("notLevel", text), 2);
    return [factor.trim(), level.trim()] as const;
  });
  return Object.fromEntries(entries);
}

function recordingTarget({ write, rotateSize, rotateTime }: LiveOptions): RecordingTarget | null {
  if (write === undefined) {
    if (rotateSize !== undefined || rotateTime !== undefined)
      throw new Failure(message("rotationNeedsWrite"), 2);
    return null;
  }
  if (write === "-") {
    throw new Failure(message("writeNeedsFile"), 2);
  }
  if (/\.(zst|xz|bz2|zip)$/i.test(write)) {
    throw new Failure(message("writeCompression", write), 2);
  }
  return {
    path: write,
    rotateBytes: rotateSize === undefined ? null : parseSize("--rotate-size", rotateSize),
    rotateSeconds: rotateTime === undefined ? null : parseDuration("--rotate-time", rotateTime),
  };
}

function everySeconds(text: string): number {
  const seconds = parseDuration("--every", text);
  if (seconds < SHORTEST_EVERY_SECONDS) {
    throw new Failure(message("everyTooShort", text), 2);
  }
  return seconds;
}

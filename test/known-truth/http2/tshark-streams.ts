/** HTTP/2 as tshark's fields show it: a second opinion on what ends a request, and where its answer begins. */
import { spawnSync } from "node:child_process";

const FIELDS = [
  "frame.number",
  "tcp.srcport",
  "tcp.dstport",
  "ip.src",
  "ip.dst",
  "http2.type",
  "http2.streamid",
  "http2.flags",
  "http2.header.name",
  "http2.header.value",
] as const;
/** Between the occurrences of a field, where values have commas. */
const BETWEEN = "~";
const DATA = "0";
const HEADERS = "1";
const END_STREAM = 1;
const CLIENT_PORT_FLOOR = 1024;

/** One stream. Frames are numbers, 0 = none. */
export interface TsharkStream {
  readonly fields: Map<string, string>;
  requestEnd: number;
  responseStart: number;
  responseEnd: number;
}

export const HAS_TSHARK = spawnSync("tshark", ["--version"]).status === 0;

/** What a stream is found by: its client's address and port, its server's address, and its number. */
export function streamKey(client: string, port: string, server: string, stream: number): string {
  return `${client}:${port} > ${server}/${stream}`;
}

/** The streams of a capture whose servers listen below port 1024, by `streamKey`. */
export function tsharkStreams(path: string, args: readonly string[] = []): Map<string, TsharkStream> {
  const { stdout } = spawnSync(
    "tshark",
    [
      ...["-r", path, ...args, "-Y", "http2", "-T", "fields", "-E", `aggregator=${BETWEEN}`],
      ...FIELDS.flatMap((field) => ["-e", field]),
    ],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const streams = new Map<string, TsharkStream>();
  for (const line of stdout.trimEnd().split("\n")) takeLine(line.split("\t"), streams);
  return streams;
}

function takeLine(line: readonly string[], streams: Map<string, TsharkStream>): void {
  const [frame = "", sourcePort = "", destinationPort = "", source = "", destination = "", ...rest] = line;
  const [types = "", ids = "", flags = "", names = "", values = ""] = rest;
  const isRequest = Number(sourcePort) >= CLIENT_PORT_FLOOR;
  const ends: readonly [string, string, string] = isRequest
    ? [source, sourcePort, destination]
    : [destination, destinationPort, source];
  const blocks = fieldBlocks(names.split(BETWEEN), values.split(BETWEEN));
  for (const [index, type] of types.split(BETWEEN).entries()) {
    if (type !== DATA && type !== HEADERS) continue;
    const id = Number(ids.split(BETWEEN)[index]);
    const key = streamKey(...ends, id);
    const stream = streams.get(key) ?? {
      fields: new Map<string, string>(),
      ...{ requestEnd: 0, responseStart: 0, responseEnd: 0 },
    };
    streams.set(key, stream);
    if (type === HEADERS) {
      for (const [name, value] of blocks.shift() ?? []) stream.fields.set(name, value);
      if (!isRequest && stream.responseStart === 0) stream.responseStart = Number(frame);
    }
    if ((Number(flags.split(BETWEEN)[index]) & END_STREAM) === 0) continue;
    if (isRequest) stream.requestEnd = Number(frame);
    else stream.responseEnd = Number(frame);
  }
}

/** The fields of a packet's HEADERS frames: each begins with a pseudo-field, or is gRPC's trailers. */
function fieldBlocks(names: readonly string[], values: readonly string[]): [string, string][][] {
  const blocks: [string, string][][] = [];
  for (const [index, name] of names.entries()) {
    if (name === ":method" || name === ":status" || name === "grpc-status") {
      const goesOn =
        name === "grpc-status" && blocks.at(-1)?.some(([one]) => one === "content-type") === false;
      if (!goesOn) blocks.push([]);
    }
    blocks.at(-1)?.push([name, values[index] ?? ""]);
  }
  return blocks;
}

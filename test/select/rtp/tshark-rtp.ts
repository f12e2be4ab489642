/** RTP's streams as tshark counts them. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface TsharkStream {
  readonly ssrc: string;
  readonly packets: number;
  readonly lost: number;
  readonly meanJitterMs: number;
  readonly maxJitterMs: number;
}

const STREAM =
  /(?<ssrc>0x[\dA-F]{8}).*?\s(?<packets>\d+)\s+(?<lost>-?\d+) \(-?[\d.]+%\)\s+(?<numbers>[-\d.\s]+?)\s*X?\s*$/i;

/** @param ports where tshark is told that there is RTP */
export async function tsharkStreams(
  path: string,
  ports: readonly number[],
): Promise<readonly TsharkStream[]> {
  const decodeAs = ports.flatMap((port) => ["-d", `udp.port==${port},rtp`]);
  const { stdout } = await promisify(execFile)("tshark", [
    "-r",
    path,
    ...decodeAs,
    "-q",
    "-z",
    "rtp,streams",
  ]);
  return stdout.split("\n").flatMap((line) => {
    const { ssrc, packets, lost, numbers } = STREAM.exec(line)?.groups ?? {};
    if (ssrc === undefined || numbers === undefined) return [];
    // Delta: least, mean, greatest; jitter: least, mean, greatest.
    const [, , , , mean = Number.NaN, max = Number.NaN] = numbers.trim().split(/\s+/).map(Number);
    return [
      {
        ssrc: ssrc.toLowerCase(),
        packets: Number(packets),
        lost: Number(lost),
        meanJitterMs: mean,
        maxJitterMs: max,
      },
    ];
  });
}

/** `--rtp PORT[=CLOCKRATE]`: where there is RTP, and how fast its timestamps run. */
import { Failure } from "../failure.ts";
import type { RtpPort } from "../metrics/rtp-metrics.ts";
import { message } from "../words/message.ts";

const RTP_PORT = /^(?<port>[1-9]\d{0,4})(?:=(?<clockRateHz>[1-9]\d{0,8}))?$/;
const HIGHEST_PORT = 65_535;

/** @throws Failure (status 2) for what is no port, or a port with two rates */
export function parseRtpPorts(texts: readonly string[]): readonly RtpPort[] {
  const ports = new Map<number, RtpPort>();
  for (const text of texts) {
    const { port, clockRateHz } = RTP_PORT.exec(text)?.groups ?? {};
    if (port === undefined || Number(port) > HIGHEST_PORT) throw new Failure(message("rtpPort", text), 2);
    const known = ports.get(Number(port));
    const rate = clockRateHz === undefined ? {} : { clockRateHz: Number(clockRateHz) };
    if (known !== undefined && known.clockRateHz !== rate.clockRateHz) {
      throw new Failure(message("rtpPortTwice", known.port), 2);
    }
    ports.set(Number(port), { port: Number(port), ...rate });
  }
  return [...ports.values()];
}

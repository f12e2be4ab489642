/** Display filters for Wireshark (wireshark-filter(4)) that show what a finding is about. */
import { addressFilter } from "../metrics/address-filter.ts";
import type { TailGrouping } from "../metrics/exchanges/tail-groups.ts";

/** Frames to and from a server, within a time; `null` where there is no bound. */
export function serverFilter(
  address: string,
  port: number | null,
  fromSeconds: number | null,
  toSeconds: number | null,
): string {
  const parts = [addressFilter(address)];
  if (port !== null) parts.push(`tcp.port == ${port}`);
  if (fromSeconds !== null) parts.push(`frame.time_relative >= ${fromSeconds.toFixed(3)}`);
  if (toSeconds !== null) parts.push(`frame.time_relative <= ${toSeconds.toFixed(3)}`);
  return parts.join(" && ");
}

/** Frames with an answer that took longer than so many ms, or with none: what was sent again, too. */
export function slowAnswers(milliseconds: number): string {
  return `http.time > ${(milliseconds / 1000).toFixed(3)}`;
}

/** Of an answer: the address that was asked for, host and all. */
const ASKED_FOR = "http.response_for.uri";

/** Answers that took longer than so many ms to requests with something in common, as far as an answer shows that. */
export function tailFilter(by: TailGrouping, key: string, milliseconds: number): string {
  if (by === "client") return `${addressFilter(key)} && ${slowAnswers(milliseconds)}`;
  if (by !== "path") return slowAnswers(milliseconds);
  const begin = key.replace(/#.*$/s, "").replaceAll(/[\\"]/g, "\\$&");
  return `${ASKED_FOR} contains "${begin}" && ${slowAnswers(milliseconds)}`;
}

/** Frames of a time. */
export function timeFilter(fromSeconds: number, toSeconds: number): string {
  return `frame.time_relative >= ${fromSeconds.toFixed(3)} && frame.time_relative <= ${toSeconds.toFixed(3)}`;
}

/** Of `health-paths.ts` of the engine. */
const HEALTH_PATHS =
  "health|healthz|healthcheck|health/live|health/ready|livez|readyz|ping|-/healthy|-/ready|actuator/health";

/** Requests by which health is checked. */
export const HEALTH_CHECKS = `http.request.uri ~ "^/(${HEALTH_PATHS})([?]|$)"`;

/** Frames that show a failed attempt: an answer of 500 or above, a reset, a repeated SYN. */
export const FAILED_ATTEMPTS =
  "(http.response.code >= 500 || tcp.flags.reset == 1 || (tcp.flags.syn == 1 && tcp.analysis.retransmission))";

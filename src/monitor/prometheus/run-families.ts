/** The metrics of the whole run: the capture, the recording, whether the measurement can be trusted. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import { PROTOCOL_FIELDS } from "../../metrics/run-metrics.ts";
import { sumsUnder } from "../../metrics/run-totals.ts";
import { SkipReason } from "../../packet/skip-reason.ts";
import { byLabel, type MetricFamily, type Reading, single, stateSet } from "./metric-family.ts";

const PHASES: readonly LiveSnapshot["phase"][] = ["waiting", "capturing", "ended"];
/** One label value for all link types that lbqos can't read. */
const UNKNOWN_LINK_TYPE = "unknown-link-type";

function counter(name: string, help: string, count: (snapshot: LiveSnapshot) => number | null) {
  return single<LiveSnapshot>("counter", name, help, count);
}

function undecodedByReason({ metrics }: LiveSnapshot): Record<string, number> {
  return sumsUnder(metrics.capture.skipped, (reason) =>
    Object.hasOwn(SkipReason, reason) ? reason : UNKNOWN_LINK_TYPE,
  );
}

function warningsByCode({ metrics }: LiveSnapshot): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { code } of metrics.warnings) sums[code] = (sums[code] ?? 0) + 1;
  return sums;
}

export const runFamilies: readonly MetricFamily<LiveSnapshot>[] = [
  {
    type: "gauge",
    name: "lbqos_capture_info",
    help: "Always 1: how the capture is made, and who stamps the frames.",
    labels: ["engine", "program", "timestamp_source", "interface", "run"],
    read: ({ source, run }) => [
      [
        {
          engine: source.engine,
          program: source.program ?? "",
          timestamp_source: source.timestampSource,
          interface: source.interfaces.join(","),
          run: run === null ? "" : String(run),
        },
        1,
      ],
    ],
  },
  byLabel(
    "gauge",
    "lbqos_capture_phase",
    "1 for the capture's phase, 0 for the others.",
    "phase",
    (snapshot) => stateSet(PHASES, snapshot.phase),
  ),
  single(
    "gauge",
    "lbqos_capture_timestamp_seconds",
    "The moment that the metrics are of, Unix time on the clock of the frames.",
    ({ atUnixMs }) => atUnixMs / 1000,
  ),
  single(
    "gauge",
    "lbqos_capture_elapsed_seconds",
    "Time since the capture was started.",
    ({ elapsedSeconds }) => elapsedSeconds,
  ),
  counter("lbqos_frames_total", "Frames analyzed.", ({ metrics }) => metrics.capture.packets),
  counter(
    "lbqos_frame_bytes_total",
    "Bytes on the wire of the frames analyzed, link layer included.",
    ({ metrics }) => metrics.capture.bytes,
  ),
  counter(
    "lbqos_tcp_frames_total",
    "Frames analyzed that are TCP.",
    ({ metrics }) => metrics.capture.tcpPackets,
  ),
  byLabel(
    "counter",
    "lbqos_other_frames_total",
    "Frames that gave no TCP segment, by the reason why.",
    "reason",
    undecodedByReason,
  ),
  counter(
    "lbqos_duplicate_frames_total",
    "Frames recorded twice, counted once in everything else.",
    ({ metrics }) => metrics.capture.duplicateFrames,
  ),
  counter(
    "lbqos_recorder_dropped_frames_total",
    "Frames that the engine or its kernel buffer dropped, neither recorded nor analyzed; absent where it doesn't say.",
    ({ recorderDrops }) => recorderDrops,
  ),
  counter(
    "lbqos_analysis_skipped_frames_total",
    "Frames recorded but not analyzed, because the analysis fell behind.",
    ({ skippedFrames }) => skippedFrames,
  ),
  counter(
    "lbqos_recording_bytes_total",
    "Bytes written to the recording, as stored; absent where nothing is recorded.",
    ({ recording }) => recording?.bytes ?? null,
  ),
  single(
    "gauge",
    "lbqos_recording_files",
    "Files of the recording so far.",
    ({ recording }) => recording?.files.length ?? null,
  ),
  single(
    "gauge",
    "lbqos_recording_failed",
    "1: the recording ended early, for a full disk or the like; 0: it goes on.",
    ({ recording }) => (recording === null ? null : Number(recording.failure !== null)),
  ),
  {
    type: "counter",
    name: "lbqos_server_connections_total",
    help: "Connections with data to each server by what they speak; TLS that was decrypted counts for its content too.",
    labels: ["server", "protocol"],
    read: ({ metrics }) =>
      metrics.protocols.flatMap((server) =>
        PROTOCOL_FIELDS.map((protocol): Reading => [{ server: server.server, protocol }, server[protocol]]),
      ),
  },
  byLabel(
    "gauge",
    "lbqos_warnings",
    "Doubts about the quality of the data by code, which the report explains.",
    "code",
    warningsByCode,
  ),
  counter(
    "lbqos_capture_http_requests_total",
    "HTTP requests of the whole capture, on every connection.",
    ({ metrics }) => metrics.http.requests,
  ),
  counter(
    "lbqos_capture_http_responses_total",
    "HTTP responses of the whole capture, on every connection.",
    ({ metrics }) => metrics.http.responses,
  ),
  counter(
    "lbqos_capture_http_unanswered_total",
    "HTTP requests of the whole capture that got no answer.",
    ({ metrics }) => metrics.http.unanswered,
  ),
];

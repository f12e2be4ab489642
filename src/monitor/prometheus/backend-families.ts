/** The metrics of a backend: its state, its requests and answers, its times. */
import { FAILURE_REASONS } from "../../engine/readings/failure-reason.ts";
import type { LivePairMetrics, LiveState } from "../../metrics/live-metrics.ts";
import type { PairMetrics, RunMetrics } from "../../metrics/run-metrics.ts";
import { sumOf } from "../../metrics/run-totals.ts";
import { byStatusClass } from "../../metrics/status-classes.ts";
import type { BackendView } from "./backend-view.ts";
import { byLabel, type MetricFamily, single, stateSet } from "./metric-family.ts";

const STATES: readonly LiveState[] = ["up", "slow", "failing", "down", "unknown"];

function upOf(state: LiveState): number | null {
  if (state === "unknown") return null;
  return state === "down" ? 0 : 1;
}

/** When the present state began, in seconds since 1970. */
function stateChange(view: BackendView, run: RunMetrics): number | null {
  const since = view.only?.live?.stateSinceSeconds ?? null;
  return since === null || run.capture.start === null ? null : Date.parse(run.capture.start) / 1000 + since;
}

/** A backend with the run that it belongs to. */
export interface BackendInRun {
  readonly backend: BackendView;
  readonly run: RunMetrics;
}

function counter(name: string, help: string, count: (pair: PairMetrics) => number) {
  return single<BackendInRun>("counter", name, help, ({ backend }) => backend.sum(count));
}

function histogram(
  name: string,
  help: string,
  of: keyof LivePairMetrics["histograms"],
): MetricFamily<BackendInRun> {
  const read = ({ backend }: BackendInRun) => backend.histogram(({ histograms }) => histograms[of]);
  return { type: "histogram", name, help, read };
}

export const backendFamilies: readonly MetricFamily<BackendInRun>[] = [
  single(
    "gauge",
    "lbqos_backend_up",
    "1: the backend answers, if not always; 0: it is down; absent until it was asked something.",
    ({ backend }) => upOf(backend.state),
  ),
  byLabel(
    "gauge",
    "lbqos_backend_state",
    "1 for the state that the backend's traffic shows now, 0 for the others.",
    "state",
    ({ backend }) => stateSet(STATES, backend.state),
  ),
  byLabel(
    "gauge",
    "lbqos_backend_failure_reason",
    "1 for the reason why the backend is failing or down, 0 for the others.",
    "reason",
    ({ backend }) => stateSet(FAILURE_REASONS, backend.stateReason),
  ),
  single(
    "gauge",
    "lbqos_backend_state_change_timestamp_seconds",
    "When the present state began, Unix time on the clock of the frames.",
    ({ backend, run }) => stateChange(backend, run),
  ),
  {
    type: "gauge",
    name: "lbqos_backend_info",
    help: "Always 1: address and port behind the backend's name.",
    labels: ["address", "port"],
    read: ({ backend }) => {
      const [first] = backend.pairs;
      if (first === undefined || backend.pairs.some((pair) => pair.destination !== first.destination)) {
        return [[{}, 1]];
      }
      return [[{ address: first.destination, port: String(first.destinationPort ?? "") }, 1]];
    },
  },
  counter(
    "lbqos_requests_total",
    "HTTP requests sent to the backend, seen to their last byte.",
    ({ paper }) => paper.requests,
  ),
  counter(
    "lbqos_exchanges_total",
    "HTTP exchanges that ended, with an answer or without.",
    ({ http }) => http.requests,
  ),
  byLabel(
    "counter",
    "lbqos_responses_total",
    "Final HTTP responses of the backend by class of status.",
    "code",
    ({ backend }) => byStatusClass(...backend.pairs.map(({ http }) => http.statuses)),
  ),
  counter(
    "lbqos_requests_unanswered_total",
    "HTTP requests that got no answer.",
    ({ http }) => http.unanswered ?? 0,
  ),
  counter(
    "lbqos_requests_aborted_total",
    "HTTP exchanges whose connection ended before the answer was whole.",
    ({ http }) => http.aborted,
  ),
  counter(
    "lbqos_requests_malformed_total",
    "HTTP exchanges with a request or an answer whose framing can't be understood.",
    ({ http }) => http.malformed,
  ),
  single(
    "gauge",
    "lbqos_requests_in_flight",
    "HTTP requests that wait for their answer now.",
    ({ backend }) => (backend.live.length === 0 ? null : sumOf(backend.live, ({ inFlight }) => inFlight)),
  ),
  histogram(
    "lbqos_time_to_first_byte_seconds",
    "Last byte of the request to first byte of the final response.",
    "timeToFirstByte",
  ),
  histogram(
    "lbqos_time_to_last_byte_seconds",
    "Last byte of the request to last byte of the response.",
    "timeToLastByte",
  ),
  histogram(
    "lbqos_rtt_seconds",
    "Round trip of data to the backend: segment to its ACK, if that carries no data; tap to backend to tap.",
    "rtt",
  ),
  histogram("lbqos_handshake_rtt_seconds", "Round trip of the handshake: SYN to SYN/ACK.", "handshakeRtt"),
  {
    type: "summary",
    name: "lbqos_added_time_to_first_byte_seconds",
    help: "What the balancer added to the time to first byte of this backend's exchanges; needs both sides in the capture.",
    read: ({ backend }) => backend.only?.addedTimeToFirstByteMs ?? null,
  },
];

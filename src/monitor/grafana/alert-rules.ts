/**
 * Alert rules for Prometheus. Written as its users keep them, comments included: the text is what `lbqos grafana` prints.
 * Thresholds are places to begin at; windows are long enough for the usual scrape interval of 15 s.
 */

/** A rule file for Prometheus: `rule_files` in prometheus.yml. */
export function alertRulesYaml(): string {
  return RULES;
}

const RULES = `# Alert rules for lbqos: rule_files in prometheus.yml. They expect that lbqos is scraped by a job whose name begins
# with lbqos, every 15 s or oftener. Change the thresholds to what your servers promise.
groups:
  - name: lbqos-backends
    rules:
      - alert: LbqosBackendDown
        expr: lbqos_backend_up == 0
        for: 30s
        labels:
          severity: critical
        annotations:
          summary: "{{ $labels.backend }} is down"
          description: >-
            No request to {{ $labels.backend }} has succeeded for 30 seconds, as the traffic of balancer
            {{ $labels.balancer }} shows.
          advice: >-
            The metric lbqos_backend_failure_reason tells why. refused: the server program is not running; unanswered:
            the host or its network is gone, or the program hangs; reset: it ends connections; 5xx: it answers with
            errors only. Check that the balancer no longer sends requests there.

      - alert: LbqosBackendFailing
        expr: lbqos_backend_state{state="failing"} == 1
        for: 1m
        labels:
          severity: warning
        annotations:
          summary: "{{ $labels.backend }} fails some of its requests"
          description: "{{ $labels.backend }} has been failing some requests, and answering others, for a minute."
          advice: >-
            See lbqos_backend_failure_reason, and the responses by class of status on the dashboard. Overload shows as
            unanswered requests with a rising number in flight; a broken release as 5xx from one moment on.

      - alert: LbqosErrorRatioHigh
        expr: |
          (
            sum by (job, instance, balancer, backend, method) (rate(lbqos_responses_total{code="5xx"}[5m]))
            + sum by (job, instance, balancer, backend, method) (rate(lbqos_requests_unanswered_total[5m]))
            + sum by (job, instance, balancer, backend, method) (rate(lbqos_requests_aborted_total[5m]))
            + sum by (job, instance, balancer, backend, method) (rate(lbqos_requests_malformed_total[5m]))
          )
          / sum by (job, instance, balancer, backend, method) (rate(lbqos_exchanges_total[5m]))
          > 0.05
        for: 2m
        labels:
          severity: warning
        annotations:
          summary: "{{ $labels.backend }} fails {{ $value | humanizePercentage }} of its requests"
          description: >-
            Of the requests to {{ $labels.backend }} in the last 5 minutes, {{ $value | humanizePercentage }} were
            answered with 5xx or with an answer that can't be read, aborted or not answered.
          advice: >-
            Compare with the other servers on the dashboard: all of them at once points to what they share (database,
            network, release), one alone to that server.

      - alert: LbqosLatencyHigh
        expr: |
          histogram_quantile(
            0.95,
            sum by (job, instance, balancer, backend, method, le) (
              rate(lbqos_time_to_first_byte_seconds_bucket[5m])
            )
          )
          > 1
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: "{{ $labels.backend }} takes {{ $value | humanizeDuration }} to answer (p95)"
          description: >-
            One in twenty requests to {{ $labels.backend }} waited longer than {{ $value | humanizeDuration }} for the
            first byte of its answer, in the last 5 minutes.
          advice: >-
            Look at the round trip to this server: if it rose as well, the network is slow; if not, the server is. A
            rising number in flight says that it can't keep up with its share.

      - alert: LbqosLossHigh
        expr: |
          sum by (job, instance, balancer, backend, method) (rate(lbqos_lost_segments_total[5m]))
          / (
            sum by (job, instance, balancer, backend, method) (rate(lbqos_segments_total[5m]))
            + sum by (job, instance, balancer, backend, method) (
              rate(lbqos_lost_segments_total{place="before_tap"}[5m])
            )
            + sum by (job, instance, balancer, backend, method) (rate(lbqos_unrecorded_segments_total[5m]))
          )
          > 0.02
        for: 2m
        labels:
          severity: warning
        annotations:
          summary: "{{ $value | humanizePercentage }} of the segments to and from {{ $labels.backend }} are lost"
          description: >-
            The network between balancer {{ $labels.balancer }} and {{ $labels.backend }} lost
            {{ $value | humanizePercentage }} of the TCP segments of the last 5 minutes.
          advice: >-
            lbqos_lost_segments_total tells where by its labels: place beyond_tap was lost after lbqos saw it, before_tap
            before it did. Look for full queues, errors on interfaces (ip -s link) and a saturated link on that side.

  - name: lbqos-measurement
    rules:
      - alert: LbqosRecorderDropsFrames
        expr: increase(lbqos_recorder_dropped_frames_total[5m]) > 0
        labels:
          severity: warning
        annotations:
          summary: "The recorder at {{ $labels.instance }} dropped frames"
          description: >-
            About {{ $value | humanize }} frames of the last 5 minutes are neither in the recording nor in the figures.
          advice: >-
            Give the engine a larger buffer (--buffer), keep less of each frame (--snap-length), narrow the capture
            filter, or record to a faster disk. Figures of this time are too low.

      - alert: LbqosAnalysisBehind
        expr: increase(lbqos_analysis_skipped_frames_total[5m]) > 0
        labels:
          severity: warning
        annotations:
          summary: "The analysis at {{ $labels.instance }} fell behind"
          description: >-
            About {{ $value | humanize }} frames of the last 5 minutes were recorded but not analyzed.
          advice: >-
            The recording is whole: analyze it afterwards (lbqos analyze). For live figures give the process more CPU, or
            narrow the capture filter.

      - alert: LbqosRecordingFailed
        expr: lbqos_recording_failed == 1
        labels:
          severity: critical
        annotations:
          summary: "The recording at {{ $labels.instance }} ended early"
          description: "lbqos goes on measuring, but no longer records; what was written before is whole."
          advice: "Most often the disk is full. Make room, then start lbqos again."

      - alert: LbqosNoTraffic
        expr: |
          rate(lbqos_tcp_frames_total[2m]) == 0
          and on (job, instance) lbqos_capture_phase{phase="ended"} == 0
        for: 5m
        labels:
          severity: warning
        annotations:
          summary: "lbqos at {{ $labels.instance }} sees no traffic"
          description: "No TCP frame was captured for 5 minutes, although the capture goes on."
          advice: >-
            Either nobody asks the servers, or the capture looks at the wrong place: check interface and capture filter
            (the labels of lbqos_capture_info), and that the interface is up.

      - alert: LbqosTargetDown
        expr: up{job=~"lbqos.*"} == 0
        for: 1m
        labels:
          severity: warning
        annotations:
          summary: "lbqos at {{ $labels.instance }} can't be scraped"
          description: "Prometheus has got no metrics from {{ $labels.instance }} for a minute."
          advice: >-
            The run may simply have ended. If not: is the process there, does it listen on this address (--http), and
            does the job send the token that an address other than loopback wants?
`;

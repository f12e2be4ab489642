/** Every word of the live page, once per language. The field's terms stay English in Indonesian, as in its theses. */
import type { FailureReason } from "../../metrics/backend-state.ts";
import type { LiveState } from "../../metrics/live-metrics.ts";
import type { Language } from "../../report/document.ts";
import type { ChartName } from "../history.ts";
import type { ColumnName, TableName } from "./columns.ts";

/** Words that the page's script needs. `{…}` is filled in. */
export interface ScriptWords {
  readonly liveCapture: string;
  readonly replay: string;
  readonly replayOf: string;
  readonly methodRun: string;
  readonly run: string;
  readonly states: Readonly<Record<LiveState, string>>;
  readonly reasons: Readonly<Record<FailureReason, string>>;
  readonly connection: Readonly<
    Record<"connecting" | "live" | "waiting" | "reconnecting" | "noNews" | "ended" | "refused", string>
  >;
  readonly stamps: Readonly<Record<"kernel" | "process" | "recorded", string>>;
  readonly stateFor: string;
  readonly notSaid: string;
  readonly notRecorded: string;
  readonly everyClient: string;
  readonly bytesWritten: string;
  readonly earlierFiles: string;
  readonly recordingEnded: string;
  readonly pairsNotShown: string;
  readonly warningsNotShown: string;
  readonly statesOf: string;
  readonly lastSeconds: string;
  readonly nothingYet: string;
  readonly now: string;
}

export interface PageLabels {
  readonly script: ScriptWords;
  readonly skip: string;
  readonly noScript: string;
  readonly links: Readonly<Record<"report" | "metrics" | "json", string>>;
  readonly facts: Readonly<
    Record<
      "balancer" | "engine" | "stamps" | "elapsed" | "packets" | "drops" | "skipped" | "recording",
      string
    >
  >;
  readonly headings: Readonly<Record<"backends" | "charts" | "figures" | "warnings", string>>;
  readonly tiles: Readonly<
    Record<"rate" | "requests" | "unanswered" | "loss" | "inFlight" | "states", string>
  >;
  readonly charts: Readonly<Record<ChartName, string>>;
  readonly chartsHelp: string;
  readonly legend: string;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly pair: string;
  readonly columns: Readonly<Record<ColumnName, string>>;
}

const en: PageLabels = {
  script: {
    liveCapture: "Live capture",
    replay: "Replay",
    replayOf: "replay of {file}",
    methodRun: "{method}, run {run}",
    run: "Run {run}",
    states: { up: "UP", failing: "FAILING", down: "DOWN", unknown: "NO TRAFFIC YET" },
    reasons: {
      refused: "connections refused",
      unanswered: "no answer",
      reset: "connections reset",
      "5xx": "answers 5xx",
    },
    connection: {
      connecting: "Connecting…",
      live: "Live",
      waiting: "Waiting for the first packet",
      reconnecting: "Reconnecting…",
      noNews: "No news for {seconds} s",
      ended: "Capture ended",
      refused: "Token wanted: open the address that lbqos printed",
    },
    stamps: {
      kernel: "stamped by the kernel",
      process: "stamped by the process: times include its own waiting",
      recorded: "as recorded",
    },
    stateFor: "for {time}",
    notSaid: "not said",
    notRecorded: "nothing is recorded",
    everyClient: "every client",
    bytesWritten: "{size} written",
    earlierFiles: "and {count} before",
    recordingEnded: "Recording ended early: {why}",
    pairsNotShown: "{count} more pairs are not shown here; the report has them.",
    warningsNotShown: "{count} more in the report.",
    statesOf: "{up} of {all} up",
    lastSeconds: "last {seconds} s",
    nothingYet: "Nothing measured yet",
    now: "now",
  },
  skip: "Skip to the backends",
  noScript: "This page needs JavaScript to show what happens; the report and the metrics do without.",
  links: { report: "Report so far", metrics: "Prometheus metrics", json: "Snapshot (JSON)" },
  facts: {
    balancer: "Balancer",
    engine: "Engine",
    stamps: "Timestamps",
    elapsed: "Elapsed",
    packets: "Packets",
    drops: "Recorder drops",
    skipped: "Frames not analysed",
    recording: "Recording",
  },
  headings: {
    backends: "Backends",
    charts: "Over time",
    figures: "All figures",
    warnings: "Warnings",
  },
  tiles: {
    rate: "Requests per second",
    requests: "Requests",
    unanswered: "Unanswered",
    loss: "Segments lost",
    inFlight: "In flight",
    states: "Backends",
  },
  charts: {
    requestsPerSecond: "Requests (/s)",
    throughputMbps: "Throughput, both directions (Mbps)",
    timeToFirstByteP50Ms: "Time to first byte, p50 (ms)",
    timeToFirstByteP95Ms: "Time to first byte, p95 (ms)",
    lossPercent: "Segments lost (%)",
    inFlight: "Requests in flight",
  },
  chartsHelp:
    "The last ten minutes: requests and those in flight each second; the other figures look back ten seconds. Point at a chart, or focus it and use the arrow keys, to read its values.",
  legend: "Shown in the charts",
  tables: {
    recent: "Now",
    answers: "Requests and answers since the start",
    network: "Network since the start",
    paper: "The paper's metrics so far",
  },
  pair: "Backend",
  columns: {
    requestsPerSecond: "Requests",
    inFlight: "In flight",
    requests: "Requests",
    responses: "Responses",
    unanswered: "Unanswered",
    aborted: "Aborted",
    status2xx: "2xx",
    status3xx: "3xx",
    status4xx: "4xx",
    status5xx: "5xx",
    ttfbP50: "First\u00a0byte p50",
    ttfbP95: "First\u00a0byte p95",
    ttfbP99: "First\u00a0byte p99",
    ttlbP50: "Last\u00a0byte p50",
    ttlbP95: "Last\u00a0byte p95",
    toBackend: "→\u00a0backend",
    fromBackend: "←\u00a0backend",
    packets: "Packets",
    resent: "Resent",
    lost: "Segments lost",
    lossTo: "Lost\u00a0→",
    lossFrom: "Lost\u00a0←",
    loss: "Loss",
    rttP50: "RTT p50",
    rttP95: "RTT p95",
    handshakeP50: "Handshake RTT p50",
    connections: "Connections",
    resets: "Resets",
    failedHandshakes: "Failed handshakes",
    throughput: "Throughput",
    delay: "Delay",
    jitter: "Jitter",
    frames: "HTTP frames",
    index: "Index",
  },
};

const id: PageLabels = {
  script: {
    liveCapture: "Capture langsung",
    replay: "Putar ulang",
    replayOf: "putar ulang {file}",
    methodRun: "{method}, run {run}",
    run: "Run {run}",
    states: { up: "UP", failing: "FAILING", down: "DOWN", unknown: "BELUM ADA TRAFIK" },
    reasons: {
      refused: "koneksi ditolak",
      unanswered: "tanpa jawaban",
      reset: "koneksi di-reset",
      "5xx": "jawaban 5xx",
    },
    connection: {
      connecting: "Menghubungkan…",
      live: "Langsung",
      waiting: "Menunggu paket pertama",
      reconnecting: "Menghubungkan kembali…",
      noNews: "Tidak ada kabar selama {seconds} detik",
      ended: "Capture selesai",
      refused: "Perlu token: buka alamat yang ditampilkan lbqos",
    },
    stamps: {
      kernel: "dicap oleh kernel",
      process: "dicap oleh proses: waktu tunggunya sendiri ikut terhitung",
      recorded: "seperti terekam",
    },
    stateFor: "selama {time}",
    notSaid: "tidak disebutkan",
    notRecorded: "tidak direkam",
    everyClient: "setiap klien",
    bytesWritten: "{size} tertulis",
    earlierFiles: "dan {count} sebelumnya",
    recordingEnded: "Perekaman berhenti lebih awal: {why}",
    pairsNotShown: "{count} pasangan lain tidak ditampilkan di sini; ada di laporan.",
    warningsNotShown: "{count} lagi di laporan.",
    statesOf: "{up} dari {all} up",
    lastSeconds: "{seconds} detik terakhir",
    nothingYet: "Belum ada yang terukur",
    now: "sekarang",
  },
  skip: "Langsung ke backend",
  noScript: "Halaman ini memerlukan JavaScript; laporan dan metrik tidak.",
  links: { report: "Laporan sejauh ini", metrics: "Metrik Prometheus", json: "Snapshot (JSON)" },
  facts: {
    balancer: "Balancer",
    engine: "Perekam",
    stamps: "Timestamp",
    elapsed: "Berjalan",
    packets: "Paket",
    drops: "Drop perekam",
    skipped: "Frame tidak dianalisis",
    recording: "Rekaman",
  },
  headings: {
    backends: "Backend",
    charts: "Dari waktu ke waktu",
    figures: "Semua angka",
    warnings: "Peringatan",
  },
  tiles: {
    rate: "Request per detik",
    requests: "Request",
    unanswered: "Tanpa jawaban",
    loss: "Segmen hilang",
    inFlight: "Sedang berjalan",
    states: "Backend",
  },
  charts: {
    requestsPerSecond: "Request (/detik)",
    throughputMbps: "Throughput, dua arah (Mbps)",
    timeToFirstByteP50Ms: "Waktu ke byte pertama, p50 (ms)",
    timeToFirstByteP95Ms: "Waktu ke byte pertama, p95 (ms)",
    lossPercent: "Segmen hilang (%)",
    inFlight: "Request sedang berjalan",
  },
  chartsHelp:
    "Sepuluh menit terakhir: request dan yang sedang berjalan tiap detik; angka lainnya mencakup sepuluh detik ke belakang. Arahkan penunjuk ke grafik, atau fokuskan dan gunakan tombol panah, untuk membaca nilainya.",
  legend: "Yang tampil pada grafik",
  tables: {
    recent: "Sekarang",
    answers: "Request dan jawabannya sejak awal",
    network: "Jaringan sejak awal",
    paper: "Metrik menurut paper sejauh ini",
  },
  pair: "Backend",
  columns: {
    requestsPerSecond: "Request",
    inFlight: "Sedang berjalan",
    requests: "Request",
    responses: "Respons",
    unanswered: "Tanpa jawaban",
    aborted: "Terputus",
    status2xx: "2xx",
    status3xx: "3xx",
    status4xx: "4xx",
    status5xx: "5xx",
    ttfbP50: "Byte\u00a0pertama p50",
    ttfbP95: "Byte\u00a0pertama p95",
    ttfbP99: "Byte\u00a0pertama p99",
    ttlbP50: "Byte\u00a0terakhir p50",
    ttlbP95: "Byte\u00a0terakhir p95",
    toBackend: "→\u00a0backend",
    fromBackend: "←\u00a0backend",
    packets: "Paket",
    resent: "Dikirim ulang",
    lost: "Segmen hilang",
    lossTo: "Hilang\u00a0→",
    lossFrom: "Hilang\u00a0←",
    loss: "Packet loss",
    rttP50: "RTT p50",
    rttP95: "RTT p95",
    handshakeP50: "RTT handshake p50",
    connections: "Koneksi",
    resets: "Reset",
    failedHandshakes: "Handshake gagal",
    throughput: "Throughput",
    delay: "Delay",
    jitter: "Jitter",
    frames: "Frame HTTP",
    index: "Indeks",
  },
};

export const pageLabels: Readonly<Record<Language, PageLabels>> = { en, id };

import { categoryProfiles } from "../metrics/category-profiles.ts";
import type { Labels } from "./labels.ts";

/** Sources of the built-in category profiles; one's own profile has its source in the language of its file. */
const PROFILE_SOURCES: ReadonlyMap<string, string> = new Map(
  [
    ["tiphon", "throughput dalam persen dari bandwidth"],
    ["tiphon-kbps", "throughput dalam kbps"],
  ].flatMap(([name = "", throughput = ""]): [string, string][] => {
    const source = categoryProfiles.find((profile) => profile.name === name)?.source;
    return source === undefined
      ? []
      : [[source, `TIPHON (ETSI TR 101 329, 1999) seperti dikutip paper QoS, ${throughput}`]];
  }),
);

/** Indonesian; the field's terms stay English, as in Indonesian theses. */
export const labelsId: Labels = {
  numberStyle: { decimalMark: ",", groupMark: "." },
  notMeasured: "tidak terukur",
  title: (files) => `Kualitas layanan (QoS): ${files}`,
  moreFiles: (count) => `dan ${count} berkas lain`,
  summary: ({ packets, seconds, requests, unanswered, warnings }) =>
    `${packets} paket${seconds === null ? "" : ` dalam ${seconds} detik`}, ${requests} request HTTP, ${unanswered} tanpa jawaban.${
      warnings === 0 ? "" : ` ${warnings} peringatan di bagian akhir.`
    }`,
  moreWarnings: (count) => `${count} lagi seperti ini; semuanya ada pada --json.`,
  otherReasons: "karena alasan lain",
  otherPairs: (count) => `Lainnya (${count})`,
  pairsShown: (shown, all) =>
    `Ditampilkan ${shown} pasangan tersibuk dari ${all}; semuanya ada pada --csv, --json, dan --markdown.`,
  total: "Total",
  units: { seconds: "detik", bytes: "byte", perSecond: "/detik" },
  headings: {
    paper: "Metrik menurut paper: yang dilaporkan pengguna Wireshark",
    network: "Yang sebenarnya terjadi di jaringan dan HTTP",
    capture: "Keseluruhan hasil capture",
    warnings: "Peringatan",
  },
  tables: {
    paper: "Throughput, packet loss, delay, jitter",
    basis: "Dasar perhitungan",
    times: "Round-trip time dan waktu respons",
    answers: "Request dan jawabannya",
    share: "Pembagian request per backend",
    loss: "Packet loss menurut tempatnya",
    traffic: "Lalu lintas",
    connections: "Koneksi",
    capture: "Berkas dan paket",
    wireshark: "TCP menurut hitungan Wireshark 4.0",
  },
  columns: {
    pair: "Pasangan",
    throughput: "Throughput",
    packetLoss: "Packet loss",
    delay: "Delay",
    jitter: "Jitter",
    index: "Indeks",
    frames: "Frame HTTP",
    bytes: "Ukuran",
    duration: "Durasi",
    lostPackets: "Paket hilang",
    requests: "Request",
    signedJitter: "Jitter bertanda",
    from: "Dari",
    to: "Ke",
    share: "Bagian",
    shareOfSource: "Bagian dari sumbernya",
    responses: "Respons",
    unanswered: "Tanpa jawaban",
    aborted: "Terputus",
    requestRate: "Laju",
    direction: "Arah",
    segments: "Segmen terkirim",
    beyondTap: "setelah tap",
    beforeTap: "sebelum tap",
    lossPercent: "dari terkirim",
    lossRange: "rentang",
    captureDrops: "Drop perekam",
    resent: "Dikirim ulang",
    packets: "Paket",
    wireBytes: "Ukuran",
    wireThroughput: "Throughput",
    goodput: "Goodput",
    connections: "Koneksi",
    resets: "Reset",
    failedHandshakes: "Handshake gagal",
    zeroWindows: "Zero window",
  },
  groups: {
    handshakeRtt: "RTT handshake",
    rtt: "RTT ke backend",
    timeToFirstByte: "Waktu ke byte pertama",
    statuses: "Status",
    lost: "Hilang",
  },
  directions: { toBackend: "→ backend", fromBackend: "← backend" },
  sentences: {
    delay:
      '"Delay" menurut paper adalah selang waktu antara frame request yang berurutan: nilainya ditentukan oleh laju pembangkit beban, bukan oleh jaringan. Waktu tempuh jaringan dan waktu respons server ada di bagian berikutnya.',
    signedJitter:
      "Jitter bertanda adalah rumus spreadsheet tanpa nilai mutlak, (selang terakhir − selang pertama) / n: berguna untuk mereproduksi tabel lama, tetapi hampir tidak mengukur apa pun.",
    lossPlaces:
      "Hilang setelah tap (tempat perekaman): terekam, tetapi tidak sampai ke penerima. Hilang sebelum tap: dikirim, tetapi tidak pernah terekam; tampak sebagai celah yang kemudian dikirim ulang. Drop perekam: hanya terlewat oleh perekam, jaringan tetap mengantarkannya.",
    wireshark: "Jenis-jenis ini saling tumpang tindih: jangan dijumlahkan.",
    noPairs: "Tidak ditemukan pasangan klien dan server HTTP.",
    noWarnings: "Tidak ada.",
  },
  ratedBy: (profile, source) =>
    `Kategori menurut profil "${profile}"${source === null ? "" : `: ${PROFILE_SOURCES.get(source) ?? source}`}. Indeks: rata-rata metrik yang dinilai, 4 adalah yang terbaik.`,
  throughputNotRated: "Throughput hanya dinilai bila bandwidth jaringan diberikan (--bandwidth).",
  facts: {
    files: "Berkas",
    format: "Format",
    start: "Paket pertama",
    duration: "Durasi",
    packets: "Paket",
    bytes: "Ukuran di jaringan",
    tcpPackets: "Paket TCP",
    skipped: "Dilewati",
    duplicateFrames: "Terekam dua kali",
    recorderDrops: "Dibuang oleh perekam",
    connections: "Koneksi",
    exchanges: "Pertukaran HTTP",
  },
  wireshark: {
    retransmissions: "Retransmission",
    fastRetransmissions: "Fast retransmission",
    spuriousRetransmissions: "Spurious retransmission",
    outOfOrder: "Out of order",
    lostSegments: "Previous segment not captured",
    ackedUnseenSegments: "ACKed unseen segment",
    duplicateAcks: "Duplicate ACK",
    zeroWindows: "Zero window",
  },
  reasons: {
    twoFrames: "perlu sedikitnya 2 frame HTTP",
    threeFrames: "perlu sedikitnya 3 frame HTTP",
    noPackets: "tidak ada paket pada arah ini",
    notRated: "tidak ada metrik yang dapat dinilai",
    noHandshake: "tidak ada handshake lengkap dalam capture",
    noRtt: "tidak ada data beserta ACK-nya dalam capture",
    noExchange: "tidak ada request beserta responsnya dalam capture",
    tooFewSamples: "sampel terlalu sedikit",
    noSegments: "tidak ada segmen pada arah ini",
    noSpan: "perlu paket pada dua waktu yang berbeda",
    noRequests: "tidak ada request",
    noFrames: "tidak ada paket",
    recorderSilent: "tidak disebutkan dalam berkas",
  },
};

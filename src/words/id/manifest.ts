/** The comments of an experiment.yaml that lbqos writes; each line of it becomes one of the file's. */

import type { manifest as english } from "../en/manifest.ts";
import { joinedList } from "../joined-list.ts";

export const manifest: typeof english = {
  head: 'Sebuah eksperimen lbqos: berkas ini dibaca oleh "lbqos compare".',
  title: "Judul laporan.",
  language: (codes) => `Bahasa laporan: ${joinedList(codes, "atau")}.`,
  balancer: "Alamat asal request load balancer ke backend. Tanpa alamat ini, pasangan dicari dalam capture.",
  backends:
    "Server backend, menurut urutannya dalam laporan. port boleh dikosongkan; weight untuk metode berbobot.",
  selections:
    "Sebagai ganti pasangan: frame dari protokol apa pun menurut filter tampilan Wireshark, di tempat backend.",
  rtp: "Port UDP dengan RTP untuk pilihan, dan laju timestamp-nya dalam Hz.",
  factors:
    "Yang divariasikan selain metode. Capture menyebut levelnya: { files: rr-300-*.pcapng, levels: { load: 300 } }.",
  methods: (
    algorithms,
  ) => `Metode, menurut urutannya dalam laporan, dan capture-nya: setiap berkas yang cocok dengan pola adalah satu run.
Pola: * karakter apa pun dalam nama, ? satu karakter, ** folder apa pun. { files, run } menjadikan beberapa berkas
satu run; { files, backend } menyebutkan backend mana yang direkam oleh capture direct. algorithm
(${algorithms.join(", ")}) diambil dari nama bila tidak ditulis.`,
  generator: `Laporan pembangkit beban untuk setiap run (httperf, ab, wrk, siege, h2load, autocannon, k6, JTL JMeter, CSV Locust).
{file} berarti capture run itu, tempat "lbqos run" menyimpan keluaran load di sampingnya, {folder} foldernya.`,
  results: "Tabel hasil (CSV) yang metodenya ikut dalam eksperimen tanpa capture.",
  load: "Yang harus dikirim oleh pembangkit beban dalam setiap run.",
  bandwidth: "Bandwidth link, untuk kategori yang menilai throughput sebagai bagian darinya.",
  profile: "Profil kategori: tiphon (throughput dalam % dari bandwidth), tiphon-kbps, atau profil sendiri.",
  primary: "Metrik yang memutuskan antara metode, untuk semua backend. Perbedaan lain bersifat eksploratif.",
  design:
    "Apakah run 1 semua metode berpasangan, lalu run 2, …: blocks atau independent. Bila kosong: menurut waktu capture.",
  taps: `Rekaman di backend selama setiap run: kehilangan, delay satu arah, dan IPDV lalu diukur. {capture} berarti rekaman
run itu sendiri tanpa akhirannya. clocks: synchronous jika semua tap memakai satu jam.`,
  statistics: (tests) =>
    `Uji menurut nama, di samping uji lbqos sendiri, untuk metrik yang memutuskan; tost memerlukan margin:\n${tests.join(", ")}.`,
  margin: "Perbedaan di bawah ini tidak berarti: persen dari median terbesar; poin persen untuk kehilangan.",
  testbed: `Bagaimana "lbqos run" membuat run pada mesin sendiri: perintah shell, yang menemukan run dalam LBQOS_METHOD,
LBQOS_RUN, LBQOS_BACKEND, dan LBQOS_ADDRESS (tujuan request). capture boleh berupa perintah yang menulis capture ke
keluarannya, misalnya ssh balancer tcpdump -U -w - -i eth0 tcp. Testbed milik sebuah metode didahulukan.`,
  notes: "Ditampilkan dalam laporan apa adanya.",
  notesExample: "Mesin virtual pada satu host, tanpa lalu lintas lain.",
};

/** `lbqos live --help`. */
import type { helpLive as english } from "../en/help-live.ts";

export const helpLive: typeof english = {
  interface: "rekam pada interface ini (dapat diulang); any: semuanya",
  replay: "sebagai ganti interface: capture yang tersimpan, menurut waktunya sendiri",
  peerCommand: "perintah yang merekam di sebuah backend bersamaan: mengukur jalur ke sana",
  command: "sebagai ganti interface: perintah yang menulis capture ke keluarannya",
  speed: "putar ulang sekian kali lebih cepat, atau secepat mungkin: max (bawaan: 1)",
  engine: "program perekam (bawaan: yang pertama dari ini yang dapat dipakai)",
  captureFilter: "apa yang direkam, seperti pada tcpdump (bawaan: yang diperlukan pasangan)",
  snapLength: "jumlah byte yang disimpan dari setiap frame (bawaan: semuanya)",
  buffer: "buffer perekaman di kernel, seperti 64MiB (bawaan: menurut perekamnya)",
  noPromiscuous: "hanya frame dari dan ke mesin ini",
  duration: "berhenti setelah waktu ini: 60s, 5m, 1h30m",
  requests: "berhenti setelah sekian request direspons atau ditinggalkan",
  write: "rekam ke berkas ini; dikompresi bila berakhiran .gz",
  rotateSize: "mulai berkas baru setelah ukuran ini, tanpa kompresi: 100M",
  rotateTime: "mulai berkas baru setelah waktu ini: 5m",
  experiment: "rekam sebuah run eksperimen di tempat capture-nya diharapkan",
  method: "metode run itu, salah satu metode eksperimen",
  run: "nomor run itu dalam metodenya",
  level: "bila eksperimen punya faktor, level run itu (dapat diulang): load=300",
  force: "timpa rekaman yang sudah ada",
  http: "sajikan halaman langsung, dan /metrics untuk Prometheus, misalnya di 127.0.0.1:8080",
  token: "yang harus diketahui pengunjung halaman (bawaan: $LBQOS_TOKEN)",
  stay: "tetap sajikan halaman setelah perekaman berakhir, sampai Ctrl-C",
  every: "seberapa sering tampilan disegarkan (bawaan: 1s di terminal, selain itu 10s)",
  quiet: "tanpa tampilan; jangan tulis apa pun ke stderr selain kesalahan",
  after: `Ctrl-C (atau kill) mengakhiri perekaman dengan tertib: yang masih ada pada perekam
ikut direkam dan dianalisis, lalu ditampilkan laporan yang sama seperti "lbqos
analyze". Ctrl-C kedua mengakhirinya seketika; rekaman tetap utuh, sejauh yang sudah
ditulis.

Perekam: dumpcap (dari wireshark-common) dan tcpdump merekam dengan stempel waktu
kernel; cap (paket opsional) memberi stempel waktu saat proses ini melihat frame,
sehingga jitter dan waktu terpendeknya adalah milik proses. Perekaman memerlukan root,
atau untuk dumpcap keanggotaan grup wireshark. dumpcap menulis pcapng, yang lain pcap,
apa pun nama rekamannya.

Tampilan ada pada stderr bila itu terminal; selain itu satu baris biasa ditulis di sana
setiap 10 detik. Kolom yang tidak muat dihilangkan: pertama Mbps →, RTT, TTFB p99,
dalam proses, Mbps ←, TTFB p50, detik-detik terakhir, loss, tanpa respons, TTFB p95.`,
  exitStatus: `0 diakhiri oleh Ctrl-C, --duration, --requests, atau akhir putar ulang;
1 tidak dapat direkam, atau tidak ada paket TCP; 2 salah penggunaan; 130, 143, 129
diakhiri seketika oleh sinyal kedua.`,
  examples: {
    replay: "capture yang tersimpan seolah-olah terjadi sekarang, dua puluh kali lebih cepat",
    testbed: "testbed penelitian, direkam, dengan halaman langsung dan metrik, selama satu menit",
    experiment: "run ketiga sebuah metode, direkam di tempat yang diharapkan eksperimen",
    rotated: "semua pasangan pada semua interface, berkas baru setiap lima menit",
    peer: "delay, paket hilang, dan jitter pada jalur ke sebuah backend dan kembali",
    command: "load balancer di mesin lain, yang tidak memiliki lbqos",
    json: "hasil akhir sebuah putar ulang sebagai JSON",
  },
};

/** Server halaman web, dan grafik. */
import type { monitor as english } from "../../en/messages/monitor.ts";

export const monitor: typeof english = {
  pageServed: (url) => `Halaman ada di ${url} (Ctrl-C mengakhirinya)`,
  pageNotBuilt: (path) => `${path} tidak ada: npm run page membuatnya`,
  hostReachable: (host, address) =>
    `${host} di sini berarti ${address}, yang dapat dijangkau orang lain: gunakan 127.0.0.1.`,
  hostNeedsToken: (host) =>
    `${host} bukan loopback, sehingga orang lain dapat melihatnya: berikan token untuk halaman web, atau gunakan 127.0.0.1.`,
  tokenTooShort: (characters) =>
    `Token halaman web harus terdiri dari sedikitnya ${characters} karakter ASCII yang tampak: "openssl rand -hex 16" membuatnya.`,
  portInUse: (place) =>
    `Port ${place} untuk halaman web sedang dipakai: hentikan program yang memakainya, atau pilih port lain.`,
  mayNotListen: (place, firstFree) =>
    `Tidak ada izin untuk memakai ${place}: port di bawah ${firstFree} memerlukan root; pilih yang lebih tinggi.`,
  addressNotHere: (place) =>
    `Halaman web tidak dapat memakai ${place}: tidak ada interface di mesin ini dengan alamat itu; 127.0.0.1 selalu ada.`,
  hostUnknown: (place, host) =>
    `Halaman web tidak dapat memakai ${place}: alamat ${host} tidak diketahui; berikan alamat seperti 127.0.0.1.`,
  cannotListen: (place, code) =>
    `Halaman web tidak dapat memakai ${place}: ${code}; pilih alamat atau port lain.`,

  // Respons server halaman web
  hostElsewhere: () => "Header Host menyebut mesin lain.",
  pageFromElsewhere: () => "Halaman dari situs lain tidak boleh mengirim request ke sini.",
  tokenWanted: () =>
    "Monitor ini memerlukan token: buka alamatnya dengan ?token=… di akhir, atau kirim Authorization: Bearer ….",
  noContentTaken: () => "Request di sini tidak boleh membawa isi.",
  nothingHere: () => "Tidak ada apa pun di alamat ini.",
  onlyRead: () => "Alamat ini hanya dapat dibaca: GET atau HEAD.",
  notMadeNow: () => "Saat ini respons tidak dapat dibuat.",
  pagesOpen: (pages, ofAddress) =>
    `Sudah ada ${pages} halaman yang terbuka, atau ${ofAddress} dari alamat Anda: tutup salah satu.`,
  connectionsOpen: () => "Sudah terlalu banyak koneksi yang terbuka, atau terlalu banyak dari alamat Anda.",
  noReportYet: () => "Belum ada laporan: belum ada yang terekam.",
  noSnapshotYet: () => "Belum ada snapshot.",

  notChartWidth: (text, min, max, names) =>
    `"${text}" bukan lebar grafik: berikan sentimeter dari ${min} sampai ${max}, atau salah satu dari ${names}`,
  chartsNotDrawn: (reason) =>
    `grafik tidak dapat digambar: ${reason}. Paket untuk menggambar bersifat opsional, dan npm tidak memasangnya. ` +
    "Pasang yang diperlukan untuk mengompilasinya (Debian: apt-get install g++ make python3 pkg-config libcairo2-dev " +
    "libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev), lalu pasang lagi paket opsionalnya (npm install di folder lbqos)",
};

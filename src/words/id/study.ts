/** What the manifest of the lab's study says about how its runs were made, and how to read them. */
import type { study as english } from "../en/study.ts";

export const study: typeof english = {
  title: (balancer) => `Metode load balancing ${balancer} di depan tiga server Flask`,
  whereMade:
    "Dibuat oleh lbqos lab run dalam network namespace pada satu mesin, tanpa lalu lintas lain: jaringannya jauh lebih baik daripada jaringan nyata, jadi bandingkan metodenya, bukan angka mutlaknya.",
  runs: (runs, order, generator, requests, uri, pace, connections) =>
    `${runs === 1 ? "Satu" : runs} run untuk setiap metode, ${order}; dalam setiap run, ${generator} mengirim ${requests} request untuk ${uri} ${pace}, ${connections}.`,
  paced: (requestsPerSecond) => `dengan laju ${requestsPerSecond}/detik`,
  inBlocks: "berselang-seling",
  atRandom: (seed) => `dengan urutan acak (seed ${seed})`,
  eachRate: "Setiap metode memiliki sekian run pada setiap laju.",
  unpaced: "secepat respons diterima",
  connections: (requestsPerConnection) =>
    requestsPerConnection === 1
      ? "dengan satu koneksi untuk setiap request"
      : `${requestsPerConnection} request pada setiap koneksi`,
  balancer: (balancer, keepsConnections, workers) =>
    `${balancer}${workers === 1 ? "" : `, dengan ${workers} ${balancer === "NGINX" ? "proses worker" : "thread"},`} ${keepsConnections ? "mempertahankan koneksinya ke backend" : "membuka satu koneksi ke backend untuk setiap request"}.`,
  ipHash: (clients) =>
    clients === 1
      ? "Hanya ada satu klien, sehingga ip-hash melayani semua request dari satu backend: NGINX memilih menurut tiga oktet pertama alamat klien."
      : `Ada ${clients} klien, masing-masing dalam jaringan sendiri, karena ip-hash memilih menurut tiga oktet pertama alamat klien.`,
  oneClient: "Hanya ada satu klien, sehingga ip-hash melayani semua request dari satu backend.",
  consistentHash: (uri) =>
    `consistent-hash memilih menurut URI, dan semua request adalah untuk ${uri}: satu backend melayani semuanya.`,
  protocols: (what) => `Protokol: ${what}.`,
  impaired: (what) => `Disengaja: ${what}.`,
  event: (what) => `Disengaja, pada ${what}.`,
};

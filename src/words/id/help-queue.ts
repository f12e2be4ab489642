/** `lbqos worker --help`, dan opsi antrean dari compare. */
import type { helpQueue as english } from "../en/help-queue.ts";

export const helpQueue: typeof english = {
  queue: "analisis oleh worker: redis://HOST:6379, atau rediss:// untuk TLS",
  root: "folder yang menjadi --root bagi worker (bawaan: folder ini)",
  store: "folder yang dipakai bersama worker, untuk hasil yang besar",
  part: "hanya analisis bagian ke-K dari N, K/N, dan simpan hasilnya",
  worker: {
    queue: "antreannya: redis://HOST:6379, atau rediss:// untuk TLS",
    root: "hanya buka capture di bawah folder ini (bawaan: folder ini)",
    store: "folder yang dipakai bersama, untuk hasil yang besar, disimpan menurut isinya",
    concurrency: "jumlah capture sekaligus (bawaan: satu per prosesor)",
    http: "sajikan metrik untuk Prometheus di [ALAMAT:]PORT (bawaan: tidak)",
    after: `Mengambil tugas dari antrean sampai diakhiri (Ctrl-C: setelah yang sedang dikerjakan).
Antreannya adalah Redis 6.2 atau lebih baru, atau Valkey, dengan paket npm bullmq dan
ioredis. Setiap mesin memerlukan lbqos yang sama, dan capture di tempat yang sama di
bawah --root-nya: selain itu tidak ada yang dibuka, dan tugas tidak dapat menyebut
perintah. Worker yang mati tidak menghilangkan apa pun: tugasnya dikerjakan yang lain.
LBQOS_QUEUE_PASSWORD menyimpan kata sandi yang tidak boleh terlihat di daftar proses.`,
    exitStatus: "0 diakhiri oleh sinyal, 1 antrean tidak dapat dijangkau, 2 salah\npenggunaan.",
    examples: {
      start: "di setiap mesin yang melihat capture-nya",
      compare: "dan perbandingannya, dari mesin mana pun yang melihatnya",
    },
  },
};

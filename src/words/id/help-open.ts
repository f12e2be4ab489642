/** `lbqos open --help`. */
import type { helpOpen as english } from "../en/help-open.ts";

export const helpOpen: typeof english = {
  captures: "capture yang dimuat, atau foldernya; tanpa itu halaman memintanya",
  port: "port halaman di 127.0.0.1 (bawaan: port yang bebas)",
  after: `Menyajikan halaman yang menganalisis capture di peramban, sampai diakhiri (Ctrl-C). Satu
capture menghasilkan laporan; beberapa dibandingkan, dengan metode dan run dari namanya.
Alamatnya memuat token, sehingga pengguna lain mesin ini tidak mendapatkan capture-nya.
Halaman hanya terhubung ke perintah ini, dan tidak ada yang ditulis.`,
  exitStatus: "0 diakhiri oleh sinyal, 1 tidak ada yang dapat disajikan, 2 salah penggunaan.",
  examples: {
    one: "satu capture",
    folder: "satu folder capture, di port pilihan sendiri",
  },
};

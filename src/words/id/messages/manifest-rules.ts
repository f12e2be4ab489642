/** Aturan manifes; masing-masing dibaca setelah nama field yang melanggarnya. */
import type { manifestRules as english } from "../../en/messages/manifest-rules.ts";

export const manifestRules: typeof english = {
  mustBeAddress: () => "harus alamat IPv4 atau IPv6",
  mustNameRecorder: () => "harus menyebut interface atau perintah, salah satu saja",
  filterBesideCommand: () =>
    "tidak boleh berisi filter di samping perintah; tulis filternya di dalam perintah",
  bandsAscend: () => "harus urut naik menurut from",
  eitherOf: (names) => names.join(" atau "),
  mustBeProfile: (names) => `harus ${names}, atau profil buatan sendiri`,
  mustBeBandwidth: () => 'harus bandwidth seperti "100 Mbps", atau angka dalam bit/s',
  secondSelection: (name) => `menyebut pilihan kedua "${name}"`,
  besideSelections: () => "tidak dapat berdampingan dengan selections, yang menggantikan pasangan",
  rtpWithoutSelections: () => "memerlukan selections, yang kehilangannya diukur",
  tostNeedsMargin: () => "memuat tost, yang memerlukan margin: { percent: … }",
  secondFactor: (name) => `menyebutkan faktor "${name}" dua kali`,
  noSuchFactor: (hint) => `bukan salah satu faktor${hint}`,
  requestsBesideLevels: () =>
    "tidak dapat berdampingan dengan capture yang memiliki levels, karena tabel request tidak memilikinya",
  secondBackend: (name) => `menyebut backend kedua bernama "${name}"`,
  sameEndpoint: () => "adalah alamat dan port backend lain",
  secondMethod: (name) => `menyebut metode kedua bernama "${name}"`,
  methodDiffersInCapitals: () =>
    "hanya berbeda huruf besar-kecil dari nama metode lain; beri nama yang berbeda",
  secondBaseline: () => "menjadi pembanding kedua; paling banyak satu",
  methodsMissing: () => "kosong; sebutkan sedikitnya satu metode, atau sebuah tabel hasil di results",
  noSuchBackend: (name, hint) => `berisi "${name}", yang tidak ada di antara backend${hint}`,
  mustNameRun: (place) => `harus memuat ${place}, yaitu rekaman run itu sendiri tanpa akhirannya`,
  inParentheses: (names) => ` (${names})`,
};

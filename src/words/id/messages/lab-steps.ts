/** Langkah-langkah lab: kegunaan setiap perintah, di atasnya dalam --dry-run dan di depannya bila perintah itu gagal. */
import type { labSteps as english } from "../../en/messages/lab-steps.ts";
import { withComma } from "../grammar.ts";

const directions = { to: "ke", from: "dari" };

export const labSteps: typeof english = {
  hostMade: (host) => `host ${host}`,
  switchIsBridge: () => "switch berupa bridge",
  bridgeWorks: () => "bridge diaktifkan",
  deviceWorks: (device) => `${device} diaktifkan`,
  cableToSwitch: (host) => `kabel dari ${host} ke switch`,
  hostPluggedIn: (host) => `${host} dihubungkan`,
  smallSwitch: (host) => `switch kecil untuk ${host}`,
  cableBetweenSwitches: (host) => `kabel dari switch kecil ${host} ke switch utama`,
  framesAsOnWire: (host) => `${host} mengirim frame seperti adanya di kabel`,
  framesOfOffload: (host) => `${host} mengirim beberapa segmen dalam satu frame`,
  cutsFrames: (host) => `frame dipotong menjadi frame kabel pada kabel ${host}`,
  hostIpv6Address: (host) => `alamat IPv6 ${host}`,
  noTimestamps: (host) => `${host} tidak memakai timestamp TCP`,
  noSack: (host) => `${host} tidak memakai selective acknowledgement`,
  hostAddress: (host) => `alamat ${host}`,
  cableWorks: (host) => `kabel ${host} diaktifkan`,
  reachesItself: (host) => `${host} dapat berkomunikasi dengan dirinya sendiri`,
  reachesClients: (host) => `${host} dapat menjangkau klien`,
  reachesServers: (host) => `${host} dapat menjangkau server`,
  portPerRequest: (host) => `${host} memiliki cukup port untuk satu koneksi per request`,

  loadProgram: () => "pembangkit beban dalam Python",
  flaskApplication: () => "aplikasi Flask",
  underGunicorn: (host) => `${host} dijalankan oleh gunicorn`,
  nginxFolder: () => "folder nginx",
  nginxShares: (method) => `nginx membagi request dengan metode ${method}`,
  nginxStarted: (host) => `nginx di host ${host}`,

  dropTable: () => "tabel untuk paket yang dibuang oleh switch",
  dropChain: () => "setiap frame di antara dua kabel lewat di sini",
  packetsLost: (percent, direction, backend) =>
    `${withComma(String(percent))} % paket ${directions[direction]} ${backend} hilang`,
  cableSource: () => "program untuk kabel yang terganggu",
  cableCompiled: () => "program itu dikompilasi",
  cableIsProgram: (host) => `program itu menjadi kabel dari switch kecil ${host} ke switch utama`,
  rateLimited: (bitsPerSecond, direction, backend) =>
    `${bitsPerSecond} bit/s ${directions[direction]} ${backend}`,
  faultLoss: (percent) => `loss ${withComma(String(percent))} %`,
  faultBursts: (percent) => `loss beruntun ${withComma(String(percent))} %`,
  faultCopies: (percent) => `duplikat ${withComma(String(percent))} %`,
  faultRate: (bitsPerSecond) => `${bitsPerSecond} bit/s`,
  faultDelay: (milliseconds) => `delay ${withComma(String(milliseconds))} ms`,
  faultJitter: (milliseconds) => `jitter ${withComma(String(milliseconds))} ms`,
  faultReordering: (milliseconds) => `pengurutan ulang ${withComma(String(milliseconds))} ms`,
  impairment: (faults, direction, backend) => `${faults.join(" dan ")} ${directions[direction]} ${backend}`,
  traitIpv6: () => "IPv6",
  traitNoTimestamps: () => "tanpa timestamp TCP",
  traitNoSack: () => "tanpa selective acknowledgement",
  traitOffload: () => "segmentation offload",
  atEvent: (event) => `pada ${event}`,
  behavesAgain: (host) => `${host} kembali normal`,
  beginsAnew: (host) => `${host} dimulai dari awal`,

  filesUntilWhole: (run) => `berkas ${run}, sampai run itu lengkap`,
  asksFirst: (host) => `${host} mengirim request pertama, tanpa diukur`,
  logBegins: () => "log nginx dimulai dari awal run",
  secondTap: (host) => `tap kedua, di ${host}, untuk data acuan`,
  sendsRequests: (host, requests) => `${host} mengirim ${requests} request`,
  nginxEnds: () => "nginx berakhir, dan menutup koneksinya",
  tapsCatchUp: () => "tap mengambil paket yang sudah lewat",
  tapEnds: (host) => `tap di ${host} berakhir`,
  logIsKept: () => "log nginx disimpan bersama run",

  labTraits: (traits) => traits.join(", "),
  labForRuns: (folder) => `run untuk ${folder}`,
};

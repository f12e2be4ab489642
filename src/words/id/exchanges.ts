/** `lbqos exchanges`: tables of exchanges, and of groups of them. */
import type { exchanges as english } from "../en/exchanges.ts";

export const exchanges: typeof english = {
  title: (files) => `Pertukaran HTTP: ${files}`,
  summary: (selected, all) => `${selected} dari ${all} pertukaran terpilih.`,
  none: "Tidak ada pertukaran yang cocok.",
  headings: { slowest: "Pertukaran paling lambat", groups: "Kelompok pertukaran" },
  tables: {
    slowest: (count) =>
      count === 1 ? "Satu pertukaran" : `${count} pertukaran, yang paling lambat lebih dahulu`,
    balancer: "Yang dilakukan balancer untuk semua itu",
    parts: "Ke mana waktu sampai byte pertama",
    groups: (by) => `Menurut ${by}`,
  },
  columns: {
    start: "Mulai (UTC)",
    server: "Server",
    request: "Request",
    status: "Status",
    timeToFirstByte: "Byte pertama",
    timeToLastByte: "Byte terakhir",
    frame: "Frame",
    backends: "Ditanyakan ke",
    waitBefore: "Sebelumnya",
    backendTime: "Byte terakhir",
    waitAfter: "Sesudahnya",
    there: "Jaringan, berangkat",
    host: "Server",
    back: "Jaringan, kembali",
    exchanges: "Pertukaran",
    failed: "Gagal",
  },
  comments: {
    finding: (number, headline) => `lbqos, temuan ${number}: ${headline}`,
    slow: (place, ms, answer, backends, waited) =>
      `lbqos, paling lambat ke-${place}: request ini membutuhkan ${ms} ms sampai byte terakhir jawabannya${answer === null ? "" : `, di frame ${answer}`}${backends === "" ? "" : `; ditanyakan ke ${backends}`}${waited === null ? "" : ` setelah ${waited} ms di balancer`}.`,
    slowAnswer: (ms, request) =>
      `lbqos: byte terakhir jawaban, ${ms} ms setelah request${request === null ? "" : ` di frame ${request}`}.`,
  },
  balancerName: "balancer",
  uncertain: "tidak pasti",
  groups: { timeToFirstByte: "Waktu sampai byte pertama", timeToLastByte: "Byte terakhir" },
  groupings: {
    path: "path",
    client: "klien",
    server: "server",
    method: "metode HTTP",
    status: "status",
    second: "detik",
  },
  otherGroups: "lainnya",
  furtherGroups: (count) => `${count} pertukaran termasuk kelompok selebihnya, dan dihitung sebagai lainnya.`,
  filter: (filter) => `Di Wireshark: ${filter}`,
};

/** What commands print besides reports: progress, what was written, the state of labs. */
import type { output as english } from "../en/output.ts";

export const output: typeof english = {
  progress: {
    runs: (done, total) => `${done} dari ${total} run`,
    preparing: "menyiapkan",
    requests: (count) => `${count} request`,
    left: (time) => `sekitar ${time} lagi`,
  },
  init: {
    understood: (path, captures) => `${path}: ${captures} capture dipahami sebagai`,
    method: "metode",
    withoutBalancer: "tanpa load balancer",
    balancer: "balancer",
    noBalancer: "tidak ditemukan: isilah, atau pasangan dicari dalam capture",
    backend: "backend",
    backendAt: (name, endpoint) => `${name} di ${endpoint}`,
    next: (command) => `Periksa isinya, lalu: ${command}`,
  },
  runsMade: {
    toMake: (missing, there) => `${missing} run akan dibuat, ${there} sudah ada`,
    ofTestbed: (total, made, there, repeated, command) =>
      `${total} run (${made} dibuat sekarang, ${there} sudah ada${repeated === 0 ? "" : `, ${repeated} diulang`}); bandingkan: ${command}`,
    ofLab: (total, folder, made, repeated, manifest) =>
      `${total} run di ${folder} (${made} dibuat sekarang${repeated === 0 ? "" : `, ${repeated} diulang`}${made === total ? "" : `, ${total - made} sudah ada`}): ${manifest}`,
  },
  lab: {
    none: "Tidak ada lab.",
    removed: (names) => `Lab ${names} dihapus.`,
    states: { there: "ada", missing: "tidak ada", "not tried": "tidak dicoba" },
    optional: "tidak ada (hanya diperlukan bila diminta)",
    canRun: "Lab dapat dijalankan di sini.",
    cannotRun: "Lab belum dapat dijalankan di sini.",
    install: "Pasang yang belum ada",
    installRest: "Untuk selebihnya",
    isUp: (name, description) => `Lab "${name}" siap: ${description}`,
    try: (command) => `Coba: ${command}`,
    end: (command) => `Akhiri: ${command}`,
    undone: 'Dibatalkan oleh "lbqos lab down":',
    status: {
      up: "siap",
      "in use": "sedang dipakai",
      "left over": 'sisa: lbqos-nya terhenti paksa; "lbqos lab down" membersihkannya',
    },
    usedBy: (what, pid) => ` oleh lbqos ${what} (proses ${pid})`,
    lab: (name, state) => `Lab "${name}": ${state}`,
    processes: (count) => `${count} proses`,
    notThere: "tidak ada",
    filesIn: (folder) => `berkas di ${folder}`,
  },
  dryRun: {
    takes: (minutes) => `Semua run memakan sekitar ${minutes} menit`,
    afterStart: "setelah dimulai",
    recorded: (host, file) => `direkam di ${host} oleh lbqos ke dalam ${file}`,
    settles: "yang masih dalam perjalanan tiba",
    recorderEnds: "perekam berakhir",
    runIsWhole: "run sudah lengkap",
    end: "Akhir",
  },
};

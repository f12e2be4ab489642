/** Lab dan testbed: apa yang tidak dapat dilakukan, apa yang salah dalam sebuah run, dan apa yang diperlukan lab. */
import type { lab as english, KernelFeature, LabProgram } from "../../en/messages/lab.ts";

const purposes: Readonly<Record<LabProgram, string>> = {
  ip: "membuat host dan kabel",
  ethtool: "mematikan dan menyalakan offload",
  nginx: "menjadi load balancer",
  haproxy: "menjadi load balancer dengan --balancer haproxy",
  python: "menjalankan server Flask",
  httperf: "mengirim request",
  dumpcap: "merekam",
  nft: "sengaja menghilangkan paket",
  tc: "membatasi laju",
  openssl: "membuat sertifikat untuk --tls",
  cc: "mengompilasi kabel yang menunda, mengurutkan ulang, menghilangkan beruntun, dan menggandakan paket",
};

const features: Readonly<Record<KernelFeature, string>> = {
  namespaces: "network namespace",
  veth: "kabel virtual (veth)",
  bridge: "bridge",
  nftables: "nftables pada bridge, untuk paket hilang",
  tbf: "tbf, untuk membatasi laju",
  tap: "perangkat TAP, untuk delay, jitter, pengurutan ulang, loss beruntun, dan duplikat",
};

export const lab: typeof english = {
  needsRoot: () => "lab memerlukan root, untuk membuat network namespace: sudo lbqos lab …",
  noSuchLab: (name) => `tidak ada lab "${name}"; "lbqos lab up" membuatnya`,
  labIsThere: (name) =>
    `lab "${name}" sudah ada: "lbqos lab down --name ${name}" menghapusnya, --name memberi nama lain untuk yang ini`,
  labInUse: (name, command, pid) =>
    `lab "${name}" sedang dipakai oleh "lbqos ${command}" (proses ${pid}): akhiri dahulu, dengan Ctrl-C atau "kill -INT ${pid}"; perintah itu menghapus lab-nya sendiri`,
  labLeftOver: (name) =>
    `lab "${name}" hanya sisa dari lbqos yang terhenti paksa: "lbqos lab down" menghapusnya`,
  severalLabs: (names) => `ada beberapa lab (${names}): sebutkan yang mana dengan --name`,
  somethingIsLeft: (name, problems) =>
    `lab "${name}": masih ada yang tersisa (${problems.join("; ")}); coba lagi "lbqos lab down --name ${name}"`,
  notLabName: (text, example) =>
    `"${text}" tidak dapat menjadi nama lab: paling banyak 24 huruf kecil, angka, dan tanda hubung, misalnya ${example}`,
  notLabHost: (text, hosts) => `"${text}" bukan host dari lab: yang ada ${hosts}`,
  labFolderNotMade: (folder, reason) => `${folder}: tidak dapat dibuat: ${reason}`,

  labTakesCommand: (names) => `lab memerlukan perintah: yang ada ${names}; lihat lbqos lab --help`,
  notLabCommand: (text, names) =>
    `"${text}" bukan perintah dari lab: yang ada ${names}; lihat lbqos lab --help`,
  notEvent: (text) => `--at: "${text}" bukan kejadian seperti 0.5:fa:stop; lihat lbqos lab run --help`,
  notImpairment: (option, text) => `${option}: "${text}" tidak dapat dipahami; lihat lbqos lab run --help`,
  notBackend: (option, text, backends) => `${option}: "${text}" bukan backend: yang ada ${backends}`,
  notUri: (text) => `--uri: "${text}" bukan path seperti /slow?s=0.02`,
  tooFewRequests: (requests, clients, calls) =>
    `--requests: ${requests} terlalu sedikit untuk ${clients} klien dengan ${calls} request pada setiap koneksi`,
  httperfIpv4: () => "--ipv6: httperf hanya mendukung IPv4: --generator python, node, wrk, atau ab",
  bodyNeedsPython: () => "--body: hanya --generator python dan node yang mengirim isi request",
  protocolsNeedNode: (generator) =>
    `--generator: ${generator} tidak mencatat rahasia TLS, atau tidak mendukung HTTP/2 dan gRPC: --generator node`,
  numberNeedsNode: () => "--uri: hanya --generator node yang mengganti {n} dengan nomor request",
  grpcIsHttp2: () => "--http2: --grpc sudah memakai HTTP/2 di kedua sisi: hapus --http2",
  tlsVersionAlone: () => "--tls-version: tidak ada yang memakai TLS: tambahkan --tls",
  notMethods: (text, methods) => `--methods: "${text}" tidak termasuk dalam ${methods}`,

  programMissing: (program) =>
    `${program}: program ini tidak ada; "lbqos lab check" menyebut apa yang belum ada`,
  programNotStarted: (program, reason) => `${program}: tidak dapat dijalankan: ${reason}`,
  programEndedAtOnce: (name, words) => `${name} langsung berakhir: ${words}`,
  programNotReady: (name, seconds, words) => `${name} belum siap setelah ${seconds} s: ${words}`,
  saidNothing: () => "tanpa pesan apa pun",
  stepFailed: (purpose, command, reason) => `${purpose}: ${command}: ${reason}`,
  tookLonger: (seconds) => `memakan waktu lebih dari ${seconds} s`,
  endedWithStatus: (status) =>
    status === null ? "diakhiri oleh sinyal" : `berakhir dengan status ${status}`,
  commandFailed: (name, how, words) => `${name} ${how}${words === "" ? "" : `: ${words}`}`,

  folderNotStudy: (folder) => `${folder}: tidak kosong, dan tidak berisi studi dari lab: berikan folder baru`,
  settingsUnreadable: (path) => `${path}: tidak dapat dipahami: berikan folder baru`,
  otherSettings: (folder, settings) =>
    `${folder}: berisi run dengan pengaturan lain (${settings.join(", ")}): berikan folder baru, atau pengaturan yang sama seperti sebelumnya`,
  settingChanged: (name, before, now) => `${name} sebelumnya ${before}, sekarang ${now}`,
  testbedMissing: (manifest) =>
    `${manifest}: tidak menyebut bagaimana run dibuat: perlu testbed: { load: …, capture: { interface: eth0 } }`,
  levelVariableTaken: (manifest, factor, variable) =>
    `${manifest}: level faktor "${factor}" tidak dapat diberikan kepada perintah: ${variable} sudah berarti lain. Berikan nama lain`,
  testbedWithoutCapture: (manifest, method) =>
    `${manifest}: testbed tidak menyebut apa yang merekam ${method}: capture: { interface: eth0 }, atau sebuah perintah`,
  testbedWithoutLoad: (manifest, method) =>
    `${manifest}: testbed tidak menyebut apa yang mengirim request untuk ${method}: load: …`,

  ratesNotPaced: (generator, paced) =>
    `${generator} mengirim secepat jawabannya, sehingga beberapa laju sama saja; pakai ${paced}`,
  methodAtRate: (method, rate) => `${method} pada ${rate}/detik`,
  methodAtLevels: (method, levels) => `${method} (${levels})`,
  runTitle: (method, backend, run) => `${method}${backend === "" ? "" : ` ke ${backend}`}, run ${run}`,
  recordsOn: (name, filter) => `di ${name}${filter === "" ? "" : `, filter ${filter}`}`,
  recordsInto: (recorder, path) => `${recorder}, ke dalam ${path}`,
  waitsThenChecks: (seconds) => `tunggu:  ${seconds} s, lalu perekaman diakhiri dan diperiksa`,
  runFailed: (title, attempts, problems) =>
    `${title} gagal${attempts === 1 ? "" : ` ${attempts} kali`}: ${problems.join("; ")}`,
  loadUnreadable: (file, generator) => `${file}: keluaran ${generator} tidak dapat dipahami`,
  countersUnreadable: (words) => `penghitung pada switch tidak dapat dibaca: ${words}`,
  captureNotBegun: (seconds) =>
    `perekaman tidak dimulai dalam ${seconds} s; tcpdump memerlukan -U agar langsung menulis`,
  captureEndedBeforeLoad: () => "perekaman berakhir sebelum beban selesai",
  captureEndedBefore: () => "perekaman berakhir sebelum dimulai",
  recorderDropped: (packets) => `perekam membuang ${packets} paket`,
  nothingSent: (generator) => `${generator} tidak mengirim apa pun`,
  connectionsFailed: (connections) => `${connections} koneksi gagal`,
  onlySomeAnswered: (replies, requests) => `hanya ${replies} dari ${requests} request yang mendapat respons`,
  captureShowsFewer: (seen, replies) =>
    `capture memperlihatkan ${seen} request ke backend, tetapi ${replies} mendapat respons`,
  captureShowsNone: () => "capture tidak memperlihatkan request ke backend",
  captureShowsSome: (seen, sent) => `capture memperlihatkan ${seen} dari ${sent} request`,

  rootForNamespaces: () => "root, untuk membuat network namespace",
  programFor: (program, purpose) => `${program}, yang ${purposes[purpose]}`,
  generatorProgram: (program) => `${program}, yang mengirim request dengan --generator ${program}`,
  pythonModule: (module) => `${module} untuk Python, bagi server`,
  kernelFeature: (feature) => `kernel: ${features[feature]}`,
  machineWithNamespaces: () =>
    "jalankan di mesin atau kontainer yang boleh membuatnya (docker run --privileged)",
};

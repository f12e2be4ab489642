/** The lab and the testbed: what can't be done there, what went wrong in a run, and what a lab needs. */

const purposes = {
  ip: "makes hosts and cables",
  ethtool: "turns offloads off and on",
  nginx: "is the balancer",
  haproxy: "is the balancer with --balancer haproxy",
  python: "runs the Flask servers",
  httperf: "sends the requests",
  dumpcap: "records",
  nft: "loses packets on purpose",
  tc: "limits rates",
  openssl: "makes the certificate of --tls",
  cc: "compiles the cable that delays, reorders, loses in bursts and copies packets",
};

/** Programs of the lab, as the texts know them. */
export type LabProgram = keyof typeof purposes;

const features = {
  namespaces: "network namespaces",
  veth: "virtual cables (veth)",
  bridge: "bridge",
  nftables: "nftables on bridges, for loss",
  tbf: "tbf, for limited rates",
  tap: "TAP devices, for delay, jitter, reordering, bursts and copies",
};

/** What a lab asks of the kernel. */
export type KernelFeature = keyof typeof features;

export const lab = {
  // Labs
  needsRoot: () => "a lab needs root, to make network namespaces: sudo lbqos lab …",
  noSuchLab: (name: string) => `there is no lab "${name}"; "lbqos lab up" makes one`,
  labIsThere: (name: string) =>
    `there is a lab "${name}" already: "lbqos lab down --name ${name}" removes it, --name gives this one another name`,
  labInUse: (name: string, command: string, pid: number) =>
    `lab "${name}" is in use by "lbqos ${command}" (process ${pid}): end that first, with Ctrl-C or "kill -INT ${pid}", and it takes its lab down itself`,
  labLeftOver: (name: string) =>
    `lab "${name}" is only what a killed lbqos left: "lbqos lab down" removes it`,
  severalLabs: (names: string) => `there are several labs (${names}): say which with --name`,
  somethingIsLeft: (name: string, problems: readonly string[]) =>
    `lab "${name}": something is left (${problems.join("; ")}); try "lbqos lab down --name ${name}" again`,
  notLabName: (text: string, example: string) =>
    `"${text}" is not a name for a lab: up to 24 small letters, digits and dashes, as in ${example}`,
  notLabHost: (text: string, hosts: string) => `"${text}" is not a host of the lab: there are ${hosts}`,
  labFolderNotMade: (folder: string, reason: string) => `${folder}: can't be made: ${reason}`,

  // Arguments
  labTakesCommand: (names: string) => `lab takes a command: there are ${names}; see lbqos lab --help`,
  notLabCommand: (text: string, names: string) =>
    `"${text}" is not a command of lab: there are ${names}; see lbqos lab --help`,
  notEvent: (text: string) => `--at: "${text}" is not an event such as 0.5:fa:stop; see lbqos lab run --help`,
  notImpairment: (option: string, text: string) =>
    `${option}: "${text}" can't be understood; see lbqos lab run --help`,
  notBackend: (option: string, text: string, backends: string) =>
    `${option}: "${text}" is not a backend: there are ${backends}`,
  notUri: (text: string) => `--uri: "${text}" is not a path such as /slow?s=0.02`,
  tooFewRequests: (requests: number, clients: number, calls: number) =>
    `--requests: ${requests} are too few for ${clients} clients with ${calls} requests on each connection`,
  httperfIpv4: () => "--ipv6: httperf speaks IPv4 only: --generator python, node, wrk or ab",
  bodyNeedsPython: () => "--body: only --generator python and node send bodies",
  protocolsNeedNode: (generator: string) =>
    `--generator: ${generator} does not log the secrets of TLS, or speak HTTP/2 and gRPC: --generator node`,
  numberNeedsNode: () => "--uri: only --generator node puts the request's number in place of {n}",
  grpcIsHttp2: () => "--http2: --grpc speaks HTTP/2 on both sides already: leave --http2 out",
  tlsVersionAlone: () => "--tls-version: nobody speaks TLS: add --tls",
  notMethods: (text: string, methods: string) => `--methods: "${text}" is none of ${methods}`,

  // Programs
  programMissing: (program: string) =>
    `${program}: there is no such program; "lbqos lab check" says what is missing`,
  programNotStarted: (program: string, reason: string) => `${program}: can't be started: ${reason}`,
  programEndedAtOnce: (name: string, words: string) => `${name} ended at once: ${words}`,
  programNotReady: (name: string, seconds: number, words: string) =>
    `${name} was not ready after ${seconds} s: ${words}`,
  saidNothing: () => "it said nothing",
  stepFailed: (purpose: string, command: string, reason: string) => `${purpose}: ${command}: ${reason}`,
  tookLonger: (seconds: number) => `took more than ${seconds} s`,
  endedWithStatus: (status: number | null) =>
    status === null ? "ended by a signal" : `ended with status ${status}`,
  commandFailed: (name: string, how: string, words: string) =>
    `${name} ${how}${words === "" ? "" : `: ${words}`}`,

  // Studies
  folderNotStudy: (folder: string) =>
    `${folder}: is not empty, and holds no study of the lab: give a new folder`,
  settingsUnreadable: (path: string) => `${path}: can't be understood: give a new folder`,
  otherSettings: (folder: string, settings: readonly string[]) =>
    `${folder}: holds runs made with other settings (${settings.join(", ")}): give a new folder, or the same settings as before`,
  settingChanged: (name: string, before: string, now: string) => `${name} was ${before}, now ${now}`,
  testbedMissing: (manifest: string) =>
    `${manifest}: does not say how runs are made: it needs testbed: { load: …, capture: { interface: eth0 } }`,
  levelVariableTaken: (manifest: string, factor: string, variable: string) =>
    `${manifest}: the level of the factor "${factor}" can't be told to commands: ${variable} is something else. Give it another name`,
  testbedWithoutCapture: (manifest: string, method: string) =>
    `${manifest}: testbed does not say what records ${method}: capture: { interface: eth0 }, or a command`,
  testbedWithoutLoad: (manifest: string, method: string) =>
    `${manifest}: testbed does not say what sends the requests of ${method}: load: …`,

  // Runs
  ratesNotPaced: (generator: string, paced: string) =>
    `${generator} sends as fast as it is answered, so that several rates are one; take ${paced}`,
  methodAtRate: (method: string, rate: number) => `${method} at ${rate}/s`,
  methodAtLevels: (method: string, levels: string) => `${method} (${levels})`,
  runTitle: (method: string, backend: string, run: number) =>
    `${method}${backend === "" ? "" : ` to ${backend}`}, run ${run}`,
  recordsOn: (name: string, filter: string) => `on ${name}${filter === "" ? "" : `, filter ${filter}`}`,
  recordsInto: (recorder: string, path: string) => `${recorder}, into ${path}`,
  waitsThenChecks: (seconds: number) => `wait:    ${seconds} s, then the capture ends and is checked`,
  runFailed: (title: string, attempts: number, problems: readonly string[]) =>
    `${title} failed${attempts === 1 ? "" : ` ${attempts} times`}: ${problems.join("; ")}`,
  loadUnreadable: (file: string, generator: string) => `${file}: ${generator}'s output can't be understood`,
  countersUnreadable: (words: string) => `the switch's counters can't be read: ${words}`,
  captureNotBegun: (seconds: number) =>
    `the capture did not begin within ${seconds} s; tcpdump needs -U to write at once`,
  captureEndedBeforeLoad: () => "the capture ended before the load did",
  captureEndedBefore: () => "the capture ended before it began",
  recorderDropped: (packets: number) => `the recorder dropped ${packets} packets`,
  nothingSent: (generator: string) => `${generator} sent nothing`,
  connectionsFailed: (connections: number) => `${connections} connections failed`,
  onlySomeAnswered: (replies: number, requests: number) =>
    `only ${replies} of ${requests} requests were answered`,
  captureShowsFewer: (seen: number, replies: number) =>
    `the capture shows ${seen} requests at the backends, but ${replies} were answered`,
  captureShowsNone: () => "the capture shows no requests to the backends",
  captureShowsSome: (seen: number, sent: number) => `the capture shows ${seen} of ${sent} requests`,

  // What a lab needs
  rootForNamespaces: () => "root, to make network namespaces",
  programFor: (program: string, purpose: LabProgram) => `${program}, which ${purposes[purpose]}`,
  generatorProgram: (program: string) => `${program}, which sends requests with --generator ${program}`,
  pythonModule: (module: string) => `Python's ${module}, for the servers`,
  kernelFeature: (feature: KernelFeature) => `kernel: ${features[feature]}`,
  machineWithNamespaces: () =>
    "run it on a machine or in a container that may make them (docker run --privileged)",
};

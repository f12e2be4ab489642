import { didYouMean } from "../grammar.ts";

/** The command: its arguments, what it writes, and what the system says. */
export const command = {
  warning: (text: string) => `warning: ${text}`,
  internalError: (reason: string) =>
    `internal error (${reason}): this is a bug of lbqos, please report it with the command that you gave and, if you can, the capture; LBQOS_DEBUG=1 shows where`,

  // Progress and doubts of the commands
  nothingLearned: (why: string) => `nothing could be learned from a capture: ${why}`,
  notAudited: (run: string) => `not audited, because it can't be read: ${run}`,
  nothingToCompare: (path: string, why: string) => `${path}: there is nothing to compare: ${why}`,
  namesNothing: () => "it names neither captures nor tables",
  runLeftOut: (run: string) => `left out, because it can't be read: ${run}`,
  noManifest: (path: string) =>
    `no experiment.yaml in ${path}: methods and runs are taken from names, balancer and backends from the traffic`,
  chartsInPageOnly: (why: string) => `charts are in report.html only: ${why}`,
  reportWritten: (path: string) => `the report is in ${path}`,

  interrupted: (isKept: boolean) =>
    `interrupted${isKept ? "; captures analyzed so far are kept for the next time" : ""}`,

  // Arguments
  seeHelp: (problem: string, help: string) => `${problem}; see ${help}`,
  notLanguage: (where: string, text: string, languages: string) =>
    `${where}: "${text}" is not a language of lbqos; there are ${languages}`,
  unknownCommand: (name: string, names: string) =>
    `unknown command "${name}": there are ${names}; see lbqos --help`,
  fileForCommand: (name: string) => `unknown command "${name}": to measure a capture: lbqos analyze ${name}`,
  unknownOption: (option: string, near: string) => `unknown option '${option}'${didYouMean(near)}`,
  unknownSubcommand: (name: string, near: string) => `unknown command '${name}'${didYouMean(near)}`,
  missingArgument: (name: string) => `missing required argument '${name}'`,
  optionWithoutValue: (option: string) => `option '${option}' argument missing`,
  missingOption: (option: string) => `required option '${option}' not specified`,
  notChoice: (option: string, value: string, choices: string) =>
    `option '${option}' argument '${value}' is invalid. Allowed choices are ${choices}`,
  argumentNotChoice: (name: string, value: string, choices: string) =>
    `command-argument value '${value}' is invalid for argument '${name}'. Allowed choices are ${choices}`,
  optionsConflict: (option: string, other: string) =>
    `option '${option}' cannot be used with option '${other}'`,
  tooManyArguments: (name: string, expected: number, got: number) =>
    `too many arguments${name === "" ? "" : ` for '${name}'`}. Expected ${expected} argument${expected === 1 ? "" : "s"} but got ${got}`,
  outputNotWritten: (reason: string) => `standard output can't be written: ${reason}`,
  standardOutput: () => "standard output",
  exchangesNotWritten: (name: string, reason: string) => `exchanges can't be written to ${name}: ${reason}`,
  overCapture: (option: string, capture: string) => `${option} would overwrite the capture ${capture}`,
  annotateNeedsFile: () =>
    "--annotate reads the capture a second time: give files in place of standard input",
  folderNotWritten: (path: string, reason: string) => `${path}: can't be written into: ${reason}`,
  fileNotWritten: (path: string, reason: string) => `${path}: can't be written: ${reason}`,
  profileNotRead: (path: string, reason: string) => `${path}: the category profile can't be read: ${reason}`,
  notRate: (text: string) => `--bandwidth: "${text}" is no rate such as 100M or 1Gbit/s`,
  folderNotMade: (path: string, reason: string) => `${path}: the folder can't be made: ${reason}`,
  targetIsFolder: (path: string) => `${path}: is a folder; give the name of a file in it`,
  writeOverReplayed: (path: string) => `--write would overwrite the capture that is replayed, ${path}`,
  recordingIsThere: (path: string) => `${path}: is there already; --force records over it`,
  backendNameEmpty: (text: string) =>
    `--backend "${text}": the name is empty, give NAME=ADDRESS or the address alone`,
  balancerPort: (text: string) =>
    `--balancer: "${text}" has a port, but a balancer asks its backends from changing ports: give the address alone`,
  backendTwice: (option: string, name: string, first: string, second: string) =>
    `${option}: "${name}" is named twice, for ${first} and for ${second}`,
  sameServer: (option: string, name: string, at: string, other: string, otherAt: string) =>
    `${option}: "${name}" (${at}) and "${other}" (${otherAt}) are the same server`,
  auditTablesOnly: () =>
    "--means and --requests belong to a results table; a manifest names its tables itself",
  noSuchFolder: (folder: string) => `${folder}: there is no such folder`,
  initTakesFolder: (path: string) => `${path}: is a file; init takes the folder that the captures lie in`,
  manifestIsThere: (path: string) => `${path} is there already; --force writes a new one over it`,
  notChartFormat: (text: string, formats: string) => `--charts: "${text}" is none of ${formats}, none`,
  notDpi: (text: string, min: number, max: number) => `--dpi: "${text}" is no number from ${min} to ${max}`,
  oneSourceOnly: (source: string, other: string) =>
    `--filter: pairs of one source at a time, and these have ${source} and ${other}`,
  noTcpPacket: (files: string) => `no TCP packet in ${files}: nothing could be analyzed`,
  keysNotRead: (path: string, reason: string) => `cannot read the keys in ${path}: ${reason}`,
  keysNotReadAdvice: () =>
    "Let lbqos read the file (chmod, or the user who runs it): until then nothing is decrypted.",
  noKeys: (path: string) =>
    `no TLS secrets in ${path}: give the file that a program writes where SSLKEYLOGFILE says`,
  nothingReadable: (files: string) =>
    `no request in ${files} could be read: they are in TLS (--keys FILE decrypts it): nothing could be analyzed`,
  noHttpSpoken: (files: string) => `no connection in ${files} speaks HTTP: nothing could be analyzed`,
  pipeCapture: () => "standard input is a terminal: pipe a capture in, as in zcat FILE | lbqos analyze -",
  inputOnce: () => "standard input (-) can be read only once",
  outputTwice: (format: string) =>
    `--exchanges - and --${format} both need standard output: give --exchanges a file`,
  exchangesName: (path: string) =>
    `--exchanges: "${path}" must end in .csv, .jsonl, .ndjson, .har or .parquet, or be - for standard output`,
  notServer: (option: string, text: string) =>
    `${option}: "${text}" is neither an address, ADDRESS:PORT or [IPV6]:PORT, nor the name of a --backend`,
  notRequestTime: (option: string, text: string) =>
    `${option}: "${text}" is neither a time of day such as 16:05:15 nor seconds since the capture's first frame`,
  notStatus: (text: string) => `--status: "${text}" is no status such as 503, 5xx, 500-599 or none`,
  notExchangeState: (text: string, states: string) => `--state: "${text}" is none of ${states}`,
  notMilliseconds: (option: string, text: string) =>
    `${option}: "${text}" is no time in ms such as 250 or 0.5`,
  pageNeedsToken: (host: string, variable: string) =>
    `--http ${host}: others could watch there: give a token (--token, or ${variable}), or listen on 127.0.0.1`,
  notManifest: (path: string) =>
    `${path}: is no manifest; "lbqos init FOLDER" writes an experiment.yaml to start from`,
  stayNeedsHttp: () => "--stay keeps the page: give --http too",
  tokenNeedsHttp: () => "--token is for the page: give --http too",
  notListenPlace: (text: string) => `--http: "${text}" is no place to listen such as 127.0.0.1:8080`,
  noTcpFrom: (where: string) => `no TCP packet from ${where}: nothing could be analyzed`,
  notTime: (option: string, text: string) => `${option}: "${text}" is no time such as 60s, 5m or 1h30m`,
  notSize: (option: string, text: string) => `${option}: "${text}" is no size such as 100M or 64MiB`,
  notWholeNumber: (option: string, text: string, min: number, max: number) =>
    `${option}: "${text}" is no whole number from ${min} to ${max}`,
  notJobs: (text: string, max: number) => `--jobs: "${text}" is no number of captures from 1 to ${max}`,
  speedIsForReplay: () => "--speed is for --replay",
  whereFrom: () =>
    "where from? --interface eth0 captures (lbqos interfaces lists them), --replay FILE plays a saved capture",
  interfaceTwice: (name: string) => `--interface: "${name}" is named twice`,
  bufferOutOfRange: (text: string, max: number) => `--buffer: "${text}" is not between 1 MiB and ${max} MiB`,
  notSpeedFactor: (text: string) => `--speed: "${text}" is no factor such as 10 or 0.5, nor max`,
  sayWhichRun: () => "--experiment: say which run is recorded: --method NAME --run NUMBER",
  levelNeedsExperiment: () => "--level: it is the level of an experiment's run: give --experiment too",
  notLevel: (text: string) => `--level: "${text}" is no factor with its level, such as load=300`,
  oneBackendOfTest: () => "--backend: with --experiment it names the one backend of a direct test",
  rotationNeedsWrite: () => "--rotate-size and --rotate-time are for a recording: give --write too",
  writeNeedsFile: () => "--write: the report has standard output; give the recording a file",
  writeCompression: (path: string) => `--write: "${path}": recordings are plain or compressed as .gz`,
  everyTooShort: (text: string) =>
    `--every: "${text}" is less than a second, and figures are made once a second`,
  systemReason: (_code: string, reason: string) => reason,
};

/** An experiment's manifest, tables and runs. */
const valueKinds = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of fields",
  nothing: "nothing",
};

/** Kinds of values in a manifest. */
export type ValueKind = keyof typeof valueKinds;

export const experiment = {
  doubtOfRun: (run: string, doubt: string, others: number) =>
    `${run}: ${doubt}${others === 0 ? "" : ` (and the like in ${others} more ${others === 1 ? "run" : "runs"})`}`,
  noFileNameForRun: (manifest: string, run: number, method: string, stem: string) =>
    `${manifest}: no file name would be run ${run} of ${method}; name it there: captures: [{ files: ${stem}-${run}.pcapng, run: ${run} }]`,
  runIsThere: (manifest: string, run: number, method: string, files: readonly string[]) =>
    `${manifest}: run ${run} of ${method} is there already, in ${files.length} files: ${files.join(", ")}; move them away first`,
  noSuchMethod: (manifest: string, name: string, hint: string) =>
    `${manifest}: has no method "${name}"; ${hint}`,
  thereIs: (names: string) => `there is ${names === "" ? "none" : names}`,
  didYouMean: (name: string) => `did you mean "${name}"?`,
  methodWithoutCaptures: (manifest: string, name: string, stem: string) =>
    `${manifest}: method ${name} has no captures; say where they lie: captures: ${stem}-*.pcapng`,
  sayWhichLevels: (manifest: string, name: string, there: string, example: string) =>
    `${manifest}: ${name} has captures at ${there}: say at which, as in ${example}`,
  leaveLevelsOut: (manifest: string, name: string) =>
    `${manifest}: the captures of ${name} have no levels: leave --level out`,
  sayWhichBackend: (manifest: string, name: string, example: string) =>
    `${manifest}: ${name} records its backends one by one: say which, as in --backend "${example}"`,
  leaveBackendOut: (manifest: string, name: string) =>
    `${manifest}: ${name} records all its backends at once: leave --backend out`,
  noCapturesOfBackend: (manifest: string, name: string, backend: string, there: string) =>
    `${manifest}: ${name} has no captures of "${backend}"; there is ${there}`,
  noCaptureHere: () =>
    "there is no capture here (.pcap, .pcapng or .cap, also .gz or .zst); record some first",
  tooBigFor: (file: string, what: string) =>
    `${file}: is too big for ${what} (over 1 MiB); is it another file?`,
  fileIsEmpty: (file: string, advice: string) => `${file}: is empty; ${advice}`,
  isNot: (file: string, what: string) => `${file}: is not ${what}`,
  fieldProblem: (file: string, line: number, field: string, problem: string, more: number) =>
    `${file}:${line}: ${field === "" ? "" : `${field} `}${problem}${more === 0 ? "" : ` (and ${more} more)`}`,
  notYaml: (file: string, line: number, reason: string) => `${file}:${line}: is not valid YAML: ${reason}`,
  yamlUnreadable: (file: string, reason: string) => `${file}: can't be read as YAML: ${reason}`,
  methodInBoth: (file: string, line: number, method: string) =>
    `${file}:${line}: method ${method} has captures in the manifest too, and two sources would count as one method; call it something else in one of them`,
  methodCapitals: (file: string, line: number, method: string, other: string) =>
    `${file}:${line}: method ${method} differs from ${other} in capitals only; spell both the same, or give one a name of its own`,
  noField: (key: string, hint: string) => `has no field "${key}"; ${hint}`,
  thereAre: (names: string) => `there are ${names}`,
  notValue: (fault: string, got: string) => `${fault}, not ${got}`,
  isMissing: () => "is missing",
  isEmpty: () => "is empty",
  mustBe: (what: string, got: string, hint: string) => `must be ${what}, not ${got}${hint}`,
  kindOfValue: (kind: ValueKind) => valueKinds[kind],
  atLeast: (limit: string) => `at least ${limit}`,
  above: (limit: string) => `above ${limit}`,
  atMost: (limit: string) => `at most ${limit}`,
  oneOf: (choices: string) => `one of ${choices}`,
  noHint: () => "",
  putInQuotes: () => "; put it in quotes",
  perhaps: (name: string) => `; did you mean "${name}"?`,
  tableTooBig: (file: string) => `${file}: is too big for a table (over 64 MiB)`,
  tableIsEmpty: (file: string) => `${file}: is empty; a table needs a header line`,
  unevenCells: (file: string, line: number, cells: number, expected: number, separator: string) =>
    `${file}:${line}: has ${cells} cells where the header has ${expected}; fill the missing cells or quote those that contain "${separator}"`,
  textAfterQuote: (file: string, line: number) =>
    `${file}:${line}: has text after a closing quote; double the quotes within a cell`,
  quoteNotClosed: (file: string, line: number) =>
    `${file}:${line}: a quoted cell is never closed; add the missing "`,
  headerOnly: (file: string) => `${file}: has a header and no rows`,
  throughputWithoutUnit: (file: string, column: string) =>
    `${file}:1: "${column}" has no unit; call it throughput_mbps or throughput_kbps`,
  notResults: (file: string, known: string, header: string) =>
    `${file}:1: is not a table of results; it needs a column method and some of ${known}, and has ${header}`,
  columnTwice: (file: string, column: string) => `${file}:1: has two columns for what "${column}" means`,
  cellProblem: (file: string, line: number, column: string, problem: string) =>
    `${file}:${line}: ${column}: ${problem}`,
  notRequestsTable: (file: string) =>
    `${file}:1: is not a table of requests; it needs a column run and one for each backend, and may have sent and total`,
  notRequestCount: (text: string) => `"${text}" is not a whole number of requests`,
  noGeneratorReport: (file: string) => `there is no ${file}`,
  noGeneratorReportAdvice: () =>
    "See where the load generator wrote its report: generator in the manifest says where it is looked for.",
  notGeneratorReport: (file: string, tools: string) =>
    `${file}: is no report of a load generator that lbqos reads (${tools})`,
  generatorLate: (runs: string, reached: string, wanted: string) =>
    `the load generator was late: it sent ${reached} requests/s where ${wanted} were asked for (${runs})`,
  generatorLateAdvice: () =>
    "What was measured is a lower load; take a stronger machine, more connections, or a lower rate.",
  littlesLaw: (runs: string, busy: string, connections: string) =>
    `the load generator's figures can't be: mean response time × rate keeps ${busy} connections busy, and it had ${connections} (${runs})`,
  littlesLawAdvice: () =>
    "By Little's law there are as many requests under way as rate × time; see whether the report is of this run.",
  methodIsEmpty: () => "is empty; every row needs its method",
  tooManyMethods: (count: number, limit: number) =>
    `${count} methods are too many: at most ${limit} can be compared with each other; compare fewer at a time`,
  notNumber: (text: string) => `"${text}" is not a number, or beyond 10^15`,
  notRunNumber: (text: string) => `"${text}" is not a run number`,
  aManifest: () => "a manifest",
  aProfile: () => "a category profile",
  initWritesOne: () => '"lbqos init FOLDER" writes a manifest to start from',
  docsShowOne: () => "the README shows one",
  numberTheRuns: () => "is empty; number the runs 1, 2, …",
};

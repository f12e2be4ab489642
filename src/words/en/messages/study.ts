/** An experiment on disk: what is there, what can't be read, and doubts about its plan. */
export const study = {
  noSuchPath: (path: string) => `${path}: there is no such file or folder`,
  singleCapture: (path: string) =>
    `${path} is a single capture: "lbqos analyze" measures it, and to compare methods give the folder of their runs`,
  neitherExperimentNorTable: (path: string) =>
    `${path}: is neither an experiment (a folder, or a manifest that ends in .yaml) nor a results table (.csv, .tsv)`,
  cannotRead: (path: string, reason: string) => `${path}: can't be read: ${reason}`,
  thereIsNoFile: () => "there is no such file",
  permissionDenied: () => "permission denied",
  notFile: (path: string) => `${path}: is not a file`,
  tableFileTooBig: (path: string) => `${path}: is too big for a table (over 64 MiB)`,
  noCaptureBelow: (folder: string) =>
    `${folder}: there is no capture below it (.pcap, .pcapng or .cap, also .gz or .zst); record some, or give another folder`,
  tooManyFiles: (folder: string, limit: number) =>
    `${folder}: has more than ${limit} files below it; give the folder of the experiment itself`,
  addressesNotSeen: (manifest: string, files: string, wrong: string, shown: string, more: number) =>
    `${manifest}: no capture shows the balancer asking a backend; ${files} has no requests of ${wrong}, but ${shown}${more === 0 ? "" : `, and ${more} more`}; correct the addresses`,

  manifestInferred: (methods: string) =>
    `there is no experiment.yaml: methods (${methods}) and runs were taken from the names of folders and files`,
  manifestInferredAdvice: () =>
    '"lbqos init FOLDER" writes down what was understood, to be corrected and completed.',
  runNotRead: (method: string, run: number, reason: string) => `${method} run ${run}: ${reason}`,
  notAnalyzed: () => "not analyzed",
  leftOut: (what: string) => `left out: ${what}`,
  leftOutAdvice: () => "Record the run again, or take its capture out of the experiment.",
  atPlace: (place: string, what: string) => `${place}: ${what}`,
  noFileFits: (method: string, pattern: string) => `method ${method}: no file fits ${pattern}`,
  keysStayHere: () =>
    "--queue hands no keys to workers, and the manifest names some (keys) or some lie beside the captures: compare without --queue, or put the secrets into the captures (editcap --inject-secrets)",
  noFileFitsAdvice: () => "Check the name in the manifest, or record the missing runs.",
  captureInTwoRuns: (file: string, method: string, run: number, otherMethod: string, otherRun: number) =>
    `${file} is a capture of ${otherMethod} run ${otherRun} and of ${method} run ${run}`,
  captureInTwoRunsAdvice: () =>
    "Make the patterns in the manifest narrower, so that each capture belongs to one run.",
};

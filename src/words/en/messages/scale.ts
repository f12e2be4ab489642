/** Columns for other programs, and work on several machines. */
export const scale = {
  notParquetName: (option: string, path: string) => `${option}: "${path}" must end in .parquet`,
  nothingToPartition: () =>
    "--partition-by: nothing goes into Parquet files; give --exchanges, --connections or --seconds a name that ends in .parquet",
  partitionsNowhere: () => "--partition-by needs --parquet FOLDER: nothing goes into Parquet files",
  partsAreThere: (folder: string) =>
    `${folder}: holds files already, and those of another command must not be read with the new ones: delete it, or give another folder`,
  tooManyPartitions: (limit: number) =>
    `--partition-by: there are more than ${limit} backends; name those that matter with --backend, or leave the option out`,
  tableCut: (path: string, rows: number) =>
    `${path} holds ${rows} row${rows === 1 ? "" : "s"}, up to where the analysis was interrupted`,
  tableNotWritten: (path: string) => `${path} was not written: the analysis was interrupted before`,
  columnsCut: (folder: string, written: number, captures: number) =>
    `${folder} holds the tables of the first ${written} of ${captures} captures`,
  columnsWritten: (folder: string) => `the columns are in ${folder}`,

  // The queue
  notQueueUrl: (text: string) =>
    `--queue: "${text}" is not redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS`,
  bullMqMissing: () =>
    "a queue needs the packages bullmq and ioredis, which are not installed: npm install bullmq ioredis",
  queueNotReached: (queue: string, reason: string) => `the queue at ${queue} can't be used: ${reason}`,
  queuePassword: () => "user or password is wrong, or missing: give it in the URL or in LBQOS_QUEUE_PASSWORD",
  nobodyListens: () => "nobody listens there; start redis-server, or correct the address",
  hostNotFound: () => "there is no such host",
  noAnswer: () => "no answer",
  tlsFailed: (reason: string) =>
    `TLS failed (${reason}): rediss:// is for servers with TLS, redis:// for those without, and NODE_EXTRA_CA_CERTS names the certificate of your own authority`,
  queueLost: (queue: string, seconds: number) =>
    `the queue at ${queue} has been away for ${seconds} s: what was done is kept, and the same command goes on from there`,
  queueAway: (queue: string) => `the queue at ${queue} does not answer; trying again until it does`,
  noWorkers: (queue: string) =>
    `no worker is connected to the queue at ${queue}: waiting for one; on a machine with the captures: lbqos worker --queue redis://${queue} --root FOLDER`,
  captureOutsideRoot: (folder: string, root: string) =>
    `${folder} is not below ${root}: give --root a folder that the experiment lies in, here and for the workers`,
  rootNotThere: (root: string) => `there is no folder ${root}`,
  captureNotHere: (path: string) => `${path} is not below its --root`,
  captureNotAllowed: (path: string) => `${path} is no capture below its --root, and nothing else is opened`,
  captureDiffers: (paths: string) => `its copy of ${paths} has other content`,
  otherVersion: (own: string, wanted: string) =>
    own === wanted
      ? `it is another build of lbqos ${own}: install the same everywhere`
      : `it is lbqos ${own}, and the job is for ${wanted}: install the same everywhere`,
  jobDeclined: (files: string, why: string) => `left to other workers: ${files}: ${why}`,
  notOurJob: (id: string) => `refused: job ${id} is not one of lbqos`,
  workerSays: (worker: string, why: string) => `worker ${worker}: ${why}`,
  nobodyCan: (reasons: readonly string[]) => `no worker can analyze it (${reasons.join("; ")})`,
  workersDied: (times: number) => `${times} workers died or hung over it, and it is not tried again`,
  gaveUp: (times: number, reason: string) => `given up after ${times} attempts: ${reason}`,
  resultTooLarge: (megabytes: number) =>
    `its result is too large for Redis (${megabytes} MB): give --store FOLDER, shared by all, to the workers and to compare`,
  resultNotInStore: (store: string) =>
    `its result is not in the store ${store}: give workers and compare the same --store`,
  storeNotWritten: (store: string, reason: string) => `--store ${store}: can't be written into: ${reason}`,
  workerReady: (queue: string, root: string) =>
    `waiting for jobs of the queue at ${queue}; captures are opened below ${root} only`,
  workerStopping: () => "ending after the captures under way; once more ends at once",
  queueOptionAlone: (option: string) => `${option} is for --queue: give that too`,
  notPart: (text: string) => `--part: "${text}" is not K/N, the Kth of N shares, as in 3/8`,
  partNeedsCache: () => "--part keeps its results for a later comparison: it can't go with --no-cache",
  partNeedsManifest: () => '--part needs an experiment.yaml: "lbqos init FOLDER" writes one',
  partDone: (runs: number, share: number, shares: number) =>
    `${runs} run${runs === 1 ? "" : "s"} of share ${share} of ${shares} analyzed and kept`,
};

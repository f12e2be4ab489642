/** What commands print besides reports: progress, what was written, the state of labs. */
const runs = (count: number): string => `${count} ${count === 1 ? "run" : "runs"}`;

export const output = {
  progress: {
    runs: (done: number, total: number) => `${done} of ${runs(total)}`,
    preparing: "preparing",
    requests: (count: number) => `${count} requests`,
    left: (time: string) => `about ${time} left`,
  },
  init: {
    understood: (path: string, captures: number) =>
      `${path}: ${captures} ${captures === 1 ? "capture" : "captures"} understood as`,
    method: "method",
    withoutBalancer: "without the balancer",
    balancer: "balancer",
    noBalancer: "not found: fill it in, or the pairs are discovered",
    backend: "backend",
    backendAt: (name: string, endpoint: string) => `${name} at ${endpoint}`,
    next: (command: string) => `Check it, then: ${command}`,
  },
  runsMade: {
    toMake: (missing: number, there: number) => `${runs(missing)} to be made, ${there} there already`,
    ofTestbed: (total: number, made: number, there: number, repeated: number, command: string) =>
      `${runs(total)} (${made} made now, ${there} were there${repeated === 0 ? "" : `, ${repeated} repeated`}); compare them: ${command}`,
    ofLab: (total: number, folder: string, made: number, repeated: number, manifest: string) =>
      `${runs(total)} in ${folder} (${made} made now${repeated === 0 ? "" : `, ${repeated} repeated`}${made === total ? "" : `, ${total - made} were there`}): ${manifest}`,
  },
  lab: {
    none: "There is no lab.",
    removed: (names: string) => `Removed lab ${names}.`,
    states: { there: "there", missing: "missing", "not tried": "not tried" },
    optional: "missing (needed only where asked for)",
    canRun: "A lab can run here.",
    cannotRun: "A lab can't run here yet.",
    install: "Install what is missing",
    installRest: "For the rest",
    isUp: (name: string, description: string) => `Lab "${name}" is up: ${description}`,
    try: (command: string) => `Try: ${command}`,
    end: (command: string) => `End: ${command}`,
    undone: 'Undone by "lbqos lab down":',
    status: {
      up: "up",
      "in use": "in use",
      "left over": 'left over: its lbqos was killed; "lbqos lab down" cleans up',
    },
    usedBy: (what: string, pid: number) => ` by lbqos ${what} (process ${pid})`,
    lab: (name: string, state: string) => `Lab "${name}": ${state}`,
    processes: (count: number) => `${count} processes`,
    notThere: "not there",
    filesIn: (folder: string) => `files in ${folder}`,
  },
  /** Comments between the commands of a dry run. */
  dryRun: {
    takes: (minutes: number) => `The runs take about ${minutes} min`,
    afterStart: "after the start",
    recorded: (host: string, file: string) => `recorded on ${host} by lbqos into ${file}`,
    settles: "what is on its way arrives",
    recorderEnds: "the recorder ends",
    runIsWhole: "the run is whole",
    end: "The end",
  },
};

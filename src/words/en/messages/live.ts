/** A run under way: recording, replay, and an analysis that falls behind. */
export const live = {
  damageFromEngine: (engine: string, what: string, byte: number) =>
    `${engine}: ${what} at byte ${byte} of its output: nothing from there on can be read; capture again`,
  noCaptureFromEngine: (engine: string, what: string) =>
    `${engine}: gives no capture: its output begins ${what}; it must write pcap or pcapng`,
  noSpeed: (speed: number) => `--speed ${speed}: is not a speed; give a number above 0, or max`,
  recordingNotOpened: (path: string, reason: string) => `${path}: ${reason}`,
  recordingEnded: (path: string, reason: string, frames: number) =>
    `${path}: the recording ended: ${reason}; the ${frames} frames before are kept`,
  framesBeforeKept: (failure: string, frames: number) => `${failure}; the ${frames} frames before are kept`,
  recordedAlready: (path: string, pid: number, host: string | null, lock: string) =>
    host === null
      ? `${path}: process ${pid} records into it; record under another name, or end that process first`
      : `${path}: process ${pid} on ${host} records into it; record under another name, or remove ${lock} if it has ended`,
  existsAlready: () => "exists already and is not overwritten; record under another name, or remove it first",
  noFolderToRecord: () => "there is no such folder; make it first (mkdir -p), or record elsewhere",
  recordIntoFolder: () => "is a folder; give the name of a file in it",
  mayNotRecord: () => "no permission to write there; record elsewhere, or change the folder's owner or mode",
  diskFull: () => "the disk is full; free space, or record elsewhere",
  quotaUsed: () => "the disk quota is used up; free space, or record elsewhere",
  cannotRecord: (code: string) => `can't be written (${code}); check the name and the disk`,
  fileTooLarge: () => "a file can't grow larger here; let the recording begin new files (rotation)",
  cannotRecordMore: (code: string) => `it can't be written any more (${code}); check the disk`,
  analysisFailed: (reason: string) =>
    `the analysis failed (${reason}), the recording did not; analyze it with: lbqos analyze FILE`,

  analysisSkipped: (frames: number) =>
    `The analysis fell behind and skipped ${frames} frames: they are recorded, but not in these figures.`,
  analysisSkippedAdvice: () =>
    "Analyze the recording (lbqos analyze) for the full figures; a capture filter leaves less to do.",
  analysisEnded: (reason: string) =>
    `The analysis ended before the capture (${reason}): these figures are of the time before.`,
  analysisEndedAdvice: () =>
    "Analyze the recording (lbqos analyze) for the full figures, and report this as a bug of lbqos.",
  processTimestamps: () =>
    "Frames were stamped when this process got to see them, not by the kernel: its own waiting is in every gap, so jitter and short times are too long.",
  processTimestampsAdvice: () => "Capture with dumpcap or tcpdump where times below a millisecond matter.",

  // What the command says meanwhile
  stoppedBefore: () => "stopped before the capture began",
  noTcpSeen: (where: string) => `no TCP packet was seen on ${where} before it was stopped`,
  endedAtOnce: (files: string) =>
    `ended at once, without a report${files === "" ? "" : `; recorded until now: ${files}`}`,
  viewFailed: (reason: string) =>
    `the view of the run failed (${reason}), the capture goes on; this is a bug of lbqos, please report it`,
  replays: (program: string, interfaces: readonly string[]) => `replays ${program}${on(interfaces)}`,
  capturesWith: (program: string, interfaces: readonly string[]) =>
    `captures with ${program}${on(interfaces)}`,
  pageIsAt: (url: string) => `the page is at ${url}`,
  reportNotRead: () => "nobody has read the whole report: standard output is closed, or goes nowhere",
  pageStays: (url: string) => `the page stays at ${url}; Ctrl-C ends it`,
  recordingIsIn: (files: string) => `the recording is in ${files}`,
  toAnalyzeAgain: (command: string) => `to analyze it again: ${command}`,
  otherFormat: (format: string) =>
    `it is ${format}, whatever its name says: lbqos and Wireshark go by the content`,
};

function on(interfaces: readonly string[]): string {
  return interfaces.length === 0 ? "" : ` on ${interfaces.join(", ")}`;
}

/** Bytes, files, formats, and the programs that capture. */

const fileKinds = {
  zip: "a ZIP archive",
  "7z": "a 7z archive",
  rar: "a RAR archive",
  tar: "a tar archive",
  bzip2: "bzip2 data",
  xz: "xz data",
  lzip: "lzip data",
  lz4: "lz4 data",
  compress: "data of compress",
  gzip: "gzip data",
  zstd: "zstd data",
  snoop: "a snoop capture",
  btsnoop: "a Bluetooth capture (btsnoop)",
  netmon2: "a Microsoft Network Monitor 2 capture",
  netmon1: "a Microsoft Network Monitor 1 capture",
  netxray: "a NetXray capture",
  sniffer: "a Sniffer capture",
  iptrace: "an AIX iptrace capture",
  nettl: "a HP-UX nettl capture",
  program: "a program",
  pdf: "a PDF document",
  png: "a PNG picture",
  jpeg: "a JPEG picture",
  "git-lfs": "a Git LFS pointer",
  html: "an HTML page",
  json: "a JSON document",
  "hex-dump": "a hex dump",
  text: "a text file",
  unknown: "data of an unknown kind",
};

/** What a file can be that is no capture. */
export type FileKindName = keyof typeof fileKinds;

export const capture = {
  // Sources
  noCaptureChosen: () =>
    "none of these files is a capture; choose files that end in .pcap, .pcapng or .cap, also with .gz or .zst",
  captureNotServed: (name: string) => `${name} could not be loaded; is lbqos open still running?`,
  noCaptureGiven: () => "no capture given; name at least one file",
  standardInputTwice: () => "-: standard input is named twice; name it once",
  standardInputIsTerminal: (example: string) =>
    `-: standard input is a terminal; pipe a capture into it, for example ${example}`,
  captureIsFolder: (path: string) =>
    `${path}: is a directory; name the captures in it, for example ${path}/*.pcapng`,
  notOpened: (path: string, reason: string) => `${path}: ${reason}`,
  noSuchFile: () => "no such file; check the name and the folder",
  mayNotRead: () => "no permission to read it; change its mode (chmod +r) or ask its owner",
  tooManyOpen: () => "too many files are open; raise the limit (ulimit -n)",
  cannotOpen: (code: string) => `can't be opened (${code}); check the name and the disk`,
  captureIsEmpty: (name: string, inside: string) =>
    `${name}: is empty${inside} (0 bytes): nothing was recorded or the copy failed`,
  notHere: () => "",
  insideData: (compression: string) => ` inside the ${compression} data`,
  compressedTwice: (name: string) => `${name}: is compressed twice; unpack it once and give the result`,
  zstdWindow: (name: string, mebibytes: number) =>
    `${name}: its zstd data needs ${mebibytes} MiB of memory; unpack it with: zstd -d --long=31`,
  copyAgain: (name: string, what: string) => `${name}: ${what}; copy the file again`,
  notCapture: (name: string, inside: string, magic: string, looksLike: string, advice: string) =>
    `${name}: is not a capture: byte 0${inside} (${magic}) begins ${looksLike}; ${advice}`,

  // What a file is instead, and what to do about it
  fileKind: (kind: FileKindName) => fileKinds[kind],
  archaicPcap: (major: number) => `a pcap file of the archaic version ${major}`,
  damagedPcapng: () => "a pcapng file whose byte-order magic (byte 8) is damaged",
  unknownPcapng: (version: string) => `a pcapng file of the unknown version ${version}`,
  giveCapture: () => "give the file that tcpdump -w, dumpcap or Wireshark wrote",
  convertCapture: () => "convert it with: editcap -F pcapng IN OUT.pcapng",
  convertHexDump: () => "convert it with: text2pcap IN OUT.pcapng",
  unpackCapture: (program: string) => `unpack it and give the capture inside (${program})`,
  fetchFromLfs: () => "fetch the capture itself with: git lfs pull",
  copyInBinary: () => "copy it again, in binary mode",
  serverSentPage: () => "the server answered with a page instead of the file; download the capture itself",

  // Early ends
  byteUnreadable: (byte: number, code: string) => `byte ${byte} can't be read (${code})`,
  streamFailed: (byte: number, code: string) => `the stream failed after byte ${byte} (${code})`,
  dataEndsEarly: (compression: string, byte: number) =>
    `the ${compression} data ends early, after byte ${byte}`,
  gzipDamaged: (byte: number, reason: string) => `the gzip data is damaged before byte ${byte} (${reason})`,
  zstdDamaged: (byte: number) => `the zstd data is damaged before byte ${byte}`,
  recordTooLong: (bytes: number) => `a record of ${bytes} bytes`,
  headerWithoutMagic: () => "a file header without pcap's magic number",
  sectionWithoutOrder: () => "a section header without a byte-order magic",
  sectionTooShort: () => "a section header that is too short",
  sectionVersion: (version: string) => `a section of pcapng version ${version}`,
  blockTooLong: (bytes: number) => `a block of ${bytes} bytes`,
  blockLengthsDiffer: (first: number, second: number) =>
    `a block whose two lengths differ, ${first} and ${second}`,
  packetBlockTooShort: () => "a packet block too short for its header",
  interfaceTooShort: () => "an interface description that is too short",
  statisticsTooShort: () => "interface statistics that are too short",
  packetTooLong: (bytes: number, block: number) => `a packet of ${bytes} bytes in a block of ${block}`,
  undescribedInterface: (number: number) =>
    `a packet of interface ${number}, which the file doesn't describe`,
  packetBeforeInterface: () => "a packet before the first interface description",
  atByte: (byte: number, isUncompressed: boolean) =>
    `byte ${byte}${isUncompressed ? " of the uncompressed data" : ""}`,

  // Warnings
  damagedAt: (name: string, what: string, place: string) =>
    `${name}: ${what} at ${place}: nothing from there on can be read`,
  endedEarly: (name: string, what: string) => `${name}: ${what}`,
  cutTail: (name: string, place: string) =>
    `${name}: is cut off: the record that begins at ${place} is not complete`,
  restMatters: () =>
    "Everything before it is analyzed; if the rest matters, copy the file again or record again.",
  recorderKilled: () =>
    "Everything before it is analyzed; the recorder was killed or a copy was not finished.",
  untimedFrames: (name: string, frames: number) =>
    `${name}: ${frames} frames were recorded without a time (simple packet blocks)`,
  untimedFramesAdvice: () =>
    "They count with the time of the frame before them; record with enhanced packet blocks.",
  lostFileAdvice: () => "The other files are analyzed; the file was changed or removed meanwhile.",
  farTimes: (frames: number) =>
    `${frames} frames are more than 104 days from the first: their times are not exact`,
  farTimesAdvice: () =>
    "A clock was set during the recording, or records are damaged; cut them out with editcap -A and -B.",
  noDate: () => "The frames' clock is outside of the years 0 to 9999: the capture's start has no date.",
  noDateAdvice: () =>
    "The recorder's clock was wrong, or records are damaged; times between frames are as recorded.",

  // Programs that capture
  noInterfaceGiven: () => "no interface to capture on; lbqos interfaces lists them",
  noEngine: () => "no capture engine",
  engineMissing: (engine: string, install: string) => `${engine} is not installed; install it: ${install}`,
  engineNotStarted: (engine: string, code: string) => `${engine} could not be started (${code})`,
  engineKilled: (engine: string, signal: string) => `${engine} was ended by ${signal}`,
  engineEnded: (engine: string, status: number | null, words: string) =>
    `${engine} ended by itself (status ${status})${words === "" ? "" : `: ${words}`}`,
  oneInterfaceOnly: (engine: string) =>
    `${engine} records on one interface; for several use dumpcap (sudo apt-get install wireshark-common), or any for all`,
  noSuchInterface: (name: string, existing: string) =>
    `${name}: no such interface${existing === "" ? "" : `; there are ${existing}`}`,
  interfaceDown: (name: string) => `${name}: the interface is down; bring it up: sudo ip link set ${name} up`,
  interfaceGone: (name: string) => `${name}: the interface is gone, so the capture ended`,
  mayNotCapture: (interfaces: string, remedy: string) => `${interfaces}: no permission to capture; ${remedy}`,
  allowProgram: (path: string) =>
    `allow it with: sudo setcap cap_net_raw,cap_net_admin=eip ${path}, or run lbqos with sudo`,
  groupOnly: (interfaces: string) =>
    `${interfaces}: dumpcap is for the group wireshark only; join it with: sudo usermod -aG wireshark $USER, log in again, or run lbqos with sudo`,
  useSudoOrDumpcap: () => "run lbqos with sudo, or install dumpcap: sudo apt-get install wireshark-common",
  noCaptureProgram: () =>
    "no capture program is installed; install one: sudo apt-get install wireshark-common",
  dumpcapForGroup: () =>
    "dumpcap is for the group wireshark; join it: sudo usermod -aG wireshark $USER, or use sudo",
  useSudo: () => "no permission to capture; use sudo",
  allowCapture: (program: string) =>
    `no permission to capture; allow it: sudo setcap cap_net_raw,cap_net_admin=eip ${program}, or use sudo`,
  isDown: (name: string) => `the interface is down; bring it up: sudo ip link set ${name} up`,
  captureFilterWrong: (filter: string, words: string) =>
    `capture filter "${filter}": ${words}; see man pcap-filter`,
  noAddressToCapture: (address: string) => `${address}: no IP address to capture by`,
  captureCommandEmpty: () => "the capture command is empty",
  commandMissing: (program: string) => `${program}: no such program; is it on PATH?`,
  commandEnded: (program: string, status: number | null, words: string) =>
    `${program} ended with status ${status}${words === "" ? "" : `: ${words}`}`,
  commandKilled: (program: string, signal: string, words: string) =>
    `${program} was ended by ${signal}${words === "" ? "" : `: ${words}`}`,
};

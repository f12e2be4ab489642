/** The programs that are raced: lbqos, and what its users would take instead. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { MILLION, TLS, TLS_KEYS } from "./captures.mjs";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const lbqos = (...args) => ["node", MAIN, "analyze", "--json", "--quiet", ...args];

export const LBQOS = "lbqos";
export const LBQOS_ONE_THREAD = "lbqos --threads 1";
export const LBQOS_SELECTION = "lbqos --threads 1 --filter";
export const LBQOS_LIVE = "lbqos live --replay";
export const TCPDUMP = "tcpdump, a filter";
export const TSHARK = "tshark -q -z io,stat,0";
export const TSHARK_HTTP = "tshark, http with two fields";
export const TCPTRACE = "tcptrace with RTT";
export const LBQOS_KEYS = "lbqos --keys";
export const TSHARK_KEYS = "tshark with the keys, http2 with two fields";

const PROGRAMS = {
  [LBQOS]: (file) => lbqos(file),
  [LBQOS_ONE_THREAD]: (file) => lbqos("--threads", "1", file),
  [LBQOS_SELECTION]: (file) => lbqos("--threads", "1", "--filter", "ip.dst == 192.168.56.103", file),
  [LBQOS_LIVE]: (file) => ["node", MAIN, "live", "--json", "--quiet", "--speed", "max", "--replay", file],
  cat: (file) => ["cat", file],
  [TCPDUMP]: (file) => ["tcpdump", "-r", file, "-w", "/dev/null", "host 192.168.56.109"],
  capinfos: (file) => ["capinfos", file],
  argus: (file) => ["argus", "-r", file, "-w", "/dev/null"],
  [TCPTRACE]: (file) => ["tcptrace", "-nlr", file],
  [TSHARK]: (file) => ["tshark", "-q", "-z", "io,stat,0", "-r", file],
  [TSHARK_HTTP]: (file) => [
    ...["tshark", "-r", file, "-Y", "http", "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len"],
  ],
};

/** The same with the keys of what is in TLS. */
const PROGRAMS_WITH_KEYS = {
  [LBQOS_KEYS]: (file) => lbqos("--keys", TLS_KEYS, file),
  [LBQOS]: (file) => lbqos(file),
  [TSHARK_KEYS]: (file) => [
    ...["tshark", "-r", file, "-o", `tls.keylog_file:${TLS_KEYS}`, "-Y", "http2"],
    ...["-T", "fields", "-e", "frame.time_epoch", "-e", "http2.headers.status"],
  ],
};

/** What takes minutes on a capture of gigabytes, and what reads no gzip. */
const SLOW = [TCPTRACE, TSHARK, TSHARK_HTTP];
const NO_GZIP = [TCPDUMP, "argus", TCPTRACE];

export const VERSION = ["node", MAIN, "--version"];
export const BARE_NODE = ["node", "-e", "0"];

/** The installed programs that can take part on a capture, as name and command. */
export function contestants(capture, file) {
  return Object.entries(capture === TLS ? PROGRAMS_WITH_KEYS : PROGRAMS)
    .map(([name, command]) => [name, command(file)])
    .filter(([name]) => ["small", "medium", TLS].includes(capture) || !SLOW.includes(name))
    .filter(([name]) => name !== LBQOS_LIVE || capture === MILLION)
    .filter(([name]) => !file.endsWith(".gz") || !NO_GZIP.includes(name))
    .filter(([, [program]]) => isInstalled(program));
}

function isInstalled(program) {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

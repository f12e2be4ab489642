/** Which requirements of a lab a machine lacks. */
import { existsSync } from "node:fs";
import { findProgram } from "../capture/engines/find-program.ts";
import type { KernelFeature, LabProgram } from "../words/en/messages/lab.ts";
import { type Message, message } from "../words/message.ts";
import { PYTHON } from "./flask-app.ts";
import { runProgram, systemPath } from "./run-program.ts";

export interface LabCheck {
  /** The requirement, with its purpose. */
  readonly what: Message;
  readonly state: "there" | "missing" | "not tried";
  /** Whether no lab can run without it. */
  readonly required: boolean;
  /** How to provide it; `null` where nothing can, or nothing needs to. */
  readonly remedy: { readonly debianPackage: string } | { readonly advice: Message } | null;
}

interface ProgramNeed {
  readonly program: string;
  readonly debianPackage: string;
  readonly purpose: LabProgram | "generator";
  readonly required: boolean;
}

/** Programs of the lab with their Debian packages. */
const labPrograms: readonly ProgramNeed[] = [
  { program: "ip", debianPackage: "iproute2", purpose: "ip", required: true },
  { program: "ethtool", debianPackage: "ethtool", purpose: "ethtool", required: true },
  { program: "nginx", debianPackage: "nginx-light", purpose: "nginx", required: true },
  { program: PYTHON, debianPackage: "python3", purpose: "python", required: true },
  { program: "httperf", debianPackage: "httperf", purpose: "httperf", required: true },
  { program: "dumpcap", debianPackage: "wireshark-common", purpose: "dumpcap", required: true },
  { program: "nft", debianPackage: "nftables", purpose: "nft", required: false },
  { program: "tc", debianPackage: "iproute2", purpose: "tc", required: false },
  { program: "cc", debianPackage: "gcc libc6-dev", purpose: "cc", required: false },
  { program: "openssl", debianPackage: "openssl", purpose: "openssl", required: false },
  { program: "haproxy", debianPackage: "haproxy", purpose: "haproxy", required: false },
  { program: "wrk", debianPackage: "wrk", purpose: "generator", required: false },
  { program: "ab", debianPackage: "apache2-utils", purpose: "generator", required: false },
];

interface FeatureNeed {
  readonly feature: KernelFeature;
  readonly commands: readonly string[];
  readonly required: boolean;
  /** A command that loads what is missing, or advice. */
  readonly advice: string | Message;
}

/** Tried in a network namespace without a name, which is gone with the command. */
const FEATURES: readonly FeatureNeed[] = [
  {
    feature: "namespaces",
    commands: ["true"],
    required: true,
    advice: message("machineWithNamespaces"),
  },
  {
    feature: "veth",
    commands: ["ip link add port0 type veth peer name port1"],
    required: true,
    advice: "modprobe veth",
  },
  {
    feature: "bridge",
    commands: ["ip link add br0 type bridge"],
    required: true,
    advice: "modprobe bridge",
  },
  {
    feature: "nftables",
    commands: [
      "nft add table bridge t",
      "nft 'add chain bridge t c { type filter hook forward priority 0; }'",
      "nft add rule bridge t c meta protocol ip numgen random mod 10 '<' 1 counter drop",
    ],
    required: false,
    advice: "modprobe nft_numgen",
  },
  {
    feature: "tbf",
    commands: ["tc qdisc add dev lo root tbf rate 1mbit burst 5000 latency 100ms"],
    required: false,
    advice: "modprobe sch_tbf",
  },
  {
    feature: "tap",
    commands: ["ip tuntap add dev tap0 mode tap"],
    required: false,
    advice: "modprobe tun",
  },
];

/** Looks for everything that a lab needs; leaves nothing behind. */
export async function checkLab(): Promise<LabCheck[]> {
  const isRoot = process.getuid?.() === 0;
  const root: LabCheck = {
    what: message("rootForNamespaces"),
    state: isRoot ? "there" : "missing",
    required: true,
    remedy: isRoot ? null : { advice: message("verbatim", "sudo lbqos lab check") },
  };
  const programs = labPrograms.map(({ program, debianPackage, purpose, required }): LabCheck => {
    const isThere = isProgram(program);
    return {
      what:
        purpose === "generator"
          ? message("generatorProgram", program)
          : message("programFor", program, purpose),
      state: isThere ? "there" : "missing",
      required,
      remedy: isThere ? null : { debianPackage },
    };
  });
  const modules = [
    await pythonModule("flask", "python3-flask"),
    await pythonModule("gunicorn", "python3-gunicorn"),
  ];
  const features = await Promise.all(FEATURES.map((feature) => tryFeature(feature, isRoot)));
  return [root, ...programs, ...modules, ...features];
}

function isProgram(program: string): boolean {
  return program.startsWith("/") ? existsSync(program) : findProgram(program)?.executable === true;
}

async function pythonModule(module: string, debianPackage: string): Promise<LabCheck> {
  const isThere = isProgram(PYTHON) && (await succeeds([PYTHON, "-B", "-c", `import ${module}`]));
  return {
    what: message("pythonModule", module),
    state: isThere ? "there" : "missing",
    required: true,
    remedy: isThere ? null : { debianPackage },
  };
}

async function tryFeature(
  { feature, commands, required, advice }: FeatureNeed,
  isRoot: boolean,
): Promise<LabCheck> {
  const what = message("kernelFeature", feature);
  if (!isRoot) return { what, state: "not tried", required, remedy: null };
  const works = await succeeds(["unshare", "--net", "sh", "-ec", commands.join("\n")]);
  const remedy = works ? null : { advice: typeof advice === "string" ? message("verbatim", advice) : advice };
  return { what, state: works ? "there" : "missing", required, remedy };
}

async function succeeds(argv: readonly string[]): Promise<boolean> {
  const result = await runProgram({ argv, environment: { PATH: systemPath() }, seconds: 30 });
  return result.status === 0;
}

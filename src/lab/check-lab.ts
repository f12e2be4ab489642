/** Which requirements of a lab a machine lacks. */
import { existsSync } from "node:fs";
import { findProgram } from "../capture/engines/find-program.ts";
import { PYTHON } from "./flask-app.ts";
import { runProgram, systemPath } from "./run-program.ts";

export interface LabCheck {
  /** The requirement, with its purpose. */
  readonly what: string;
  readonly state: "there" | "missing" | "not tried";
  /** Whether no lab can run without it. */
  readonly required: boolean;
  /** How to provide it; `null` where nothing can, or nothing needs to. */
  readonly remedy: { readonly debianPackage: string } | { readonly advice: string } | null;
}

interface ProgramNeed {
  readonly program: string;
  readonly debianPackage: string;
  readonly purpose: string;
  readonly required: boolean;
}

/** Programs of the lab with their Debian packages. */
const labPrograms: readonly ProgramNeed[] = [
  { program: "ip", debianPackage: "iproute2", purpose: "makes hosts and cables", required: true },
  { program: "ethtool", debianPackage: "ethtool", purpose: "turns offloads off", required: true },
  { program: "nginx", debianPackage: "nginx-light", purpose: "is the balancer", required: true },
  { program: PYTHON, debianPackage: "python3", purpose: "runs the Flask servers", required: true },
  { program: "httperf", debianPackage: "httperf", purpose: "sends the requests", required: true },
  { program: "dumpcap", debianPackage: "wireshark-common", purpose: "records", required: true },
  { program: "nft", debianPackage: "nftables", purpose: "loses packets on purpose", required: false },
  { program: "tc", debianPackage: "iproute2", purpose: "limits rates, delays packets", required: false },
  { program: "wrk", debianPackage: "wrk", purpose: "sends requests with --generator wrk", required: false },
  {
    program: "ab",
    debianPackage: "apache2-utils",
    purpose: "sends requests with --generator ab",
    required: false,
  },
];

interface FeatureNeed {
  readonly what: string;
  readonly commands: readonly string[];
  readonly required: boolean;
  readonly advice: string;
}

/** Tried in a network namespace without a name, which is gone with the command. */
const FEATURES: readonly FeatureNeed[] = [
  {
    what: "kernel: network namespaces",
    commands: ["true"],
    required: true,
    advice: "run it on a machine or in a container that may make them (docker run --privileged)",
  },
  {
    what: "kernel: virtual cables (veth)",
    commands: ["ip link add port0 type veth peer name port1"],
    required: true,
    advice: "modprobe veth",
  },
  {
    what: "kernel: bridge",
    commands: ["ip link add br0 type bridge"],
    required: true,
    advice: "modprobe bridge",
  },
  {
    what: "kernel: nftables on bridges, for loss",
    commands: [
      "nft add table bridge t",
      "nft 'add chain bridge t c { type filter hook forward priority 0; }'",
      "nft add rule bridge t c meta protocol ip numgen random mod 10 '<' 1 counter drop",
    ],
    required: false,
    advice: "modprobe nft_numgen",
  },
  {
    what: "kernel: tbf, for limited rates",
    commands: ["tc qdisc add dev lo root tbf rate 1mbit burst 5000 latency 100ms"],
    required: false,
    advice: "modprobe sch_tbf",
  },
  {
    what: "kernel: netem, for delay",
    commands: ["tc qdisc add dev lo root netem delay 1ms"],
    required: false,
    advice:
      "modprobe sch_netem; where the kernel has no such module, --delay-to and --delay-from can't be used",
  },
];

/** Looks for everything that a lab needs; leaves nothing behind. */
export async function checkLab(): Promise<LabCheck[]> {
  const isRoot = process.getuid?.() === 0;
  const root: LabCheck = {
    what: "root, to make network namespaces",
    state: isRoot ? "there" : "missing",
    required: true,
    remedy: isRoot ? null : { advice: "sudo lbqos lab check" },
  };
  const programs = labPrograms.map(({ program, debianPackage, purpose, required }): LabCheck => {
    const isThere = isProgram(program);
    return {
      what: `${program}, which ${purpose}`,
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
    what: `Python's ${module}, for the servers`,
    state: isThere ? "there" : "missing",
    required: true,
    remedy: isThere ? null : { debianPackage },
  };
}

async function tryFeature(
  { what, commands, required, advice }: FeatureNeed,
  isRoot: boolean,
): Promise<LabCheck> {
  if (!isRoot) return { what, state: "not tried", required, remedy: null };
  const works = await succeeds(["unshare", "--net", "sh", "-ec", commands.join("\n")]);
  return { what, state: works ? "there" : "missing", required, remedy: works ? null : { advice } };
}

async function succeeds(argv: readonly string[]): Promise<boolean> {
  const result = await runProgram({ argv, environment: { PATH: systemPath() }, seconds: 30 });
  return result.status === 0;
}

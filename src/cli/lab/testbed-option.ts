/** Options of `lab up` and `lab run` about the network and the balancer. */
import { Option, type Command as Subcommand } from "commander";
import { Failure } from "../../failure.ts";
import {
  type BalancerName,
  type BalancingMethod,
  type BalancingPlan,
  balancerNames,
} from "../../lab/balancing-plan.ts";
import { addressOf, BACKENDS, type HostSettings, MAX_CLIENTS } from "../../lab/lab-hosts.ts";
import {
  type LabProtocols,
  type ProtocolPlace,
  protocolPlaces,
  protocolsOf,
  type TlsVersion,
  tlsVersions,
} from "../../lab/lab-protocols.ts";
import { message } from "../../words/message.ts";
import { helpWords } from "../help-text.ts";
import { wholeNumber } from "../whole-number.ts";
import { type ImpairmentTexts, perBackend } from "./impairment-option.ts";

export interface TestbedOptions extends ImpairmentTexts {
  readonly clients: number;
  readonly balancer: BalancerName;
  readonly keepalive?: true;
  readonly workers: number;
  readonly weight?: readonly string[];
  readonly ipv6?: true;
  readonly timestamps: boolean;
  readonly sack: boolean;
  readonly offload?: true;
  readonly tls?: ProtocolPlace;
  readonly tlsVersion?: TlsVersion;
  readonly http2?: ProtocolPlace;
  readonly grpc?: true;
}

const MAX_WORKERS = 64;

/** The options that say what the testbed is like. */
export function addTestbedOptions(command: Subcommand): Subcommand {
  const words = helpWords().lab.testbed;
  const repeated = (flags: string, description: string) =>
    command.option(flags, description, (text: string, before: readonly string[] = []) => [...before, text]);
  command
    .addOption(new Option("--balancer <program>", words.balancer).choices(balancerNames).default("nginx"))
    .option("--keepalive", words.keepalive)
    .option("--workers <number>", words.workers, wholeNumber("--workers", 1, MAX_WORKERS), 1)
    .option("--clients <number>", words.clients, wholeNumber("--clients", 1, MAX_CLIENTS), 1);
  repeated("--weight <backend=number>", words.weight);
  repeated("--loss-to <percent>", words.lossTo);
  repeated("--loss-from <percent>", words.lossFrom);
  repeated("--limit-to <rate>", words.limitTo);
  repeated("--limit-from <rate>", words.limitFrom);
  repeated("--bursts-to <percent>", words.burstsTo);
  repeated("--bursts-from <percent>", words.burstsFrom);
  repeated("--duplicates-to <percent>", words.duplicatesTo);
  repeated("--duplicates-from <percent>", words.duplicatesFrom);
  repeated("--delay-to <ms>", words.delayTo);
  repeated("--delay-from <ms>", words.delayFrom);
  repeated("--jitter-to <ms>", words.jitterTo);
  repeated("--jitter-from <ms>", words.jitterFrom);
  repeated("--reorder-to <ms>", words.reorderTo);
  repeated("--reorder-from <ms>", words.reorderFrom);
  return command
    .option("--ipv6", words.ipv6)
    .option("--no-timestamps", words.noTimestamps)
    .option("--no-sack", words.noSack)
    .option("--offload", words.offload)
    .addOption(new Option("--tls [where]", words.tls).choices(protocolPlaces).preset("front"))
    .addOption(new Option("--tls-version <version>", words.tlsVersion).choices(tlsVersions))
    .addOption(new Option("--http2 [where]", words.http2).choices(protocolPlaces).preset("front"))
    .option("--grpc", words.grpc);
}

/** The hosts' settings as the options say them. @throws Failure (status 2) */
export function hostSettings(options: TestbedOptions): HostSettings {
  const { ipv6, timestamps, sack, offload } = options;
  const protocols = labProtocols(options);
  return {
    ...{ ipv6: ipv6 === true, timestamps, sack, offload: offload === true },
    ...(protocols === null ? {} : { protocols }),
  };
}

/** `null`: HTTP/1 on both sides. @throws Failure (status 2) */
function labProtocols({ tls, tlsVersion, http2, grpc }: TestbedOptions): LabProtocols | null {
  if (grpc === true && http2 !== undefined) throw new Failure(message("grpcIsHttp2"), 2);
  if (tls === undefined && tlsVersion !== undefined) throw new Failure(message("tlsVersionAlone"), 2);
  if (tls === undefined && http2 === undefined && grpc !== true) return null;
  const [front, behind] = (["front", "behind"] as const).map((side) => ({
    tls: tls === side || tls === "both" ? (tlsVersion ?? "1.3") : null,
    http2: grpc === true || http2 === side || http2 === "both",
  })) as [LabProtocols["front"], LabProtocols["behind"]];
  return { front, behind, grpc: grpc === true };
}

/** The balancer, where it is another one than nginx. */
export function balancerOption({ balancer }: TestbedOptions): { balancer?: BalancerName } {
  return balancer === "nginx" ? {} : { balancer };
}

/** The balancer's set-up as the options say it. @throws Failure (status 2) */
export function balancingPlan(method: BalancingMethod, options: TestbedOptions): BalancingPlan {
  const weights = parseWeights(options.weight ?? []);
  return {
    ...balancerOption(options),
    method,
    keepAlive: options.keepalive === true,
    workers: options.workers,
    backends: BACKENDS.map((host, index) => ({
      address: addressOf(host, hostSettings(options)),
      weight: weights[index] ?? 1,
    })),
    protocols: protocolsOf(hostSettings(options)),
  };
}

/** The balancer's weights in the order of the backends. @throws Failure (status 2) */
export function parseWeights(texts: readonly string[]): number[] {
  const weights = perBackend("--weight", texts, (text) =>
    /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null,
  );
  return BACKENDS.map(({ name }) => weights.get(name) ?? 1);
}

/** The manifest of a study, with everything that the analysis needs to know. */

import { FOLDER_PLACE } from "../experiment/manifest/generator-file.ts";
import type { BackendTaps, CaptureSet, Manifest, ManifestMethod } from "../experiment/manifest/manifest.ts";
import { algorithmOf } from "../experiment/manifest/method-names.ts";
import { CAPTURE_PLACE } from "../experiment/manifest/tap-files.ts";
import { type Language, listText } from "../words/language.ts";
import { say } from "../words/say.ts";
import { wordsOf } from "../words/words.ts";
import { balancerOf, balancerPrograms } from "./balancer-program.ts";
import { hostTraits } from "./host-traits.ts";
import { impairmentText } from "./impairments.ts";
import { eventText } from "./lab-event.ts";
import {
  addressOf,
  BACKENDS,
  BALANCER,
  type BackendHost,
  clientHosts,
  type HostSettings,
} from "./lab-hosts.ts";
import { protocolTraits } from "./lab-protocols.ts";
import { pacedGenerators, reportedGenerators } from "./load-generator.ts";
import { IN_BLOCKS } from "./run-order.ts";
import {
  capturesPattern,
  RATE_FACTOR,
  type StudyMethod,
  type StudyOptions,
  type StudySettings,
  tapName,
} from "./study-plan.ts";

/** @param language of its notes and comments, and of the reports made by it */
export function studyManifest(options: StudyOptions, language: Language): Manifest {
  const { methods, settings, rates = [] } = options;
  const limits = new Set(settings.impairments.map(({ bitsPerSecond }) => bitsPerSecond));
  const [limit = null] = limits;
  return {
    title: wordsOf(language).study.title(balancerPrograms[balancerOf(settings)].title),
    language,
    balancer: addressOf(BALANCER, settings),
    backends: BACKENDS.map((host, index) => {
      const weight = settings.weights[index] ?? 1;
      return { name: host.title, address: addressOf(host, settings), ...(weight === 1 ? {} : { weight }) };
    }),
    ...(rates.length > 0 && { factors: [{ name: RATE_FACTOR, unit: "1/s" }] }),
    methods: methods.map((method) => manifestMethod(method, rates, settings)),
    ...(settings.clients === 1 &&
      reportedGenerators.includes(settings.generator) && {
        generator: `${FOLDER_PLACE}/${settings.generator}.txt`,
      }),
    results: [],
    ...(settings.taps && methods.some((method) => method !== "direct")
      ? { taps: backendTaps(settings) }
      : {}),
    load: {
      requests: settings.requests,
      requestsPerSecond: rates.length > 0 ? null : settings.requestsPerSecond,
    },
    bandwidthBitsPerSecond: limits.size === 1 ? limit : null,
    profile: "tiphon",
    notes: notes(options, language),
  };
}

/** All hosts of the lab have one clock, where none was bent. */
function backendTaps({ bentClocks = [] }: StudySettings): BackendTaps {
  return {
    synchronousClocks: bentClocks.length === 0,
    files: Object.fromEntries(BACKENDS.map((host) => [host.title, tapName(CAPTURE_PLACE, host)])),
  };
}

function manifestMethod(method: StudyMethod, rates: readonly number[], hosts: HostSettings): ManifestMethod {
  const isDirect = method === "direct";
  const [client] = clientHosts(1);
  return {
    name: method,
    algorithm: algorithmOf(method),
    baseline: isDirect,
    source: isDirect && client !== undefined ? addressOf(client, hosts) : null,
    captures: (isDirect ? BACKENDS : [null]).flatMap((backend) => captureSets(method, backend, rates)),
    results: null,
    requests: null,
  };
}

function captureSets(
  method: StudyMethod,
  backend: BackendHost | null,
  rates: readonly number[],
): CaptureSet[] {
  const about = { backend: backend?.title ?? null, run: null };
  if (rates.length === 0) return [{ files: [capturesPattern(method, backend)], ...about }];
  return rates.map((rate) => ({
    files: [capturesPattern(method, backend, rate)],
    ...about,
    levels: { [RATE_FACTOR]: `${rate}` },
  }));
}

/** How it was made, and what has to be known to read the results. */
function notes(options: StudyOptions, language: Language): string {
  const { methods, runs, settings, rates = [], order = IN_BLOCKS } = options;
  const { requests, requestsPerSecond, requestsPerConnection, uri, generator, clients, keepAlive } = settings;
  const { study: words } = wordsOf(language);
  const balancer = balancerOf(settings);
  const rateText = rates.length === 0 ? `${requestsPerSecond}` : listText(rates.map(String), language);
  const pace = pacedGenerators.includes(generator) ? words.paced(rateText) : words.unpaced;
  const sentences = [
    words.whereMade,
    words.runs(
      runs,
      order.kind === "blocks" ? words.inBlocks : words.atRandom(order.seed),
      generator,
      requests,
      uri,
      pace,
      words.connections(requestsPerConnection),
    ),
    ...(rates.length === 0 ? [] : [words.eachRate]),
    words.balancer(balancerPrograms[balancer].title, keepAlive, settings.workers),
    ...(methods.includes("ip-hash") && balancer === "nginx" ? [words.ipHash(clients)] : []),
    ...(methods.includes("ip-hash") && balancer !== "nginx" && clients === 1 ? [words.oneClient] : []),
    ...(methods.includes("consistent-hash") ? [words.consistentHash(uri)] : []),
    ...protocolTraits(settings).map((one) => words.protocols(say(one, language))),
    ...hostTraits(settings).map((one) => words.impaired(say(one, language))),
    ...settings.impairments.map((one) => words.impaired(say(impairmentText(one), language))),
    ...settings.events.map((one) => words.event(eventText(one))),
  ];
  return sentences.join(" ");
}

/** The manifest of a study, with everything that the analysis needs to know. */
import type { Manifest, ManifestMethod } from "../experiment/manifest/manifest.ts";
import { algorithmOf } from "../experiment/manifest/method-names.ts";
import { impairmentText } from "./impairments.ts";
import { eventText } from "./lab-event.ts";
import { BACKENDS, BALANCER, clientHosts } from "./lab-hosts.ts";
import { pacedGenerators } from "./load-generator.ts";
import { capturesPattern, type StudyMethod, type StudyOptions } from "./study-plan.ts";

/** @param program what recorded it, with version: `dumpcap 4.0.17` */
export function studyManifest({ methods, runs, settings }: StudyOptions): Manifest {
  const limits = new Set(settings.impairments.map(({ bitsPerSecond }) => bitsPerSecond));
  const [limit = null] = limits;
  return {
    title: "Load-balancing methods of NGINX in front of three Flask servers",
    language: "en",
    balancer: BALANCER.address,
    backends: BACKENDS.map(({ title, address }, index) => {
      const weight = settings.weights[index] ?? 1;
      return { name: title, address, ...(weight === 1 ? {} : { weight }) };
    }),
    methods: methods.map(manifestMethod),
    results: [],
    load: { requests: settings.requests, requestsPerSecond: settings.requestsPerSecond },
    bandwidthBitsPerSecond: limits.size === 1 ? limit : null,
    profile: "tiphon",
    notes: notes(methods, runs, settings),
  };
}

function manifestMethod(method: StudyMethod): ManifestMethod {
  const isDirect = method === "direct";
  const [client] = clientHosts(1);
  return {
    name: method,
    algorithm: algorithmOf(method),
    baseline: isDirect,
    source: isDirect ? (client?.address ?? null) : null,
    captures: isDirect
      ? BACKENDS.map((backend) => ({
          files: [capturesPattern(method, backend)],
          backend: backend.title,
          run: null,
        }))
      : [{ files: [capturesPattern(method, null)], backend: null, run: null }],
    results: null,
    requests: null,
  };
}

/** How it was made, and what has to be known to read the results. */
function notes(methods: readonly StudyMethod[], runs: number, settings: StudyOptions["settings"]): string {
  const { requests, requestsPerSecond, requestsPerConnection, uri, generator, clients } = settings;
  const kept =
    requestsPerConnection === 1 ? "a connection for each" : `${requestsPerConnection} on each connection`;
  const pace = pacedGenerators.includes(generator)
    ? `at ${requestsPerSecond}/s`
    : "as fast as they were answered";
  const sentences = [
    `Made by lbqos lab run in network namespaces on one machine, with no other traffic: the network is far better than a real one, so compare the methods rather than the absolute figures.`,
    `${runs === 1 ? "One run" : `${runs} runs`} of each method, interleaved; in each, ${generator} sent ${requests} requests for ${uri} ${pace}, ${kept}.`,
    `NGINX ${settings.keepAlive ? "kept its connections to the backends" : "opened a connection to a backend for each request"}.`,
    ...hashSentences(methods, clients, uri),
    ...settings.impairments.map((one) => `On purpose: ${impairmentText(one)}.`),
    ...settings.events.map((one) => `On purpose, at ${eventText(one)}.`),
  ];
  return sentences.join(" ");
}

function hashSentences(methods: readonly StudyMethod[], clients: number, uri: string): string[] {
  return [
    ...(methods.includes("ip-hash")
      ? [
          clients === 1
            ? "There is one client, so ip-hash serves every request from one backend: NGINX chooses by the first three octets of the client's address."
            : `There are ${clients} clients, each in a network of its own, since ip-hash chooses by the first three octets of the client's address.`,
        ]
      : []),
    ...(methods.includes("consistent-hash")
      ? [`consistent-hash chooses by the URI, and every request is for ${uri}: one backend serves them all.`]
      : []),
  ];
}

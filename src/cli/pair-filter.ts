/**
 * Wireshark display filters that say exactly a pair, `ip.src==A && ip.dst==B && http`: what users of Wireshark have in
 * their notes. Everything that says more than a pair is refused with its name, never silently left out.
 */
import { isIP } from "node:net";
import { Failure } from "../failure.ts";
import { isPort, parseEndpoint } from "./endpoint.ts";

/** One source → destination. */
export interface FilteredPair {
  readonly source: string;
  readonly destination: string;
  /** Of the destination; `null`: all. */
  readonly port: number | null;
}

type FieldMeaning = "source" | "destination" | "either" | "port";

/** What a field says of the pair, and the version of its addresses. */
const FIELDS: ReadonlyMap<string, { readonly fact: FieldMeaning; readonly version: 4 | 6 | null }> = new Map([
  ["ip.src", { fact: "source", version: 4 }],
  ["ip.dst", { fact: "destination", version: 4 }],
  ["ip.addr", { fact: "either", version: 4 }],
  ["ipv6.src", { fact: "source", version: 6 }],
  ["ipv6.dst", { fact: "destination", version: 6 }],
  ["ipv6.addr", { fact: "either", version: 6 }],
  ["tcp.dstport", { fact: "port", version: null }],
]);

/** Protocols that every pair has. */
const PROTOCOLS: readonly string[] = ["tcp", "http"];

/** What to do instead, for what people write most. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ["tcp.port", "it matches both directions: use tcp.dstport"],
  ["tcp.srcport", "it changes with every connection: leave it out, or use tcp.dstport"],
  ["ip.host", "use ip.src and ip.dst with addresses"],
  ["ip", "leave it out, the addresses say it"],
  ["ipv6", "leave it out, the addresses say it"],
  ["http.request", "leave it out, requests are counted apart anyway"],
  ["http.response", "leave it out, responses are counted apart anyway"],
  ["http.request.method", "leave it out, and choose by method from --exchanges"],
  ["http.response.code", "leave it out, statuses are counted apart anyway"],
]);

const COMPARISONS: readonly string[] = ["===", "==", "!==", "!=", "~=", ">=", "<=", ">", "<"];
const TOKEN = /\s*(\(|\)|&&|\|\||===|!==|[=!~<>]=|[!<>]|[^\s()&|=!~<>]+|\S)/gy;

/** Characters of a filter that are repeated in a message. */
const LONGEST_QUOTE = 200;

type FieldValues = Readonly<Record<FieldMeaning, Set<string>>>;
type Refuse = (reason: string) => never;

/**
 * The pair that a filter says.
 * @throws Failure (status 2) that names what can't be understood or says more, and what to write instead
 */
export function parsePairFilter(filter: string): FilteredPair {
  const refuse: Refuse = (reason) => {
    const quoted = filter.length > LONGEST_QUOTE ? `${filter.slice(0, LONGEST_QUOTE)}…` : filter;
    throw new Failure(`--filter "${quoted}": ${reason}`, 2);
  };
  const tokens = Array.from(filter.matchAll(TOKEN), (match) => match[1] ?? "");
  return pairOf(readFacts(tokens, refuse), refuse);
}

/** Terms joined by `and`: parentheses group them and change nothing, so only their balance is checked. */
function readFacts(tokens: readonly string[], refuse: Refuse): FieldValues {
  const facts: FieldValues = {
    source: new Set(),
    destination: new Set(),
    either: new Set(),
    port: new Set(),
  };
  let depth = 0;
  let termExpected = true;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? "";
    const word = token.toLowerCase();
    if (termExpected) {
      if (token === "(") {
        depth += 1;
        continue;
      }
      if (token === "!" || word === "not") refuse(`"${token}" says what is left out, a pair only what is in`);
      index += readTerm(word, tokens.slice(index + 1, index + 3), facts, refuse);
      termExpected = false;
    } else if (token === ")" && depth > 0) {
      depth -= 1;
    } else if (token === "&&" || word === "and") {
      termExpected = true;
    } else if (token === "||" || word === "or") {
      refuse(`"${token}" makes it more than one pair: give --filter once for each`);
    } else {
      refuse(`"${token}" stands where && was expected`);
    }
  }
  if (tokens.length === 0) refuse("it is empty");
  if (termExpected) refuse(`something is missing at its end, after "${tokens.at(-1)}"`);
  if (depth > 0) refuse('a ")" is missing');
  return facts;
}

/** Reads one term. Returns how many of the tokens after its name belong to it. */
function readTerm(name: string, next: readonly string[], facts: FieldValues, refuse: Refuse): number {
  const [comparison = "", value = ""] = next;
  const compared = COMPARISONS.includes(comparison) || /^(eq|ne|gt|lt|ge|le)$/i.test(comparison);
  if (PROTOCOLS.includes(name) && !compared) return 0;
  const field = FIELDS.get(name);
  if (field === undefined) {
    refuse(
      `"${name}" says more than a pair: ${ADVICE.get(name) ?? "leave it out, or measure what it chooses from --exchanges"}`,
    );
  }
  if (comparison !== "==" && comparison.toLowerCase() !== "eq") {
    refuse(`${name} has to be compared with ==, as in ${name}==${field.fact === "port" ? "80" : "ADDRESS"}`);
  }
  facts[field.fact].add(
    field.fact === "port" ? portValue(name, value, refuse) : addressValue(name, value, field.version, refuse),
  );
  return 2;
}

function portValue(name: string, value: string, refuse: Refuse): string {
  if (!isPort(value)) refuse(`"${value}" after ${name} is no port between 1 and 65535`);
  return String(Number(value));
}

function addressValue(name: string, value: string, version: 4 | 6 | null, refuse: Refuse): string {
  if (value.includes("/")) refuse(`"${value}" is a network, more than one address: give one`);
  const endpoint = isIP(value) === 0 ? `"${value}" after ${name} is no address` : parseEndpoint(value);
  if (typeof endpoint === "string") refuse(endpoint);
  if (isIP(value) !== version)
    refuse(
      `${name} has an IPv${version} address, "${value}" is none: use ${name.startsWith("ipv6") ? name.replace("ipv6", "ip") : name.replace("ip", "ipv6")}`,
    );
  return endpoint.address;
}

function pairOf(facts: FieldValues, refuse: Refuse): FilteredPair {
  const [source, otherSource] = facts.source;
  const [destination, otherDestination] = facts.destination;
  const [port, otherPort] = facts.port;
  for (const other of [otherSource, otherDestination, otherPort]) {
    if (other !== undefined)
      refuse(`"${other}" contradicts what is said before: give --filter once for each pair`);
  }
  const unplaced = [...facts.either].filter((address) => address !== source && address !== destination);
  if (source === undefined && destination === undefined) {
    refuse(
      unplaced.length > 0
        ? "ip.addr matches both directions, so it doesn't say who asks whom: use ip.src==ADDRESS && ip.dst==ADDRESS"
        : "it names no addresses: write ip.src==ADDRESS && ip.dst==ADDRESS",
    );
  }
  const [address, ...more] = unplaced;
  if (more.length > 0 || (address !== undefined && source !== undefined && destination !== undefined)) {
    refuse(
      `it names ${unplaced.length + (source === undefined ? 0 : 1) + (destination === undefined ? 0 : 1)} addresses, and a packet has two`,
    );
  }
  const from = source ?? address;
  const to = destination ?? address;
  if (from === undefined) refuse("it doesn't say the source: add ip.src==ADDRESS");
  if (to === undefined) refuse("it doesn't say the destination: add ip.dst==ADDRESS");
  if (isIP(from) !== isIP(to)) refuse(`no packet goes from ${from} to ${to}: one is IPv4, the other IPv6`);
  return { source: from, destination: to, port: port === undefined ? null : Number(port) };
}

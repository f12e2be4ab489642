/**
 * Wireshark display filters that say exactly a pair, `ip.src==A && ip.dst==B && http`: what users of Wireshark have in
 * their notes. Everything that says more than a pair is refused with its name, never silently left out.
 */
import { isIP } from "node:net";
import { filterFailure } from "../select/parse-filter.ts";
import { type Message, message } from "../words/message.ts";
import { isPort, parseEndpoint } from "./endpoint.ts";

/** One source → destination. */
export interface FilteredPair {
  readonly source: string;
  readonly destination: string;
  /** Of the destination; `null`: all. */
  readonly port: number | null;
}

type FieldMeaning = "source" | "destination" | "either" | "port" | "protocol";

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

/** HTTP is what a pair is measured by: without it, Wireshark would show more than is counted. */
const MEASURED = "http";
/** What may be said of a pair without a value. */
const PROTOCOLS: readonly string[] = ["tcp", MEASURED];

const COMPARISONS: readonly string[] = ["===", "==", "!==", "!=", "~=", ">=", "<=", ">", "<"];
const TOKEN = /\s*(\(|\)|&&|\|\||===|!==|[=!~<>]=|[!<>]|[^\s()&|=!~<>]+|\S)/gy;

type FieldValues = Readonly<Record<FieldMeaning, Set<string>>>;
type Refuse = (reason: Message) => never;

/**
 * The pair that a filter says.
 * @throws Failure (status 2) that names what can't be understood or says more, and what to write instead
 */
export function parsePairFilter(filter: string): FilteredPair {
  const refuse: Refuse = (reason) => {
    throw filterFailure(filter, reason);
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
    protocol: new Set(),
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
      if (token === "!" || word === "not") refuse(message("filterNegates", token));
      index += readTerm(word, tokens.slice(index + 1, index + 3), facts, refuse);
      termExpected = false;
    } else if (token === ")" && depth > 0) {
      depth -= 1;
    } else if (token === "&&" || word === "and") {
      termExpected = true;
    } else if (token === "||" || word === "or") {
      refuse(message("filterAlternatives", token));
    } else {
      refuse(message("filterUnexpected", token));
    }
  }
  if (tokens.length === 0) refuse(message("filterIsEmpty"));
  if (termExpected) refuse(message("filterUnfinished", tokens.at(-1) ?? ""));
  if (depth > 0) refuse(message("filterUnclosed"));
  return facts;
}

/** Reads one term. Returns how many of the tokens after its name belong to it. */
function readTerm(name: string, next: readonly string[], facts: FieldValues, refuse: Refuse): number {
  const [comparison = "", value = ""] = next;
  const compared = COMPARISONS.includes(comparison) || /^(eq|ne|gt|lt|ge|le)$/i.test(comparison);
  if (PROTOCOLS.includes(name) && !compared) {
    facts.protocol.add(name);
    return 0;
  }
  const field = FIELDS.get(name);
  if (field === undefined) refuse(message("filterSaysMore", name));
  if (comparison !== "==" && comparison.toLowerCase() !== "eq") {
    refuse(message("filterComparison", name, field.fact === "port" ? "80" : "ADDRESS"));
  }
  facts[field.fact].add(
    field.fact === "port" ? portValue(name, value, refuse) : addressValue(name, value, field.version, refuse),
  );
  return 2;
}

function portValue(name: string, value: string, refuse: Refuse): string {
  if (!isPort(value)) refuse(message("filterPort", value, name));
  return String(Number(value));
}

function addressValue(name: string, value: string, version: 4 | 6 | null, refuse: Refuse): string {
  if (value.includes("/")) refuse(message("filterNetwork", value));
  const endpoint = isIP(value) === 0 ? message("filterAddress", value, name) : parseEndpoint(value);
  if ("key" in endpoint) refuse(endpoint);
  if (version !== null && isIP(value) !== version) {
    const other = version === 6 ? name.replace("ipv6", "ip") : name.replace("ip", "ipv6");
    refuse(message("filterVersion", name, version, value, other));
  }
  return endpoint.address;
}

function pairOf(facts: FieldValues, refuse: Refuse): FilteredPair {
  const [source, otherSource] = facts.source;
  const [destination, otherDestination] = facts.destination;
  const [port, otherPort] = facts.port;
  for (const other of [otherSource, otherDestination, otherPort]) {
    if (other !== undefined) refuse(message("filterContradicts", other));
  }
  const unplaced = [...facts.either].filter((address) => address !== source && address !== destination);
  if (source === undefined && destination === undefined) {
    refuse(message(unplaced.length > 0 ? "filterEitherWay" : "filterWithoutAddresses"));
  }
  const [address, ...more] = unplaced;
  if (more.length > 0 || (address !== undefined && source !== undefined && destination !== undefined)) {
    const placed = [source, destination].filter((one) => one !== undefined);
    refuse(message("filterTooManyAddresses", unplaced.length + placed.length));
  }
  const from = source ?? address;
  const to = destination ?? address;
  if (from === undefined) refuse(message("filterWithoutSource"));
  if (to === undefined) refuse(message("filterWithoutDestination"));
  if (isIP(from) !== isIP(to)) refuse(message("filterVersionsDiffer", from, to));
  if (!facts.protocol.has(MEASURED)) refuse(message("filterWithoutHttp"));
  return { source: from, destination: to, port: port === undefined ? null : Number(port) };
}

/** Pairs and endpoints as users write them: `--filter`, `--balancer`, `--backend`, and command lines. */

const advice = {
  "tcp.port": "it matches both directions: use tcp.dstport",
  "tcp.srcport": "it changes with every connection: leave it out, or use tcp.dstport",
  "ip.host": "use ip.src and ip.dst with addresses",
  ip: "leave it out, the addresses say it",
  ipv6: "leave it out, the addresses say it",
  "http.request": "leave it out, requests are counted apart anyway",
  "http.response": "leave it out, responses are counted apart anyway",
  "http.request.method": "leave it out, and choose by method from --exchanges",
  "http.response.code": "leave it out, statuses are counted apart anyway",
};
const adviceOf: ReadonlyMap<string, string> = new Map(Object.entries(advice));

/** Fields of filters with an advice of their own. */
export type AdvisedField = keyof typeof advice;

export const filter = {
  filterRefused: (text: string, reason: string) => `--filter "${text}": ${reason}`,
  filterNegates: (token: string) => `"${token}" says what is left out, a pair only what is in`,
  filterAlternatives: (token: string) =>
    `"${token}" makes it more than one pair: give --filter once for each`,
  filterUnexpected: (token: string) => `"${token}" stands where && was expected`,
  filterIsEmpty: () => "it is empty",
  filterUnfinished: (token: string) => `something is missing at its end, after "${token}"`,
  filterUnclosed: () => 'a ")" is missing',
  filterSaysMore: (field: string) =>
    `"${field}" says more than a pair: ${adviceOf.get(field) ?? "leave it out, or measure what it chooses from --exchanges"}`,
  filterComparison: (field: string, value: "80" | "ADDRESS") =>
    `${field} has to be compared with ==, as in ${field}==${value}`,
  filterPort: (text: string, field: string) => `"${text}" after ${field} is not a port between 1 and 65535`,
  filterNetwork: (text: string) => `"${text}" is a network, more than one address: give one`,
  filterAddress: (text: string, field: string) => `"${text}" after ${field} is not an address`,
  filterVersion: (field: string, version: number, text: string, other: string) =>
    `${field} has an IPv${version} address, "${text}" is not one: use ${other}`,
  filterContradicts: (text: string) =>
    `"${text}" contradicts what is said before: give --filter once for each pair`,
  filterEitherWay: () =>
    "ip.addr matches both directions, so it doesn't say who asks whom: use ip.src==ADDRESS && ip.dst==ADDRESS",
  filterWithoutAddresses: () => "it names no addresses: write ip.src==ADDRESS && ip.dst==ADDRESS",
  filterTooManyAddresses: (count: number) => `it names ${count} addresses, and a packet has two`,
  filterWithoutSource: () => "it doesn't say the source: add ip.src==ADDRESS",
  filterWithoutDestination: () => "it doesn't say the destination: add ip.dst==ADDRESS",
  filterVersionsDiffer: (from: string, to: string) =>
    `no packet goes from ${from} to ${to}: one is IPv4, the other IPv6`,
  filterWithoutHttp: () =>
    "it shows every frame of the pair, and what is measured are its HTTP frames: add && http",

  endpointOfOption: (option: string, problem: string) => `${option}: ${problem}`,
  notBracketedAddress: (text: string) => `"${text}" in brackets is not an IPv6 address`,
  notIpAddress: (text: string) => `"${text}" is not an IPv4 or IPv6 address`,
  addressWithZone: (text: string) =>
    `"${text}" has a zone, which packets do not carry: leave out what follows %`,
  notPort: (text: string, highest: number) => `"${text}" is not a port between 1 and ${highest}`,

  quoteLeftOver: (option: string, quote: string, text: string) =>
    `${option}: a ${quote} is left over in ${text}`,
  shellCharacter: (option: string, character: string) =>
    `${option}: "${character}" is a shell's: quote it, or give sh -c '…'`,
  commandIsEmpty: (option: string) => `${option}: the command is empty`,
  notEngine: (name: string) => `LBQOS_ENGINE is '${name}'; it can be 'compiled' or 'plain'`,
};

/** What the manifest of the lab's study says about how its runs were made, and how to read them. */
export const study = {
  title: (balancer: string) => `Load-balancing methods of ${balancer} in front of three Flask servers`,
  whereMade:
    "Made by lbqos lab run in network namespaces on one machine, with no other traffic: the network is far better than a real one, so compare the methods rather than the absolute figures.",
  runs: (
    runs: number,
    order: string,
    generator: string,
    requests: number,
    uri: string,
    pace: string,
    connections: string,
  ) =>
    `${runs === 1 ? "One run" : `${runs} runs`} of each method, ${order}; in each, ${generator} sent ${requests} requests for ${uri} ${pace}, ${connections}.`,
  paced: (requestsPerSecond: string) => `at ${requestsPerSecond}/s`,
  inBlocks: "interleaved",
  atRandom: (seed: number) => `in random order (seed ${seed})`,
  eachRate: "Every method has so many runs at each rate.",
  unpaced: "as fast as they were answered",
  connections: (requestsPerConnection: number) =>
    requestsPerConnection === 1 ? "a connection for each" : `${requestsPerConnection} on each connection`,
  balancer: (balancer: string, keepsConnections: boolean, workers: number) =>
    `${balancer}${workers === 1 ? "" : `, with ${workers} ${balancer === "NGINX" ? "worker processes" : "threads"},`} ${keepsConnections ? "kept its connections to the backends" : "opened a connection to a backend for each request"}.`,
  ipHash: (clients: number) =>
    clients === 1
      ? "There is one client, so ip-hash serves every request from one backend: NGINX chooses by the first three octets of the client's address."
      : `There are ${clients} clients, each in a network of its own, since ip-hash chooses by the first three octets of the client's address.`,
  oneClient: "There is one client, so ip-hash serves every request from one backend.",
  consistentHash: (uri: string) =>
    `consistent-hash chooses by the URI, and every request is for ${uri}: one backend serves them all.`,
  protocols: (what: string) => `Protocols: ${what}.`,
  impaired: (what: string) => `On purpose: ${what}.`,
  event: (what: string) => `On purpose, at ${what}.`,
};

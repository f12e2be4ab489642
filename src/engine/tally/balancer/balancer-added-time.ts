import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** Times of one exchange that only the balancer accounts for, in ns; −1 = not measured. */
export class AddedTime {
  firstByteNs: f64 = -1;
  lastByteNs: f64 = -1;
  /** Begin of the first attempt → begin of the last; 0 with one attempt. */
  retriesNs: f64 = 0;
}

const addedTime: AddedTime = new AddedTime();

/**
 * What the balancer added to a matched exchange: the client's time to first (last) byte − the answering backend's −
 * what earlier attempts took. Reading the request, choosing a backend, connecting to it, and passing both messages on are
 * in it. Not measured where a response began before its request had ended.
 * @returns one record, which the next call fills anew
 */
export function addedTimeOf(client: ClientExchange): AddedTime {
  const first = client.attemptAt(0);
  const last = client.answerer;
  if (first === null || last === null) {
    addedTime.firstByteNs = -1;
    addedTime.lastByteNs = -1;
    addedTime.retriesNs = 0;
    return addedTime;
  }
  const retriesNs = last.beginNs - first.beginNs;
  addedTime.firstByteNs = addedNs(client, client.responseStartNs, last, last.responseStartNs, retriesNs);
  addedTime.lastByteNs = addedNs(client, client.responseEndNs, last, last.responseEndNs, retriesNs);
  addedTime.retriesNs = retriesNs;
  return addedTime;
}

/** What was added until `clientNs`, when the client had what the balancer had at `attemptNs`. */
function addedNs(
  client: ClientExchange,
  clientNs: f64,
  attempt: UpstreamAttempt,
  attemptNs: f64,
  retriesNs: f64,
): f64 {
  if (client.requestEndNs < 0 || attempt.requestEndNs < 0) return -1;
  if (clientNs < client.requestEndNs || attemptNs < attempt.requestEndNs) return -1;
  return clientNs - client.requestEndNs - (attemptNs - attempt.requestEndNs) - retriesNs;
}

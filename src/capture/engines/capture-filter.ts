/** The capture filter, in libpcap's language, for the pairs that are analyzed. */
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

/** The pairs whose traffic is analyzed. */
export interface FilteredPairs {
  /** Address of the balancer, or for a baseline without one of the client. */
  readonly balancer?: string;
  /** Backends; without `balancer` theirs is the traffic that counts. */
  readonly backends?: readonly { readonly address: string; readonly port?: number }[];
}

/**
 * TCP with a VLAN tag in the frame. Linux takes tags out of what it receives before the filter looks, and most cards put
 * them into what is sent after it has looked; these are the others. The filter looks at bytes, since the keyword `vlan`
 * can't be compiled for every link type (`any`), and it lets all hosts through: what is too much does no harm.
 */
const TAGGED_TCP =
  "((ether[12:2] = 0x8100 or ether[12:2] = 0x88a8) and " +
  "((ether[16:2] = 0x0800 and ether[27] = 6) or (ether[16:2] = 0x86dd and ether[24] = 6)))";

/**
 * A filter (pcap-filter(7)) that lets through all that the analysis of `pairs` needs, over IPv4 and IPv6, tagged or not:
 * - with a balancer, all its TCP: that with its backends and that with its clients, whose ports and addresses nobody
 *   knows before; the balancer's own overhead needs both;
 * - with backends only, TCP with them, at their ports where they have one;
 * - else all TCP.
 * Tunnelled traffic (GRE, VXLAN) needs a filter of the user's own.
 * @throws Failure (wrong usage) where an address could be read as more than an address
 */
export function captureFilter(pairs: FilteredPairs): string {
  const { balancer, backends = [] } = pairs;
  const hosts =
    balancer === undefined
      ? backends.map(({ address, port }) =>
          port === undefined ? hostTerm(address) : `(${hostTerm(address)} and port ${port})`,
        )
      : [hostTerm(balancer)];
  const terms = [...new Set(hosts)];
  if (terms.length === 0) return `tcp or ${TAGGED_TCP}`;
  return `(tcp and (${terms.join(" or ")})) or ${TAGGED_TCP}`;
}

/** An address without zone, as the words of the filter's language. */
function hostTerm(address: string): string {
  const bare = address.replace(/%.*$/, "");
  if (!/^[0-9a-fA-F:.]+$/.test(bare)) throw new Failure(message("noAddressToCapture", address), 2);
  return `host ${bare}`;
}

/** What a capture holds, where nobody says which frames matter: its busiest hosts, conversations, protocols, as filters. */
import type { FrameBatch } from "../capture/frame.ts";
import { addressFilter } from "../metrics/address-filter.ts";
import type { FrameSelection, TrafficGrouping, TrafficGroups } from "../metrics/selection-metrics.ts";
import { formatIpAddress, IPV4_ADDRESS_LENGTH, IPV6_ADDRESS_LENGTH } from "../packet/ip-address.ts";
import { EndpointTable } from "./endpoint-table.ts";
import { FrameProtocol } from "./filter-fields.ts";
import { FrameFields } from "./frame-fields.ts";
import { RtpStreams } from "./rtp/rtp-streams.ts";

/** Protocols that frames are told apart by. */
const GROUPED_PROTOCOLS = ["tcp", "udp", "rtp", "icmp", "icmpv6", "arp"] as const;

/** Two hosts that send to each other. */
interface TalkingHosts {
  readonly source: string;
  readonly destination: string;
  bytes: number;
}

/** Counts who sends to whom, by the outermost IP header of each frame. */
export class TrafficCounter {
  readonly #fields: FrameFields;
  readonly #rtp: RtpStreams;
  readonly #table = new EndpointTable<TalkingHosts>();
  readonly #pairs: TalkingHosts[] = [];
  #protocols = 0;

  /** @param rtp what finds RTP's streams */
  constructor(rtp: RtpStreams = new RtpStreams()) {
    this.#fields = new FrameFields(false, rtp);
    this.#rtp = rtp;
  }

  /** Takes a batch of frames, in the order in which they were recorded. */
  feed(batch: FrameBatch): void {
    const fields = this.#fields;
    for (let row = 0; row < batch.count; row++) {
      fields.take(batch, row);
      this.#protocols |= fields.protocols;
      if (fields.outerIp.version !== 0) this.#pair().bytes += fields.wireLength;
    }
  }

  /** The selections that the capture suggests: the whole of it, then group by group, most bytes first. */
  selections({ by, perKind }: Pick<TrafficGroups, "by" | "perKind">): readonly FrameSelection[] {
    const suggested = by.flatMap((grouping) => this.#groups(grouping).slice(0, perKind));
    return [{ filter: "" }, ...suggested.map((filter) => ({ filter }))];
  }

  #groups(grouping: TrafficGrouping): readonly string[] {
    const pairs = this.#pairs.toSorted((a, b) => b.bytes - a.bytes);
    switch (grouping) {
      case "conversation":
        return pairs.map(
          ({ source, destination }) => `${addressFilter(source)} && ${addressFilter(destination)}`,
        );
      case "protocol":
        return GROUPED_PROTOCOLS.filter((name) =>
          // A stream is known for RTP after some packets: what was seen of each frame says too little.
          name === "rtp"
            ? this.#rtp.certainNumbers().size > 0
            : (this.#protocols & FrameProtocol[name]) !== 0,
        );
      case "direction": {
        const [host] = this.#hosts();
        return host === undefined ? [] : (["src", "dst"] as const).map((end) => addressFilter(host, end));
      }
      case "host":
        return this.#hosts().map((host) => addressFilter(host));
    }
  }

  /** Every address, most bytes first: sent and received. */
  #hosts(): readonly string[] {
    const bytesOf = new Map<string, number>();
    for (const { source, destination, bytes } of this.#pairs)
      for (const address of new Set([source, destination]))
        bytesOf.set(address, (bytesOf.get(address) ?? 0) + bytes);
    return [...bytesOf].sort(([, a], [, b]) => b - a).map(([address]) => address);
  }

  #pair(): TalkingHosts {
    const { outerIp } = this.#fields;
    const known = this.#table.find(outerIp, 0, 0);
    if (known !== undefined) return known;
    const { view, version, source, destination } = outerIp;
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const length = version === 4 ? IPV4_ADDRESS_LENGTH : IPV6_ADDRESS_LENGTH;
    const pair: TalkingHosts = {
      source: formatIpAddress(bytes, source, length),
      destination: formatIpAddress(bytes, destination, length),
      bytes: 0,
    };
    this.#table.set(pair);
    this.#pairs.push(pair);
    return pair;
  }
}

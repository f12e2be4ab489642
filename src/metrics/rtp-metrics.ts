/** What RTP's headers tell of audio and video (RFC 3550): the only UDP whose loss can be seen at one place. */

/** A UDP port with RTP, as the user names it. */
export interface RtpPort {
  /** Source or destination port, 1 … 65535. */
  readonly port: number;
  /** Ticks of the timestamp in a second, for payload types without a fixed one; absent: not known, and jitter not measured. */
  readonly clockRateHz?: number;
}

/** One stream: packets of one SSRC from one endpoint to another, over the whole capture. */
export interface RtpStreamMetrics {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** As Wireshark writes it: `0x1234abcd`. */
  readonly ssrc: string;
  /** By the user's `--rtp`, or by how its packets follow each other. */
  readonly recognizedBy: "port" | "sequence";
  /** RFC 3551's numbers, ascending. */
  readonly payloadTypes: readonly number[];
  /** Ticks of the timestamp in a second; `null`: not known. */
  readonly clockRateHz: number | null;
  /** Recorded, copies too. */
  readonly packets: number;
  /** Expected less recorded, as RFC 3550 A.3 and Wireshark count: a copy hides a loss, so it may be less than 0. */
  readonly lostPackets: number;
  /** Packets whose sequence number had been there. */
  readonly duplicatePackets: number;
  /** Packets that never came, of those expected: copies hide none. */
  readonly packetLossPercent: number;
  /** How often sequence numbers began anew; what was lost there can't be seen. */
  readonly restarts: number;
  /** Interarrival jitter (RFC 3550 A.8): its mean and greatest value over the packets that Wireshark takes. */
  readonly meanJitterMs: number | null;
  readonly maxJitterMs: number | null;
}

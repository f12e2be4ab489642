/** What was counted of one RTP stream: raw numbers, which `measure-rtp.ts` divides. */

export interface RtpReadings {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** 32 bits. */
  readonly ssrc: number;
  /** The user said that there is RTP on its port; else it was recognized. */
  readonly isAsserted: boolean;
  readonly payloadTypes: readonly number[];
  readonly clockRateHz: number | null;
  readonly packets: number;
  /** Expected less received. */
  readonly lost: number;
  readonly copies: number;
  readonly restarts: number;
  /** Both 0 where no clock rate is known. */
  readonly meanJitterMs: number;
  readonly maxJitterMs: number;
}

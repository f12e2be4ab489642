/** Unpacks compressed data that is fed piece by piece. */
export interface Decoder {
  /** Why it gave up; `isCut`: the data ended early, otherwise it is damaged. */
  readonly failure: { readonly isCut: boolean; readonly reason: string } | null;
  /** Whether the data ended, for good or by a failure; what follows is padding. */
  readonly ended: boolean;
  /**
   * Decodes one piece of input, the end of input if it is empty; what it held was put when this resolves. The piece must not
   * change before.
   */
  push(piece: Uint8Array): Promise<void>;
  close(): void;
}

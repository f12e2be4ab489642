/** What the payload of the frame under way shows: bits of `FrameProtocol`. */
export interface ShownProtocols {
  bits: number;
}

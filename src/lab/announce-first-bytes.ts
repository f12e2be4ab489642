/** When a capture has begun: its header is written before the first frame. */
import type { LiveCapture } from "../capture/engines/live-capture.ts";

/** The same capture, and a promise of `true` once its first bytes are there, of `false` where it ends without any. */
export function announceFirstBytes(capture: LiveCapture): {
  readonly capture: LiveCapture;
  readonly begun: Promise<boolean>;
} {
  let announce: (hasBegun: boolean) => void = () => undefined;
  const begun = new Promise<boolean>((resolve) => {
    announce = resolve;
  });
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of capture.bytes) {
      announce(true);
      yield piece;
    }
    announce(false);
  }
  return {
    begun,
    capture: {
      engine: capture.engine,
      program: capture.program,
      timestampSource: capture.timestampSource,
      interfaces: capture.interfaces,
      waits: capture.waits,
      bytes: bytes(),
      nowNs: () => capture.nowNs(),
      drops: () => capture.drops(),
      get failure() {
        return capture.failure;
      },
      stop: () => capture.stop(),
    },
  };
}

import type { Cursor } from "./cursor.ts";
import type { DecodeResult } from "./skip-reason.ts";

/** Who is told of the headers of a frame, in the order in which they are read: outer ones first, quoted ones too. */
export interface LayerSink {
  /**
   * A header begins at the cursor. It is not checked yet: the frame may hold a part of it only.
   * @param layer one of `Layer`
   */
  enter(layer: number, cursor: Cursor): void;
  /** No further header can be read, of the frame or of a packet that is quoted in it, and TCP's was not reached. */
  end(result: DecodeResult): void;
}

/** Where a segment was lost, as seen from the tap. */
/** The frame is in the capture and never reached the receiver. */
export const BEYOND_TAP = 0;
/** The sender sent it, the capture never saw it, the stream shows the hole and its repair. */
export const BEFORE_TAP = 1;
/** Never seen, never repaired, yet acknowledged: the recorder lost it, the network did not. */
export const CAPTURE_DROP = 2;

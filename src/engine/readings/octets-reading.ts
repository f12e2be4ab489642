import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** A text of the capture: octets where it is put, characters where it is taken. */
export class OctetsReading {
  octets: Uint8Array | null = null;
  private taken: ReadingsReader | null = null;
  private at: i32 = 0;

  put(to: ReadingsWriter): void {
    to.putOctets(this.octets);
  }

  take(from: ReadingsReader): void {
    this.taken = from;
    this.at = from.passText();
  }

  /** Each octet as one character (latin-1); empty for none. Made where it is read: not every text that is taken is. */
  get text(): string {
    const taken = this.taken;
    return taken === null ? "" : taken.textAt(this.at);
  }
}

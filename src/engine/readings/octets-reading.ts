import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** A text of the capture: octets where it is put, characters where it is taken. */
export class OctetsReading {
  octets: Uint8Array | null = null;
  /** Each octet as one character (latin-1); empty for none. */
  text: string = "";

  put(to: ReadingsWriter): void {
    to.putOctets(this.octets);
  }

  take(from: ReadingsReader): void {
    this.text = from.text();
  }
}

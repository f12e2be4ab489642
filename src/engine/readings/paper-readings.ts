import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** The paper's frames: those to the backend in which an HTTP message is completed. Formulas: `tally/paper-frames.ts`. */
export class PaperReadings {
  /** N, and ΣLᵢ. */
  frames: f64 = 0;
  bytes: f64 = 0;
  /** t_N − t₁. */
  spanNs: f64 = 0;
  /** Σ|dᵢ − dᵢ₋₁|, and d_N − d₂. */
  differencesNs: f64 = 0;
  signedDifferenceNs: f64 = 0;
  /** Requests that were completed. */
  requests: f64 = 0;

  /** Takes the counts of another. */
  copyFrom(other: PaperReadings): void {
    this.frames = other.frames;
    this.bytes = other.bytes;
    this.spanNs = other.spanNs;
    this.differencesNs = other.differencesNs;
    this.requests = other.requests;
  }

  put(to: ReadingsWriter): void {
    to.put(this.frames);
    to.put(this.bytes);
    to.put(this.spanNs);
    to.put(this.differencesNs);
    to.put(this.signedDifferenceNs);
    to.put(this.requests);
  }

  take(from: ReadingsReader): void {
    this.frames = from.number();
    this.bytes = from.number();
    this.spanNs = from.number();
    this.differencesNs = from.number();
    this.signedDifferenceNs = from.number();
    this.requests = from.number();
  }
}

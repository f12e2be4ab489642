/** Who takes the fields of a header block, in order. The octets hold during the call only. */
export interface FieldSink {
  field(
    name: Uint8Array,
    nameStart: i32,
    nameLength: i32,
    value: Uint8Array,
    valueStart: i32,
    valueLength: i32,
  ): void;
  /** A field whose name or value refers to what was sent before the capture, or in a hole. */
  unknownField(): void;
}

const INITIAL_SLOTS: i32 = 1024;

/** Who speaks on the connections that are open, by slot. Addresses are numbers of the room's `AddressTable`. */
export class ConnectionEnds {
  /** By connection × 2 + side. */
  private addresses: Int32Array = new Int32Array(2 * INITIAL_SLOTS);
  private ports: Uint16Array = new Uint16Array(2 * INITIAL_SLOTS);
  private ordinals: Int32Array = new Int32Array(INITIAL_SLOTS);
  private firstSequences: Int32Array = new Int32Array(INITIAL_SLOTS);
  private receivers: Float64Array = new Float64Array(INITIAL_SLOTS);

  /** Number of the address at the given side. */
  addressOf(slot: i32, side: i32): i32 {
    return this.addresses[slot * 2 + side] as i32;
  }

  /** Port at the given side. */
  portOf(slot: i32, side: i32): i32 {
    return this.ports[slot * 2 + side] as i32;
  }

  /** 1, 2, … by the connection's first frame in the capture. */
  ordinalOf(slot: i32): i32 {
    return this.ordinals[slot] as i32;
  }

  /** Sequence number of the connection's first segment. */
  firstSequenceOf(slot: i32): i32 {
    return this.firstSequences[slot] as i32;
  }

  /** Who got the connection's first segment, which side 0 sent, in the end: see `frame-receiver.ts`. */
  receiverOf(slot: i32): f64 {
    return this.receivers[slot] as f64;
  }

  /** Side 0's frames are passed on to another receiver. */
  passOn(slot: i32, receiver: f64): void {
    this.receivers[slot] = receiver;
  }

  /** A connection begins at the slot. */
  open(slot: i32, ordinal: i32, firstSequence: i32, receiver: f64): void {
    while (slot >= this.ordinals.length) this.grow();
    this.ordinals[slot] = ordinal;
    this.firstSequences[slot] = firstSequence;
    this.receivers[slot] = receiver;
  }

  /** Who is at one side of the slot opened last. */
  place(slot: i32, side: i32, address: i32, port: i32): void {
    this.addresses[slot * 2 + side] = address;
    this.ports[slot * 2 + side] = port;
  }

  private grow(): void {
    const addresses = new Int32Array(2 * this.addresses.length);
    addresses.set(this.addresses);
    this.addresses = addresses;
    const ports = new Uint16Array(2 * this.ports.length);
    ports.set(this.ports);
    this.ports = ports;
    const ordinals = new Int32Array(2 * this.ordinals.length);
    ordinals.set(this.ordinals);
    this.ordinals = ordinals;
    const firstSequences = new Int32Array(2 * this.firstSequences.length);
    firstSequences.set(this.firstSequences);
    this.firstSequences = firstSequences;
    const receivers = new Float64Array(2 * this.receivers.length);
    receivers.set(this.receivers);
    this.receivers = receivers;
  }
}

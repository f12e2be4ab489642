/** Numbers of UDP's conversations, as Wireshark's `udp.stream`: 0, 1, … in the order of their first frames. */
import { type EndpointPair, EndpointTable } from "./endpoint-table.ts";

export class UdpStreams {
  readonly #numbers = new EndpointTable<number>();
  #next = 0;

  /** The number of the conversation of these addresses and ports, in either direction. */
  numberOf(ip: EndpointPair, sourcePort: number, destinationPort: number): number {
    const known = this.#numbers.find(ip, sourcePort, destinationPort);
    if (known !== undefined) return known;
    const number = this.#next++;
    this.#numbers.set(number);
    return number;
  }
}

import { max } from "../dialect/integers.ts";
import { identityHash } from "../http/request-identity.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import { AddressText } from "./address-text.ts";

const INITIAL_LENGTH: i32 = 1024;

/** The hashes of addresses as text: what `identityHash` makes of them in X-Forwarded-For. */
export class AddressHashes {
  private readonly addresses: AddressTable;
  private readonly text: AddressText = new AddressText();
  /** By number of the address, 0 = not asked for so far. */
  private hashes: Int32Array = new Int32Array(INITIAL_LENGTH);

  constructor(addresses: AddressTable) {
    this.addresses = addresses;
  }

  /** The hash of the address of this number. */
  of(address: i32): i32 {
    if (address >= this.hashes.length) this.grow(address + 1);
    const known = this.hashes[address] as i32;
    if (known !== 0) return known;
    this.text.write(this.addresses, address);
    const hash = identityHash(this.text.octets, 0, this.text.length);
    this.hashes[address] = hash;
    return hash;
  }

  private grow(length: i32): void {
    const longer = new Int32Array(max(length, 2 * this.hashes.length));
    longer.set(this.hashes);
    this.hashes = longer;
  }
}

import { identityHash } from "../http/request-identity.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import { AddressText } from "./address-text.ts";

/** Addresses whose hashes are remembered; a power of two. */
const RECENT: i32 = 4096;

/** The hashes of addresses as text: what `identityHash` makes of them in X-Forwarded-For. Those asked for lately are remembered. */
export class AddressHashes {
  private readonly addresses: AddressTable;
  private readonly text: AddressText = new AddressText();
  /** In the row of the address's last bits: its number + 1, and its hash. */
  private readonly numbers: Int32Array = new Int32Array(RECENT);
  private readonly hashes: Int32Array = new Int32Array(RECENT);

  constructor(addresses: AddressTable) {
    this.addresses = addresses;
  }

  /** The hash of the address of this number. */
  of(address: i32): i32 {
    const row = address & (RECENT - 1);
    if (this.numbers[row] === address + 1) return this.hashes[row] as i32;
    this.text.write(this.addresses, address);
    const hash = identityHash(this.text.octets, 0, this.text.length);
    this.numbers[row] = address + 1;
    this.hashes[row] = hash;
    return hash;
  }
}

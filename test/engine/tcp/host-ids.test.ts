/** IDs of a host that is forgotten are none of the host that gets its number. */
import { expect, test } from "vitest";
import { Connection } from "../../../src/engine/tcp/connection.ts";
import { HostIds } from "../../../src/engine/tcp/host-ids.ts";

test.each([
  ["goes on where another connection of the host ended", 1, true],
  ["begins anew where the host was forgotten", 0, false],
])("a packet %s", (_what, kept, goesOn) => {
  const hosts = new HostIds();
  const [one, other] = [new Connection(0), new Connection(1)];
  expect(hosts.follow(one, one.first, 7, 8)).toBe(false);
  hosts.forgetOthers(Uint8Array.of(kept));
  expect(hosts.follow(other, other.first, 8, 9)).toBe(goesOn);
});

/** Community IDs: the specification's own vectors, from either side. tshark's are compared in ../cli/exchanges.test.ts. */
import { expect, test } from "vitest";
import { communityId } from "../../src/analysis/community-id.ts";
import { parseIpAddress } from "../../src/packet/ip-address.ts";

test.each([
  ["128.232.110.120", 34855, "66.35.250.204", 80, "1:LQU9qZlK+B5F3KDmev6m5PMibrg="],
  [
    "2001:470:e5bf:dead:4957:2174:e82c:4887",
    63943,
    "2607:f8b0:400c:c03::1a",
    25,
    "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=",
  ],
])("%s:%i and %s:%i", (address, port, otherAddress, otherPort, id) => {
  const one = { address: parseIpAddress(address), port };
  const other = { address: parseIpAddress(otherAddress), port: otherPort };
  expect([communityId(one, other), communityId(other, one)]).toEqual([id, id]);
});

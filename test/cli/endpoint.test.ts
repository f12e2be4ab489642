import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEndpoint } from "../../src/cli/endpoint.ts";
import { endpointText } from "../../src/metrics/endpoints.ts";
import { sayInEnglish } from "../../src/words/message.ts";

describe("an endpoint", () => {
  test.each([
    ["192.168.56.109", "192.168.56.109", null],
    ["192.168.56.109:5000", "192.168.56.109", 5000],
    ["2001:db8::1", "2001:db8::1", null],
    ["2001:0DB8:0:0::1", "2001:db8::1", null],
    ["[2001:db8::1]", "2001:db8::1", null],
    ["[2001:db8::1]:80", "2001:db8::1", 80],
    ["10.0.0.1:0080", "10.0.0.1", 80],
  ])("%s", (text, address, port) => expect(parseEndpoint(text)).toEqual({ address, port }));

  test.each([
    ["", '"" is not an IPv4 or IPv6 address'],
    ["192.168.56.300", '"192.168.56.300" is not an IPv4 or IPv6 address'],
    ["flask-a:5000", '"flask-a" is not an IPv4 or IPv6 address'],
    ["10.0.0.1:", '"" is not a port between 1 and 65535'],
    ["10.0.0.1:0", '"0" is not a port between 1 and 65535'],
    ["10.0.0.1:65536", '"65536" is not a port between 1 and 65535'],
    ["10.0.0.1:http", '"http" is not a port between 1 and 65535'],
    ["[10.0.0.1]:80", '"10.0.0.1" in brackets is not an IPv6 address'],
    ["[2001:db8::1]80", '"[2001:db8::1]80" is not an IPv4 or IPv6 address'],
    ["fe80::1%eth0", '"fe80::1%eth0" has a zone, which packets do not carry: leave out what follows %'],
  ])("%j is refused: %s", (text, reason) => {
    const refused = parseEndpoint(text);
    expect("key" in refused ? sayInEnglish(refused) : refused).toBe(reason);
  });

  test("comes back from its text", () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    const port = fc.option(fc.integer({ min: 1, max: 65535 }));
    fc.assert(
      fc.property(address, port, (one, onePort) => {
        const endpoint = parseEndpoint(one);
        if ("key" in endpoint) throw new Error(endpoint.key);
        const both = { address: endpoint.address, port: onePort };
        expect(parseEndpoint(endpointText(both.address, both.port))).toEqual(both);
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { parseBackends, parseBalancer } from "../../src/cli/backend-option.ts";
import { Failure } from "../../src/failure.ts";
import { message as words } from "../../src/words/message.ts";

describe("--backend", () => {
  test.each([
    ["Flask A=192.168.56.109", { name: "Flask A", address: "192.168.56.109" }],
    [" Flask A = 192.168.56.109:5000 ", { name: "Flask A", address: "192.168.56.109", port: 5000 }],
    ["a=b=10.0.0.1", { name: "a=b", address: "10.0.0.1" }],
    ["Flask A=[2001:db8::1]:80", { name: "Flask A", address: "2001:db8::1", port: 80 }],
    ["192.168.56.109:5000", { name: "192.168.56.109:5000", address: "192.168.56.109", port: 5000 }],
    ["[2001:db8::1]:80", { name: "[2001:db8::1]:80", address: "2001:db8::1", port: 80 }],
  ])("%s", (text, backend) => expect(parseBackends([text])).toEqual([backend]));

  test("takes one address on several ports", () => {
    expect(parseBackends(["A=127.0.0.1:5001", "B=127.0.0.1:5002"])).toHaveLength(2);
  });

  test.each([
    [
      ["A=10.0.0.1", "B=10.0.0.2", "A=10.0.0.3"],
      '--backend: "A" is named twice, for 10.0.0.1 and for 10.0.0.3',
    ],
    [["A=10.0.0.1", "B=10.0.0.1"], '--backend: "A" (10.0.0.1) and "B" (10.0.0.1) are the same server'],
    [["A=10.0.0.1:80", "B=10.0.0.1"], '--backend: "A" (10.0.0.1:80) and "B" (10.0.0.1) are the same server'],
    [
      ["A=2001:db8::1", "B=2001:db8:0::1"],
      '--backend: "A" (2001:db8::1) and "B" (2001:db8::1) are the same server',
    ],
    [["=10.0.0.1"], '--backend "=10.0.0.1": the name is empty, give NAME=ADDRESS or the address alone'],
    [["Flask A"], '--backend "Flask A": "Flask A" is not an IPv4 or IPv6 address'],
    [["A=10.0.0.1:99999"], '--backend "A=10.0.0.1:99999": "99999" is not a port between 1 and 65535'],
  ])("%j is refused: %s", (texts, message) => {
    expect(() => parseBackends(texts)).toThrow(new Failure(words("verbatim", message), 2));
  });
});

describe("--balancer", () => {
  test("is an address", () => expect(parseBalancer(" 2001:DB8::67 ")).toBe("2001:db8::67"));

  test.each([
    ["nginx", '--balancer: "nginx" is not an IPv4 or IPv6 address'],
    [
      "10.0.0.1:80",
      '--balancer: "10.0.0.1:80" has a port, but a balancer asks its backends from changing ports: give the address alone',
    ],
  ])("%s is refused", (text, message) =>
    expect(() => parseBalancer(text)).toThrow(new Failure(words("verbatim", message), 2)),
  );
});

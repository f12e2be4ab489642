import { describe, expect, test } from "vitest";
import { missingPrograms, needs, readSystemPackages, skippedTitle } from "./real-part.ts";

const PACKAGES = new Map([
  ["tshark", "tshark"],
  ["chromium", "chromium-browser"],
]);

describe("the parts of the tests that need a real program", () => {
  test("are installed from a list", () => {
    expect(readSystemPackages().get("tshark")).toBe("tshark");
    expect([...readSystemPackages().keys()].filter((program) => program.includes("#"))).toEqual([]);
  });

  test("find a program on the PATH, and miss one that is on none of its folders", () => {
    const node = process.execPath.slice(0, process.execPath.lastIndexOf("/"));
    expect(missingPrograms(["node", "no-such-program"], `/nowhere:${node}`)).toEqual(["no-such-program"]);
  });

  test("say what is missing and how to get it", () => {
    expect(skippedTitle("a page", ["tshark", "chromium"], PACKAGES, false)).toBe(
      "a page [skipped, tshark, chromium missing: sudo apt-get install tshark chromium-browser]",
    );
  });

  test("fail in CI instead", () => {
    expect(() => skippedTitle("a page", ["tshark"], PACKAGES, true)).toThrow(
      'In CI no real part may be skipped, and "a page" can\'t run: tshark missing: sudo apt-get install tshark',
    );
  });

  test("may need only what the list installs", () => {
    expect(() => needs("no-such-program")).toThrow("no-such-program is not in scripts/system-packages.txt");
  });
});

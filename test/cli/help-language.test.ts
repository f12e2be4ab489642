/** `--help` in the user's language, which `--lang` anywhere or LBQOS_LANG says. */
import { afterEach, expect, test, vi } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";

afterEach(() => vi.unstubAllEnvs());

async function help(args: readonly string[]): Promise<string> {
  const command = await parseArguments(args);
  return command.kind === "print" ? command.text : "";
}

test("by --lang after --help", async () => {
  expect(await help(["--help", "--lang", "id"])).toMatch(/^Penggunaan: lbqos[\s\S]*\nPerintah:\n/);
});

test("by LBQOS_LANG, down to choices and examples", async () => {
  vi.stubEnv("LBQOS_LANG", "id");
  const text = await help(["analyze", "--help"]);
  expect(text).toContain('(pilihan: "1", "2")');
  expect(text).toContain("\nContoh:\n  # semua pasangan dalam sebuah capture\n  $ lbqos analyze ");
  expect(text).not.toMatch(/choices|default:|Examples|Options/);
});

test("in English where nothing says otherwise", async () => {
  expect(await help(["--help"])).toMatch(/^Usage: lbqos/);
});

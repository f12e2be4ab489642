/** `--keys`, and keys in captures and manifests, from outside: with one thread and two, in live, in comparisons. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsBuild } from "../real-part.ts";
import { madeCapture, type Part } from "../tls/made-capture.ts";
import { KEYS } from "../tls/made-records.ts";
import { lbqos, workingFolder } from "./lbqos-command.ts";

const SECRETS = { secrets: `${KEYS}\n` };
/** More than is read at a time. */
const FILLER = { filler: 5 * 2 ** 20 };

/** A folder with captures made of parts, and a key log. */
function folderWith(captures: Readonly<Record<string, readonly Part[]>>): string {
  const folder = workingFolder();
  for (const [name, parts] of Object.entries(captures)) writeFileSync(join(folder, name), madeCapture(parts));
  writeFileSync(join(folder, "keys.log"), `# made by hand\n${KEYS}\n`);
  return folder;
}

/** What a run of analyze or live says of TLS, and of its requests. */
function told(args: readonly string[], cwd: string) {
  const { stdout, stderr } = lbqos([...args, "--json"], { cwd });
  if (stdout === "") throw new Error(stderr);
  const { tls, http, warnings } = JSON.parse(stdout);
  return {
    connections: tls?.[0].connections,
    decrypted: tls?.[0].decrypted,
    requests: http.requests,
    warnings,
  };
}

needsBuild("keys", () => {
  test.each(["1", "2"])("in a capture hold from where they stand on, with %s threads", (threads) => {
    const cwd = folderWith({ "a.pcapng": ["session", FILLER, SECRETS, "session", FILLER, "session"] });
    expect(told(["analyze", "a.pcapng", "--threads", threads], cwd)).toMatchObject({
      connections: 3,
      decrypted: 2,
      requests: 2,
    });
  });

  test("of --keys decrypt whatever analyze, live and exchanges read", () => {
    const cwd = folderWith({ "a.pcapng": ["session", "session"] });
    const keys = ["--keys", "keys.log"];
    const read = { connections: 2, decrypted: 2, requests: 2 };
    expect(told(["analyze", "a.pcapng", ...keys], cwd)).toMatchObject(read);
    expect(told(["live", "--replay", "a.pcapng", "--speed", "max", ...keys], cwd)).toMatchObject(read);
    const listed = lbqos(["exchanges", "a.pcapng", ...keys, "--csv"], { cwd }).stdout;
    expect(listed).toContain("/40001");
  });

  test("are in no output", () => {
    const cwd = folderWith({ "a.pcapng": ["session"] });
    for (const format of [["--json"], ["--csv"], ["--full"], ["--out", "report"]]) {
      const { stdout, stderr } = lbqos(["analyze", "a.pcapng", "--keys", "keys.log", ...format], { cwd });
      expect(`${stdout}${stderr}`).not.toMatch(/(0[2-6]){8}/);
    }
    const written = readdirSync(join(cwd, "report"), { recursive: true, withFileTypes: true });
    for (const file of written.filter((one) => one.isFile()))
      expect(readFileSync(join(file.parentPath, file.name), "latin1")).not.toMatch(/(0[2-6]){8}/);
  });

  test("that can't be read end a live run before it begins", () => {
    const cwd = folderWith({ "a.pcapng": ["session"] });
    mkdirSync(join(cwd, "folder"));
    const { status, stderr } = lbqos(["live", "--replay", "a.pcapng", "--keys", "folder"], { cwd });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^lbqos: cannot read the keys in folder: [^\n]+\n$/),
    ]);
    // Where they only come later, it begins.
    const early = told(["live", "--replay", "a.pcapng", "--speed", "max", "--keys", "later.log"], cwd);
    expect(early).toMatchObject({ connections: 1, decrypted: 0 });
  });
});

needsBuild("keys in a comparison", () => {
  const captures = {
    "a-1.pcapng": ["session"],
    "a-2.pcapng": ["session", { filler: 1400 }],
    "b-1.pcapng": ["session"],
  } as const;
  const requests = (args: readonly string[], cwd: string): number[] => {
    const { stdout, stderr } = lbqos(["compare", ...args, "--format", "json", "--quiet"], { cwd });
    if (stdout === "") throw new Error(stderr);
    const { answers } = JSON.parse(stdout);
    return answers.map((one: { readonly requests: number }) => one.requests);
  };
  const manifestWith = (cwd: string, keys: string): void => {
    const sets = ["a", "b"].map(
      (name) => `  - name: ${name}\n    captures: [{ files: ${name}-*.pcapng${keys} }]\n`,
    );
    writeFileSync(join(cwd, "experiment.yaml"), `methods:\n${sets.join("")}`);
  };

  test("are those of --keys, or those that the manifest names for each set", () => {
    const cwd = folderWith(captures);
    manifestWith(cwd, "");
    expect(requests(["experiment.yaml", "--keys", "keys.log"], cwd)).toEqual([2, 1]);
    manifestWith(cwd, ", keys: '*.log'");
    expect(requests(["experiment.yaml"], cwd)).toEqual([2, 1]);
    // What was kept with other keys is not taken for it.
    writeFileSync(join(cwd, "keys.log"), "# nothing\n");
    expect(lbqos(["compare", "experiment.yaml"], { cwd }).stderr).toContain("nothing to compare");
  });

  test("are known to shares and to tables of exchanges", () => {
    const cwd = folderWith(captures);
    manifestWith(cwd, "");
    const env = { XDG_CACHE_HOME: join(cwd, "cache") };
    const compare = (...args: string[]) =>
      lbqos(["compare", "experiment.yaml", "--keys", "keys.log", "--format", "json", ...args], { cwd, env });
    compare("--part", "1/1");
    const kept = () => readdirSync(join(cwd, "cache/lbqos")).length;
    const before = kept();
    compare("--parquet", "columns");
    expect(kept()).toBe(before);
    const written = readdirSync(join(cwd, "columns"), { recursive: true, encoding: "utf8" });
    const tables = written.filter((name) => name.endsWith(".parquet"));
    expect(tables.length).toBeGreaterThan(2);
    const exchanges = tables.filter((name) => name.startsWith("exchanges"));
    for (const name of exchanges)
      expect(readFileSync(join(cwd, "columns", name)).toString("latin1")).toContain("/40000");
  });

  test("that are not there are told", () => {
    const cwd = folderWith(captures);
    manifestWith(cwd, ", keys: nowhere.log");
    expect(lbqos(["compare", "experiment.yaml"], { cwd }).stderr).toContain("nowhere.log");
  });
});

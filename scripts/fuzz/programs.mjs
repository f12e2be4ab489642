/** Inputs through the command, as its users run it: how it ends, what it says, and what it leaves. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNumbers, checkText } from "./invariants.mjs";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const LONGEST_MS = 60_000;

export class Programs {
  #folder = mkdtempSync(join(tmpdir(), "lbqos-fuzz-"));

  /** @returns what the input did @throws Error where something broke */
  async run(target, bytes) {
    switch (target) {
      case "captures":
      case "streams":
        return this.#sameWithThreads(this.#file("run.pcap", bytes));
      case "manifests":
        return this.#json([
          "compare",
          this.#file("experiment.yaml", bytes),
          "--format",
          "json",
          "--no-cache",
        ]);
      case "tables":
        return this.#json(["compare", this.#file("table.csv", bytes), "--format", "json", "--no-cache"]);
      case "live":
        return this.#live(this.#file("run.pcap", bytes));
    }
    throw new Error(`no such target: ${target}`);
  }

  close() {
    rmSync(this.#folder, { recursive: true });
  }

  #sameWithThreads(path) {
    const [one, two] = ["1", "2"].map((threads) =>
      this.#lbqos(["analyze", path, "--json", "--threads", threads]),
    );
    if (one.stdout !== two.stdout || one.status !== two.status)
      throw new Error("two threads find something else");
    checkJson(one.stdout);
    return signatureOf(one);
  }

  #json(args) {
    const outcome = this.#lbqos(args);
    checkJson(outcome.stdout);
    return signatureOf(outcome);
  }

  /** What live found is what analyze finds in its recording. */
  #live(path) {
    const recording = join(this.#folder, "recording.pcap");
    const source = ["live", "--command", `cat ${path}`, "--write", recording, "--force", "--json", "--quiet"];
    const outcome = this.#lbqos(source);
    checkJson(outcome.stdout);
    const names = readdirSync(this.#folder);
    if (names.some((name) => name.includes(".lock"))) throw new Error(`a lock is left: ${names}`);
    if (outcome.stdout !== "" && names.includes("recording.pcap")) {
      const { live: _live, ...shown } = JSON.parse(outcome.stdout);
      const again = this.#lbqos(["analyze", recording, "--json"]);
      if (again.stdout !== "") compare(shown, JSON.parse(again.stdout));
    }
    return signatureOf(outcome);
  }

  #file(name, bytes) {
    for (const old of readdirSync(this.#folder)) rmSync(join(this.#folder, old), { recursive: true });
    const path = join(this.#folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  #lbqos(args) {
    const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, [MAIN, ...args], {
      cwd: this.#folder,
      encoding: "utf8",
      timeout: LONGEST_MS,
      killSignal: "SIGKILL",
      maxBuffer: 1 << 28,
    });
    if (error !== undefined || signal !== null)
      throw new Error(`ended by ${signal ?? error}: lbqos ${args.join(" ")}`);
    if (![0, 1, 2].includes(status)) throw new Error(`status ${status}: ${stderr}`);
    if (/internal error|^\(node:/m.test(stderr)) throw new Error(stderr);
    checkText(stderr, "standard error");
    if (status === 0 && stdout === "") throw new Error("status 0, and nothing printed");
    return { status, stdout, stderr };
  }
}

function checkJson(text) {
  if (text !== "") checkNumbers(JSON.parse(text), "JSON");
}

function compare(shown, again) {
  for (const key of ["http", "tcp"]) {
    const [ours, theirs] = [shown[key], again[key]].map((value) => JSON.stringify(value));
    if (ours !== theirs) throw new Error(`live's ${key} is not analyze's: ${ours} and ${theirs}`);
  }
}

function signatureOf({ status, stderr }) {
  return `${status} ${stderr.replace(/\/\S+|\d+|"[^"]*"/g, "#").slice(0, 100)}`;
}

/** Committed finds, and texts to begin with. */
export function filesIn(folder) {
  return readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

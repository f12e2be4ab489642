/** The guard of an engine: it ends the engine of a process that was killed, and goes with it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CompiledEngines, compileEngines } from "./compiled-engines.ts";
import { commandOf, isRunning } from "./engine-bed.ts";

let engines: CompiledEngines;
const started: ChildProcess[] = [];
beforeAll(async () => {
  engines = await compileEngines();
});
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  engines.remove();
});

/** An engine in a group of its own, and a process that guards it. */
async function guarded(script: string): Promise<{ engine: number; owner: ChildProcess; guard: number }> {
  const engine = spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore" });
  const program = `import { guardGroup } from "${engines.folder}/capture/engines/orphan-guard.js";
    guardGroup(${engine.pid});
    setInterval(() => {}, 1000);
    console.log("guarded");`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(engine, owner);
  if (owner.stdout !== null) await once(owner.stdout, "data");
  const isGuard = (pid: number) => commandOf(pid).endsWith(`sh ${engine.pid} `) && isRunning(pid);
  const guard = readdirSync("/proc").map(Number).find(isGuard);
  if (guard === undefined || engine.pid === undefined) throw new Error("no guard");
  return { engine: engine.pid, owner, guard };
}

test("an engine that ends when it is interrupted: the guard is gone at once", async () => {
  const { engine, owner, guard } = await guarded("exec sleep 60");
  owner.kill("SIGKILL");
  await expect.poll(() => isRunning(engine), { timeout: 1000 }).toBe(false);
  await expect.poll(() => isRunning(guard), { timeout: 1000 }).toBe(false);
});

test("an engine that does not: it is killed after 2 s", async () => {
  const { engine, owner, guard } = await guarded("trap '' INT; while :; do sleep 1; done");
  owner.kill("SIGKILL");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(isRunning(engine)).toBe(true);
  await expect.poll(() => isRunning(engine), { timeout: 10_000 }).toBe(false);
  await expect.poll(() => isRunning(guard), { timeout: 10_000 }).toBe(false);
});

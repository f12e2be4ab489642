/** Captures in which nothing was wrong: a diagnosis is silent on them, with names and without. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { BACKENDS, BALANCER, CAPTURES, capturePath } from "../known-truth/captures.ts";

const backends = Object.entries(BACKENDS).map(([name, address]) => ({ name, address }));
const healthy = readdirSync(CAPTURES).filter(
  (name) => name.endsWith(".pcapng.gz") && (!name.startsWith("loss-") || name === "loss-to0-from0.pcapng.gz"),
);

test("there are captures", () => expect(healthy.length).toBeGreaterThan(8));

test.each(healthy)("%s", async (name) => {
  const source = name.startsWith("direct-") ? "192.168.56.1" : BALANCER;
  // What slow requests share is only looked for where exchanges are listened to.
  const onExchange = () => {};
  expect(
    diagnose(await analyze(capturePath(name), { balancer: source, backends, onExchange })).findings,
  ).toEqual([]);
  expect(diagnose(await analyze(capturePath(name), { onExchange })).findings).toEqual([]);
});

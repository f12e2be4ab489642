/** What `lab check`, `lab status` and the progress of runs say. */
import { expect, test } from "vitest";
import { checkText } from "../../src/cli/lab/run-lab-check.ts";
import { statusText } from "../../src/cli/lab/run-lab-status.ts";
import { progressText } from "../../src/cli/progress-lines.ts";
import { ProgressOfRuns, type RunsProgress } from "../../src/lab/progress-of-runs.ts";
import { message } from "../../src/words/message.ts";

test("what is missing, and what installs it", () => {
  const text = checkText([
    { what: message("rootForNamespaces"), state: "there", required: true, remedy: null },
    {
      what: message("programFor", "nginx", "nginx"),
      state: "missing",
      required: true,
      remedy: { debianPackage: "nginx-light" },
    },
    {
      what: message("pythonModule", "flask"),
      state: "missing",
      required: true,
      remedy: { debianPackage: "python3-flask" },
    },
    {
      what: message("generatorProgram", "wrk"),
      state: "missing",
      required: false,
      remedy: { debianPackage: "wrk" },
    },
    {
      what: message("kernelFeature", "tap"),
      state: "missing",
      required: false,
      remedy: { advice: message("verbatim", "modprobe tun") },
    },
    { what: message("kernelFeature", "bridge"), state: "not tried", required: true, remedy: null },
  ]);
  expect(text).toBe(`  ✓ root, to make network namespaces: there
  ✗ nginx, which is the balancer: missing
  ✗ Python's flask, for the servers: missing
  ✗ wrk, which sends requests with --generator wrk: missing (needed only where asked for)
  ✗ kernel: TAP devices, for delay, jitter, reordering, bursts and copies: missing (needed only where asked for): modprobe tun
  ? kernel: bridge: not tried
A lab can't run here yet.
Install what is missing: sudo apt-get install --no-install-recommends nginx-light python3-flask
For the rest: sudo apt-get install --no-install-recommends wrk
`);
});

test("nothing is missing", () => {
  expect(
    checkText([{ what: message("rootForNamespaces"), state: "there", required: true, remedy: null }]),
  ).toBe("  ✓ root, to make network namespaces: there\nA lab can run here.\n");
});

test("a lab in use, and what of it is not there", () => {
  const host = { namespace: "lbqos-study-fa", isThere: true, processes: 0, programs: [] };
  const text = statusText({
    name: "study",
    folder: "/run/lbqos/study",
    state: "in use",
    user: { pid: 7, what: "lab run" },
    description: message("labForRuns", "study"),
    hosts: [
      {
        ...host,
        name: "fa",
        title: "Flask A",
        address: "192.168.56.109",
        programs: [{ name: "flask-fa", pid: 9 }],
      },
      { ...host, name: "sw", title: "Switch", address: null, isThere: false },
    ],
  });
  expect(text).toBe(`Lab "study": in use by lbqos lab run (process 7) · runs for study
  fa        Flask A     192.168.56.109  flask-fa (9)
  sw        Switch                      not there
  files in /run/lbqos/study
`);
});

test("progress with an estimate once a run was made", () => {
  const told: RunsProgress[] = [];
  const progress = new ProgressOfRuns(10, 4, (one) => told.push(one));
  const run = message("runTitle", "round-robin", "", 3);
  progress.begin(run);
  progress.requests(743);
  progress.end();
  expect(told.map(({ done, run, requests }) => [done, run, requests])).toEqual([
    [4, null, 0],
    [4, run, 0],
    [4, run, 743],
    [5, run, 0],
  ]);
  expect(told.map(({ secondsLeft }) => secondsLeft === null)).toEqual([true, true, true, false]);
  const other = message("runTitle", "ip-hash", "", 1);
  expect(progressText({ done: 4, total: 10, run: other, requests: 743, secondsLeft: 80 })).toBe(
    "4 of 10 runs · ip-hash, run 1 · 743 requests · about 1 min 20 s left",
  );
  expect(progressText({ done: 0, total: 1, run: null, requests: 0, secondsLeft: null })).toBe(
    "0 of 1 run · preparing",
  );
});

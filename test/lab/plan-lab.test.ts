/** Plans are data: what a lab would do, as text that reads like a shell script. */
import { describe, expect, test } from "vitest";
import { dryRunText } from "../../src/cli/lab/run-lab-run.ts";
import { chooseLanguage } from "../../src/cli/language.ts";
import { type Impairment, NO_FAULTS } from "../../src/lab/impairments.ts";
import { BACKENDS, STUDY_HOSTS } from "../../src/lab/lab-hosts.ts";
import { labPlace } from "../../src/lab/lab-place.ts";
import { protocolsOf } from "../../src/lab/lab-protocols.ts";
import { type LabOptions, planLab } from "../../src/lab/plan-lab.ts";
import { planText, undoPlanText } from "../../src/lab/shell-text.ts";
import type { Language } from "../../src/words/language.ts";
import { STUDY_SETTINGS } from "./study-settings.ts";

const PLACE = labPlace("golden");
const ROUND_ROBIN: LabOptions = {
  clients: 1,
  hosts: STUDY_HOSTS,
  impairments: [],
  balancing: {
    method: "round-robin",
    keepAlive: false,
    workers: 1,
    backends: BACKENDS.map(({ address }) => ({ address, weight: 1 })),
    protocols: protocolsOf(STUDY_HOSTS),
  },
};
const IMPAIRED: readonly Impairment[] = [
  { ...NO_FAULTS, backend: "fa", direction: "to", lossPercent: 2 },
  { ...NO_FAULTS, backend: "fa", direction: "from", lossPercent: 0.5, bitsPerSecond: 10_000_000, delayMs: 5 },
  { ...NO_FAULTS, backend: "fc", direction: "to", bitsPerSecond: 1_000_000_000 },
];

function text(options: LabOptions): string {
  const { steps } = planLab(PLACE, options);
  return `${planText(steps, "en")}\n# Undone:\n${undoPlanText(steps, "en")}`;
}

describe("the plan of", () => {
  test("the study's lab", async () => {
    await expect(text(ROUND_ROBIN)).toMatchFileSnapshot("expected/lab-up.txt");
  });

  test("a lab with two clients, loss, rates and delay", async () => {
    const options = { clients: 2, hosts: STUDY_HOSTS, impairments: IMPAIRED, balancing: null };
    await expect(text(options)).toMatchFileSnapshot("expected/lab-up-impaired.txt");
  });

  test("a lab with IPv6, offload and a cable with every fault", async () => {
    const impairments: readonly Impairment[] = [
      {
        ...NO_FAULTS,
        backend: "fa",
        direction: "to",
        lossPercent: 1,
        delayMs: 5,
        jitterMs: 2.5,
        burstPercent: 0.5,
      },
      {
        ...NO_FAULTS,
        backend: "fa",
        direction: "from",
        reorderMs: 1,
        duplicatePercent: 2,
        bitsPerSecond: 10_000_000,
      },
      { ...NO_FAULTS, backend: "fb", direction: "from", lossPercent: 1 },
    ];
    const hosts = { ipv6: true, timestamps: false, sack: false, offload: true };
    const whole = text({ ...ROUND_ROBIN, hosts, impairments });
    // The programs' sources stand in their own files.
    const plan = whole.replaceAll(/<<'END'\n[\s\S]*?\nEND\n/g, "<<'END' …\n");
    await expect(plan).toMatchFileSnapshot("expected/lab-up-offload.txt");
  });

  test("a study of two methods with an event", async () => {
    const settings = {
      ...STUDY_SETTINGS,
      impairments: IMPAIRED.slice(0, 1),
      events: [
        { atSeconds: 0.5, backend: "fb", change: { kind: "stop" } },
        { atSeconds: 0.7, backend: "fb", change: { kind: "start" } },
        { atSeconds: 0.2, backend: "fa", change: { kind: "slow", seconds: 0.05 } },
      ],
    } as const;
    const options = { methods: ["direct", "ip-hash"], runs: 1, settings } as const;
    const whole = dryRunText({ place: PLACE, options, out: "study" });
    // What the lab itself is made of stands in the other two.
    await expect(whole.slice(whole.indexOf("## direct"))).toMatchFileSnapshot("expected/lab-run.txt");
  });
});

test("a dry run says in the user's language what each command is for", () => {
  const settings = {
    ...STUDY_SETTINGS,
    clients: 2,
    impairments: IMPAIRED,
    events: [
      { atSeconds: 0.5, backend: "fb", change: { kind: "stop" } },
      { atSeconds: 0.7, backend: "fb", change: { kind: "start" } },
    ],
  } as const;
  const options = { methods: ["direct", "ip-hash"], runs: 1, settings } as const;
  const comments = (language: Language) => {
    chooseLanguage(["--lang", language], {});
    return dryRunText({ place: PLACE, options, out: "study" })
      .split("\n")
      .filter((line) => line.startsWith("# "));
  };
  const translated = comments("id");
  const english = comments("en");
  expect(english.length).toBeGreaterThan(100);
  expect(translated).toHaveLength(english.length);
  expect(translated.filter((line, index) => line === english[index])).toEqual([]);
});

test("every namespace that is made is taken back, the last one first", () => {
  const { steps } = planLab(PLACE, { ...ROUND_ROBIN, clients: 3 });
  const made = steps.flatMap(({ action }) =>
    action.kind === "command" && action.argv[1] === "netns" && action.argv[2] === "add"
      ? [action.argv[3]]
      : [],
  );
  const removed = steps.flatMap(({ undo }) => (undo?.kind === "namespace" ? [undo.namespace] : []));
  expect(made).toHaveLength(8);
  expect(removed).toEqual(made);
});

test("interfaces are made inside the lab's namespaces only, with names that Linux allows", () => {
  const { steps } = planLab(PLACE, {
    clients: 100,
    hosts: STUDY_HOSTS,
    impairments: IMPAIRED,
    balancing: null,
  });
  const names = steps.flatMap(({ action }): string[] => {
    if (action.kind !== "command" || !action.argv.includes("link") || !action.argv.includes("add")) return [];
    const at = action.argv.indexOf("add");
    const peer = action.argv.indexOf("peer");
    const isInside = action.argv[1] === "-n" || action.argv.filter((word) => word === "netns").length === 2;
    expect(isInside, action.argv.join(" ")).toBe(true);
    return [action.argv[at + 1] ?? "", ...(peer < 0 ? [] : [action.argv[peer + 2] ?? ""])];
  });
  expect(names).toContain("v-client100");
  // IFNAMSIZ is 16 with the byte that ends it.
  expect(names.filter((name) => name.length > 15 || name === "")).toEqual([]);
});

test("nothing gives a host a way out", () => {
  const { steps } = planLab(PLACE, { ...ROUND_ROBIN, clients: 3, impairments: IMPAIRED });
  const routes = planText(steps, "en")
    .split("\n")
    .filter((line) => line.includes(" route "));
  expect(routes.length).toBeGreaterThan(0);
  expect(routes.filter((line) => !/ route add 192\.168\.(0\.0\/16|56\.0\/24) dev eth0$/.test(line))).toEqual(
    [],
  );
});

test("two labs share no name", () => {
  const words = (name: string) =>
    new Set(
      planText(planLab(labPlace(name), ROUND_ROBIN).steps, "en").match(/lbqos-[\w-]+|\/run\/lbqos\/\S+/g),
    );
  const one = words("one");
  expect(one.size).toBeGreaterThan(10);
  expect([...words("two")].filter((word) => one.has(word))).toEqual([]);
});

test.each(["", "Big", "a_b", "-a", "a-", "../etc", "a".repeat(25)])("%j is not a name for a lab", (name) => {
  expect(() => labPlace(name)).toThrow(/is not a name for a lab/);
});

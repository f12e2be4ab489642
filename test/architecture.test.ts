import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { CONTENT_RULES, needlessExceptions } from "./architecture/content-rules.ts";
import { breachesOf, ROOM_RULES } from "./architecture/room-rules.ts";
import { readSource } from "./architecture/source-facts.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const RULES = [...ROOM_RULES, ...CONTENT_RULES];

async function readSources() {
  const names = await readdir(`${ROOT}src`, { recursive: true });
  const paths = names.filter((name) => /\.tsx?$/.test(name)).sort();
  return paths.map((path) => readSource(path, readFileSync(`${ROOT}src/${path}`, "utf8")));
}

describe("the rooms of src", async () => {
  const sources = await readSources();

  test("are found", () => {
    expect(sources.map(({ path }) => path)).toContain("packet/decode-frame.ts");
  });

  for (const rule of RULES) {
    test(`${rule.name}: ${rule.reason}`, () => {
      expect(breachesOf(rule, sources)).toEqual([]);
    });
  }
});

test("texts outside words are excepted only where there are some", async () => {
  expect(needlessExceptions(await readSources())).toEqual([]);
});

/** A breach of each rule: invented sources by path, and the lines that the rule has to answer with. */
const INVENTED: Record<string, { sources: Record<string, string>; breaches: string[] }[]> = {
  "every-file-has-a-room": [
    {
      sources: { "attic/box.ts": "export const x = 1;", "helpers.ts": "" },
      breaches: ["attic/box.ts attic is no room of STAGES", "helpers.ts helpers.ts is no room of STAGES"],
    },
  ],
  "the-root-is-empty": [
    {
      sources: { "index.ts": "", "failure.ts": "", "clock.ts": "", "packet/clock.ts": "" },
      breaches: ["clock.ts belongs in a room"],
    },
  ],
  "imports-point-backwards": [
    {
      sources: {
        "packet/a.ts": 'import { b } from "../metrics/b.ts";\nb();',
        "metrics/b.ts": "export const b = 1;",
      },
      breaches: ["packet/a.ts:1 imports metrics/b.ts, which does not come before it"],
    },
    {
      sources: { "packet/a.ts": '\nimport type { B } from "../metrics/b.ts";\nexport type { B };' },
      breaches: ["packet/a.ts:2 imports metrics/b.ts, which does not come before it"],
    },
    {
      sources: { "packet/a.ts": 'export { b } from "../metrics/b.ts";\nexport * from "../metrics/c.ts";' },
      breaches: [
        "packet/a.ts:1 imports metrics/b.ts, which does not come before it",
        "packet/a.ts:2 imports metrics/c.ts, which does not come before it",
      ],
    },
    {
      sources: { "monitor/a.ts": 'export const b = await import("../lab/b.ts");' },
      breaches: ["monitor/a.ts:1 imports lab/b.ts, which does not come before it"],
    },
    {
      sources: { "metrics/a.ts": 'export type B = import("../analysis/analyze.ts").B;' },
      breaches: ["metrics/a.ts:1 imports analysis/analyze.ts, which does not come before it"],
    },
    {
      sources: { "index.ts": 'import { run } from "./cli/run.ts";\nrun();' },
      breaches: ["index.ts:1 imports cli/run.ts, which does not come before it"],
    },
    {
      sources: {
        "metrics/b.ts": 'import { c } from "../packet/c.ts";\nimport { d } from "./d.ts";\nc(d);',
        "cli/a.ts": 'import { b } from "../index.ts";\nb();',
      },
      breaches: [],
    },
  ],
  "files-run-in-no-circle": [
    {
      sources: {
        "metrics/a.ts": 'import { b } from "./b.ts";\nimport { d } from "./d.ts";',
        "metrics/b.ts": 'import type { C } from "./c.ts";',
        "metrics/c.ts": '\nexport { a } from "./a.ts";',
        "metrics/d.ts": "export const d = 1;",
        "metrics/e.ts": 'import { a } from "./a.ts";\nimport "./e.ts";',
      },
      breaches: [
        "metrics/a.ts:1 imports metrics/b.ts, which leads back to it",
        "metrics/b.ts:1 imports metrics/c.ts, which leads back to it",
        "metrics/c.ts:2 imports metrics/a.ts, which leads back to it",
        "metrics/e.ts:2 imports metrics/e.ts, which leads back to it",
      ],
    },
  ],
  "folders-of-a-room-run-in-no-circle": [
    {
      sources: {
        "experiment/audit/a.ts": 'import { b } from "../tables/b.ts";',
        "experiment/tables/b.ts": 'import type { M } from "../m.ts";',
        "experiment/tables/c.ts": '\nimport type { D } from "../runs/d.ts";',
        "experiment/runs/d.ts": 'import { e } from "../audit/e.ts";\nimport { f } from "../statistics/f.ts";',
        "experiment/m.ts": 'import { f } from "./statistics/f.ts";',
        "experiment/statistics/f.ts": 'import { m } from "../n.ts";',
        "report/runs/d.ts": 'import { e } from "../audit/e.ts";',
      },
      breaches: [
        "experiment/audit/a.ts:1 imports experiment/tables/b.ts, whose folder leads back to its own",
        "experiment/tables/c.ts:2 imports experiment/runs/d.ts, whose folder leads back to its own",
        "experiment/runs/d.ts:1 imports experiment/audit/e.ts, whose folder leads back to its own",
      ],
    },
  ],
  "dialect-follows-from-the-folder": [
    {
      sources: {
        "metrics/a.ts": "export const a = (x: i32): number => x;\nif (ASC_TARGET) f();",
        "packet/a.ts": "const b = c as u32;",
        "engine/tcp/a.ts": "export const a = (x: i32): f64 => x as f64;",
        "report/a.ts": 'const name = { i32: "i32" }; // i32',
        "analysis/a.ts": '\nimport { load } from "../engine/dialect/memory.ts";',
        "engine/tcp/b.ts": 'import { load } from "../dialect/memory.ts";',
      },
      breaches: [
        "metrics/a.ts:1 uses i32 outside the engine",
        "metrics/a.ts:2 uses ASC_TARGET outside the engine",
        "packet/a.ts:1 uses u32 outside the engine",
        "analysis/a.ts:2 imports engine/dialect/memory.ts outside the engine",
      ],
    },
  ],
  "a-type-has-one-name": [
    {
      sources: {
        "metrics/a.ts": "interface Load {}\nexport type Own = Load;",
        "lab/b.ts": "\nexport class Load {}",
        "cli/c.ts": "type Facts = 1;\nimport type { Own } from '../metrics/a.ts';",
        "report/d.ts": "enum Facts {}",
      },
      breaches: [
        "metrics/a.ts:1 defines Load, as lab/b.ts does",
        "lab/b.ts:2 defines Load, as metrics/a.ts does",
        "cli/c.ts:1 defines Facts, as report/d.ts does",
        "report/d.ts:1 defines Facts, as cli/c.ts does",
      ],
    },
  ],
  "programs-have-one-host": [
    {
      sources: {
        "engine/tcp/a.ts": 'import { b } from "../../units.ts";\nimport type { C } from "../../packet/c.ts";',
        "engine/tcp/b.ts": 'import { d } from "zod";\nexport { e } from "../../metrics/e.ts";',
        "metrics/a.ts": 'import type { A } from "../engine/counting.ts";',
        "analysis/analysis.ts": 'import program from "../engine/tracking.wasm";',
        "analysis/compiled-tracking.ts": 'import program from "../engine/counting.wasm";',
      },
      breaches: [
        "engine/tcp/a.ts:1 imports units.ts in the engine",
        "engine/tcp/a.ts:2 imports packet/c.ts in the engine",
        "engine/tcp/b.ts:1 imports zod in the engine",
        "engine/tcp/b.ts:2 imports metrics/e.ts in the engine",
        "metrics/a.ts:1 imports engine/counting.ts and is not its host",
        "analysis/analysis.ts:1 imports engine/tracking.wasm and is not its host",
        "analysis/compiled-tracking.ts:1 imports engine/counting.wasm and is not its host",
      ],
    },
    {
      sources: {
        "engine/tracking.ts": 'import { b } from "./tcp/b.ts";',
        "metrics/a.ts": 'import { STATES } from "../engine/http/states.ts";',
        "analysis/compiled-tracking.ts": 'import program from "../engine/tracking.wasm";',
        "analysis/compiled-counting.ts": 'import program from "../engine/counting.wasm";',
      },
      breaches: [],
    },
  ],
  "imports-stay-in-src": [
    {
      sources: {
        "analysis/compiled-tracking.ts": 'import program from "../engine/tracking.wasm";',
        "engine/tracking.ts": "",
        "metrics/a.ts": 'import program from "./program.wasm";',
      },
      breaches: ["metrics/a.ts:1 imports ./program.wasm, no source file of src"],
    },
    {
      sources: { "analysis/compiled-tracking.ts": 'import program from "../engine/tracking.wasm";' },
      breaches: ["analysis/compiled-tracking.ts:1 imports ../engine/tracking.wasm, no source file of src"],
    },
    {
      sources: { "metrics/a.ts": 'import "../../test/b.ts";\nimport "./gone.ts";\nimport(name);' },
      breaches: [
        "metrics/a.ts:1 imports ../../test/b.ts, no source file of src",
        "metrics/a.ts:2 imports ./gone.ts, no source file of src",
        "metrics/a.ts:3 imports a computed name",
      ],
    },
  ],
  "pure-rooms-import-no-effects": [
    {
      sources: {
        "metrics/a.ts": 'import { readFileSync } from "node:fs";\nimport fs from "fs";\nimport "left-pad";',
        "packet/z.ts": 'import { type Buffer } from "node:buffer";',
      },
      breaches: [
        "metrics/a.ts:1 imports node:fs in a pure room",
        "metrics/a.ts:2 imports fs in a pure room",
        "metrics/a.ts:3 imports left-pad in a pure room",
        "packet/z.ts:1 imports node:buffer in a pure room",
      ],
    },
    {
      sources: {
        "metrics/a.ts":
          'import type { Buffer } from "node:buffer";\nimport { mean } from "simple-statistics";',
        "capture/a.ts": 'import { open } from "node:fs/promises";',
      },
      breaches: [],
    },
  ],
  "pure-rooms-import-pure-files": [
    {
      sources: {
        "packet/a.ts": 'import { b } from "../capture/b.ts";\nimport type { C } from "../capture/c.ts";',
        "capture/b.ts": 'import { c } from "./c.ts";',
        "capture/c.ts": 'import { open } from "node:fs/promises";\nimport { b } from "./b.ts";',
        "metrics/a.ts": 'import { d } from "../capture/d.ts";',
        "analysis/a.ts": 'import { b } from "./threads/b.ts";',
        "analysis/analyze.ts": 'import { b } from "./threads/b.ts";',
        "analysis/threads/b.ts": 'import { Worker } from "node:worker_threads";',
        "capture/d.ts": 'import type { C } from "./c.ts";',
      },
      breaches: [
        "packet/a.ts:1 runs capture/c.ts, which imports node:fs/promises",
        "analysis/a.ts:1 runs analysis/threads/b.ts, which imports node:worker_threads",
      ],
    },
  ],
  "pure-rooms-use-no-ambient-effects": [
    {
      sources: {
        "analysis/a.ts": "const t = performance.now();",
        "analysis/analyze.ts": "const t = performance.now();",
        "analysis/threads/a.ts": "const t = performance.now();",
        "packet/a.ts": "const t = Date.now();\nconsole.log(new Date(), t);\nsetTimeout(f, process.hrtime());",
        "experiment/a.ts": "const shuffled = rows.sort(() => Math.random() - 0.5);",
      },
      breaches: [
        "analysis/a.ts:1 uses performance in a pure room",
        "packet/a.ts:1 uses Date.now in a pure room",
        "packet/a.ts:2 uses console in a pure room",
        "packet/a.ts:2 uses new Date() in a pure room",
        "packet/a.ts:3 uses setTimeout in a pure room",
        "packet/a.ts:3 uses process in a pure room",
        "experiment/a.ts:1 uses Math.random in a pure room",
      ],
    },
    {
      sources: {
        "packet/a.ts":
          "// process and console\nsink.process(new Date(5), { console: 'Date.now' });\nclass A { process() {} }\ninterface B { fetch: 1; process(): void }",
        "capture/a.ts": "setTimeout(f, 1);",
      },
      breaches: [],
    },
  ],
  "only-cli-prints-and-exits": [
    {
      sources: {
        "report/a.ts": "console.log(1);\nprocess.stdout.write('x');\nprocess.exitCode = 1;",
        "lab/a.ts": 'import { exit } from "node:process";\nimport { getuid } from "node:process";',
        "capture/a.ts": "process.stdin.on('data', f);",
        "cli/a.ts": "console.log(1);\nprocess.exit(1);",
      },
      breaches: [
        "report/a.ts:1 uses console outside cli",
        "report/a.ts:2 uses process.stdout outside cli",
        "report/a.ts:3 uses process.exitCode outside cli",
        "lab/a.ts:1 uses process.exit outside cli",
      ],
    },
  ],
  "only-cli-and-lab-write-files": [
    {
      sources: {
        "report/a.ts": 'import { writeFile, readFile } from "node:fs/promises";',
        "monitor/a.ts":
          'import * as fs from "node:fs";\nfs.promises.writeFile("x", "y");\nfs.readFileSync("x");',
        "lab/a.ts": 'import { writeFile } from "node:fs/promises";',
        "cli/a.ts": 'import { writeFile } from "node:fs/promises";',
      },
      breaches: [
        "report/a.ts:1 uses writeFile outside cli and lab",
        "monitor/a.ts:2 uses ?.writeFile outside cli and lab",
      ],
    },
  ],
  "files-are-small": [
    {
      sources: { "packet/a.ts": "f();\n".repeat(401), "packet/b.ts": "f();\n".repeat(400) },
      breaches: ["packet/a.ts has 401 lines"],
    },
  ],
  "no-drawers": [
    {
      sources: {
        "tcp/utils.ts": "",
        "http/helpers/a.ts": "",
        "report/document-types.ts": "",
        "types.ts": "",
      },
      breaches: ["tcp/utils.ts is a drawer", "http/helpers/a.ts is a drawer", "types.ts is a drawer"],
    },
  ],
  "exports-are-named": [
    {
      sources: { "index.ts": 'export { analyze } from "./analyze.ts";\nexport * from "./units.ts";' },
      breaches: ["index.ts:2 exports * of another file"],
    },
  ],
  "counts-are-computed-in-metrics": [
    {
      sources: {
        "metrics/run-metrics.ts":
          "export interface PairCounts { readonly lost: number; sent: number | null; delayMs: number; index: number; name: string }",
        "report/a.ts":
          "export const share = pair.lost / pair.sent;\nconst all = pairs.reduce((sum, { lost }) => sum + lost, 0);",
        "monitor/a.ts": "let all = 0;\nfor (const one of pairs) all += one?.counts.lost ?? 0;",
        "monitor/b.ts": "const rest = (a, b) => a.sent - b;\nconst half = Math.max(x.sent, 1) * 0.5 % y;",
        "monitor/c.ts": "const all = Object.values(pair.lost).reduce((a, b) => a + b);\nlost++;",
        "cli/a.ts": "const percent = 100 * (1 - one.lost);",
      },
      breaches: [
        "report/a.ts:1 computes with lost",
        "report/a.ts:2 computes with lost",
        "monitor/a.ts:2 computes with lost",
        "monitor/b.ts:1 computes with sent",
        "monitor/c.ts:1 computes with lost",
        "monitor/c.ts:2 computes with lost",
        "cli/a.ts:1 computes with lost",
      ],
    },
    {
      sources: {
        "metrics/run-metrics.ts":
          "export interface PairCounts { readonly lost: number; delayMs: number; index: number }\nexport const f = (pair) => pair.lost / 2 + pair.lost;",
        "report/a.ts":
          "const x = left + index * width;\nconst s = pair.delayMs / 1000 + pair.delayMs;\nf(g(pair.lost) + 1, pair.lost);",
        "monitor/a.ts": "const bits = pair.lost * BITS_PER_BYTE;\nif (pair.lost > 0) f(pair.lost);",
        "live/a.ts": "lost += chunk.lost;",
      },
      breaches: [],
    },
  ],
  "texts-stand-in-words": [
    {
      sources: {
        "report/a.ts": 'const text = "No packet was lost";\nconst more = `of all, with care`;',
        "live/b.ts": `throw new Failure(\`no such \${thing}, or no permission\`);`,
        "lab/c.ts": `const purpose = \`\${title}'s host\`;\nconst log = "nginx's log";\nconst why = "failed: retry"; f("need a token");`,
      },
      breaches: [
        'report/a.ts:1 says "No packet was lost"',
        'report/a.ts:2 says "of all, with care"',
        'live/b.ts:1 says "no such"',
        'live/b.ts:1 says ", or no permission"',
        'lab/c.ts:1 says "\'s host"',
        'lab/c.ts:2 says "nginx\'s log"',
        'lab/c.ts:3 says "failed: retry"',
        'lab/c.ts:3 says "need a token"',
      ],
    },
    {
      sources: {
        "lab/impairments.ts":
          'nft("every frame between two cables passes here", "add chain bridge lbqos { type filter }");',
        "lab/shell-text.ts": "const shown = `# the recorder ends\nkill -INT PID-OF-dumpcap`;",
        "capture/engines/dumpcap.ts":
          'const install = "sudo apt-get install wireshark-common";\nconst why = "no permission to capture; use sudo";',
        "monitor/server/serve-monitor.ts":
          'response.setHeader("Allow", "GET, HEAD");\nrefuse(405, "This can only be read: GET or HEAD.");',
        "monitor/page/script-view.ts": 'const text = "There is no report yet.";',
      },
      breaches: [
        'lab/impairments.ts:1 says "every frame between two cables passes here"',
        'lab/shell-text.ts:1 says "# the recorder ends\nkill -INT PID-OF-dumpcap"',
        'capture/engines/dumpcap.ts:2 says "no permission to capture; use sudo"',
        'monitor/server/serve-monitor.ts:2 says "This can only be read: GET or HEAD."',
        'monitor/page/script-view.ts:1 says "There is no report yet."',
      ],
    },
    {
      sources: {
        "report/a.ts":
          'throw new RangeError("no such place at all");\nconst key = "lost-before-tap"; // two words',
        "words/en/a.ts": 'export const text = "No packet was lost";',
        "cli/a.ts": 'const example = "sudo lbqos lab run -o study";',
      },
      breaches: [],
    },
  ],
};

describe("the checker of the rooms finds invented breaches of", () => {
  test("every rule", () => {
    expect(Object.keys(INVENTED)).toEqual(RULES.map(({ name }) => name));
  });

  for (const rule of RULES) {
    for (const [index, { sources, breaches }] of (INVENTED[rule.name] ?? []).entries()) {
      test(`${rule.name} (${index + 1})`, () => {
        const facts = Object.entries(sources).map(([path, text]) => readSource(path, text));
        expect(breachesOf(rule, facts)).toEqual(breaches);
      });
    }
  }
});

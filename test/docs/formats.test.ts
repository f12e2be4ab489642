/** What docs/formats.md shows is what lbqos writes and reads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ownProfile } from "../../src/experiment/manifest/manifest-schema.ts";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { lbqos, ROOT } from "../cli/lbqos-command.ts";

const formats = readFileSync(join(ROOT, "docs/formats.md"), "utf8");

/** The code block of a language that contains `word`. */
function block(language: string, word: string): string {
  const blocks = Array.from(formats.matchAll(/^```(\w+)\n(.*?)^```$/gms));
  const found = blocks.find(([, name, code]) => name === language && code?.includes(word));
  if (found === undefined) throw new Error(`docs/formats.md has no ${language} block with "${word}"`);
  return found[2] ?? "";
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Names of a document by their place: `pairs.paper.frames`. Of lists, the first element counts. */
function namesOf(value: Json, place = ""): string[] {
  if (Array.isArray(value)) return namesOf(value[0] ?? null, place);
  if (value === null || typeof value !== "object") return [place];
  const entries = Object.entries(value);
  return entries.length === 0
    ? [place]
    : entries.flatMap(([name, inner]) => namesOf(inner, place === "" ? name : `${place}.${name}`));
}

describe("docs/formats.md", () => {
  test("shows the names of the JSON document", () => {
    const shown: Json = JSON.parse(block("jsonc", '"capture"').replaceAll(/ +\/\/ .*$/gm, ""));
    const { stdout } = lbqos([
      "analyze",
      "fixtures/captures/round-robin-1.pcapng.gz",
      "--balancer=192.168.56.103",
      "--backend=Flask A=192.168.56.109",
      "--json",
    ]);
    const printed: Json = JSON.parse(stdout);
    const names = namesOf(printed);
    // Shown as {}, or with an example of what this capture has none of.
    const open = /^(capture\.skipped|warnings|balancer\.answeredItself)(\.|$)|Ms\.\w+$|\.fromBackend\./;
    const isShown = (name: string) =>
      namesOf(shown).includes(name) || namesOf(shown).includes(name.replace(/\.\w+$/, ""));
    expect(names.filter((name) => !open.test(name) && !isShown(name))).toEqual([]);
    expect(
      namesOf(shown).filter(
        (name) => !open.test(name) && !names.some((one) => `${one}.`.startsWith(`${name}.`)),
      ),
    ).toEqual([]);
  });

  test("shows a profile that can be read", () => {
    expect(ownProfile.parse(parse(block("yaml", "our-laboratory"))).name).toBe("our-laboratory");
  });

  test("shows an experiment.yaml that can be read", () => {
    const manifest = parseManifest(block("yaml", "methods:"), "experiment.yaml");
    expect(manifest.methods.map(({ name }) => name)).toEqual(["direct", "round-robin", "least-connection"]);
  });
});

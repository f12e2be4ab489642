/** What the help of `lbqos lab` and `lbqos run` says; and that its examples are understood. */
import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/parse-arguments.ts";

async function helpOf(words: readonly string[]): Promise<string> {
  const command = await parseArguments([...words, "--help"]);
  if (command.kind !== "print") throw new Error("is no help");
  return command.text;
}

/** Commands of lbqos in the examples, without what a shell would do with them. */
function examplesOf(help: string): string[] {
  const lines = Array.from(help.matchAll(/^ {2}\$ (.*(?:\n {4,}.*)*)$/gm), ([, line = ""]) =>
    line.replaceAll(/\\\n\s*/g, ""),
  );
  return lines
    .flatMap((line) => line.split(" && "))
    .flatMap((line) => {
      const [, command] = /^(?:sudo )?lbqos (.*)$/.exec(line) ?? [];
      return command === undefined ? [] : [command];
    });
}

describe.each(["lab", "lab up", "lab run", "lab exec", "lab down", "run"])("help of %s", async (name) => {
  const help = await helpOf(name.split(" "));

  test("is as expected", async () => {
    await expect(help).toMatchFileSnapshot(`expected/help-${name.replace(" ", "-")}.txt`);
  });

  test("fits a terminal", () => {
    expect(help.split("\n").filter((line) => line.length > 82)).toEqual([]);
  });

  test.each(examplesOf(help))("%s", async (example) => {
    const command = await parseArguments(example.split(" "));
    expect(command.kind).toMatch(/^(lab|testbed|compare)$/);
  });
});

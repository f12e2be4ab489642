/** The view's lines on a terminal: what the user sees, whatever went before. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LiveScreen } from "../../src/cli/live/live-screen.ts";
import { TerminalScreen } from "./terminal-screen.ts";

const SIZE = { columns: 20, rows: 8 };

function screenOn(terminal: TerminalScreen) {
  // The system's terminal driver makes CR LF of LF.
  const writer = {
    isBusy: false,
    write: (text: string) => void terminal.write(text.replaceAll("\n", "\r\n")),
  };
  return { screen: new LiveScreen(writer, () => SIZE), writer };
}

const line = fc.string({ unit: fc.constantFrom("a", "b", " ", "é"), minLength: 1, maxLength: SIZE.columns });
const action = fc.oneof(
  fc.record({ kind: fc.constant("show" as const), lines: fc.array(line, { maxLength: SIZE.rows - 1 }) }),
  fc.record({ kind: fc.constant("say" as const), lines: fc.array(line, { minLength: 1, maxLength: 3 }) }),
);

describe("the view on a terminal", () => {
  test("is the last one, below all that was said, and leaves nothing behind", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
        const terminal = new TerminalScreen(SIZE.columns, SIZE.rows).write("$ lbqos live\r\n");
        const { screen, writer } = screenOn(terminal);
        const said: string[] = ["$ lbqos live"];
        let shown: readonly string[] = [];
        for (const { kind, lines } of actions) {
          if (kind === "show") {
            shown = lines;
            screen.show(() => lines);
          } else {
            said.push(...lines);
            screen.say(lines);
          }
          const expected = [...said, ...shown].map((one) => one.trimEnd()).join("\n");
          expect(terminal.text).toBe(expected.trimEnd());
          expect(terminal.cursor).toEqual([said.length + shown.length, 0]);
        }
        writer.write(screen.cleared());
        expect(terminal.text).toBe(
          said
            .map((one) => one.trimEnd())
            .join("\n")
            .trimEnd(),
        );
        expect(terminal.cursor).toEqual([said.length, 0]);
      }),
    );
  });

  test("gives its maker the terminal's size, without the cursor's line", () => {
    const { screen } = screenOn(new TerminalScreen(SIZE.columns, SIZE.rows));
    let size: unknown = null;
    screen.show((given) => {
      size = given;
      return [];
    });
    expect(size).toEqual({ columns: 20, rows: 7 });
  });

  test("waits where the terminal is slow, but says what is to be said", () => {
    const terminal = new TerminalScreen(SIZE.columns, SIZE.rows);
    const { screen, writer } = screenOn(terminal);
    screen.show(() => ["first"]);
    writer.isBusy = true;
    screen.show(() => ["second"]);
    expect(terminal.text).toBe("first");
    screen.say(["said"]);
    expect(terminal.text).toBe("said\nsecond");
  });

  test("never goes above the screen, where a narrower terminal has broken its lines anew", () => {
    const written: string[] = [];
    let columns = 20;
    const screen = new LiveScreen(
      { isBusy: false, write: (text: string) => void written.push(text) },
      () => ({ columns, rows: 8 }),
    );
    screen.show(() => ["x".repeat(20), "y"]);
    columns = 7;
    screen.redraw();
    // 20 columns are three lines of 7.
    expect(written[1]?.startsWith("\u001b[4F")).toBe(true);
    columns = 1;
    screen.redraw();
    expect(written[2]?.startsWith("\u001b[7F")).toBe(true);
  });
});

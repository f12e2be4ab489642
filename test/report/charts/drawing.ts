/** Tests that draw: `drawing("PNG", () => { … })` is a `describe` that is skipped where charts can't be drawn. */
import { describe } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { newCanvas } from "../../../src/report/charts/chart-canvas.ts";

function reasonNotTo(): string | null {
  try {
    newCanvas(10, 10, null);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** In CI every real part has to be tested, so there a missing package is a failure. */
export function drawing(title: string, tests: () => void): void {
  const reason = reasonNotTo();
  if (reason === null) describe(title, tests);
  else if (process.env["CI"] === "true") throw new Error(`In CI no real part may be skipped: ${reason}`);
  else describe.skip(`${title} [skipped, ${reason}]`, tests);
}

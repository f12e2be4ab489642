/** Findings that are lent stay as they are until they are given back, whatever is found meanwhile. */
import { expect, test } from "vitest";
import { FrameTracker, type Loan } from "../../src/analysis/track-frames.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { capturePath } from "../known-truth/captures.ts";

const CAPTURE = capturePath("loss-big-to2-from2.pcapng.gz");

test.each([1, 2, 5])("%i at a time", async (most) => {
  const [lending, taking] = [new FrameTracker(true), new FrameTracker(true)];
  const capture = await openCapture(CAPTURE);
  const expected: string[] = [];
  const lent: string[] = [];
  const places = new Set<number>();
  const loans: Loan[] = [];
  const giveBack = (): void => {
    const loan = loans.shift();
    if (loan === undefined) throw new Error("nothing is lent");
    lent.push(textOf(loan.findings));
    lending.giveBack(loan.place);
  };
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (const follower of [lending, taking]) follower.feed(batch);
    expected.push(textOf(taking.take()));
    loans.push(lending.lend());
    for (const { place } of loans) places.add(place);
    if (loans.length > most) giveBack();
  }
  while (loans.length > 0) giveBack();
  await capture.close();
  expect(expected.length).toBeGreaterThan(most + 2);
  expect(lent).toEqual(expected);
  expect(places.size).toBeGreaterThan(most);
  expect(places.size).toBeLessThan(most + 3);
});

function textOf({ words, octets }: Loan["findings"]): string {
  return `${Array.from(words).join(" ")} ${Buffer.from(octets).toString("hex")}`;
}

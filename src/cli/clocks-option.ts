/** `--clocks`: whether the times of taps are taken as they are. */
import { Option } from "commander";
import { helpWords } from "./help-text.ts";

const clockKinds = ["estimated", "synchronous"] as const;

/** What commander makes of the option. */
export interface ClocksOptionText {
  /** Absent: estimated. */
  readonly clocks?: (typeof clockKinds)[number];
}

export function clocksOption(): Option {
  return new Option("--clocks <how>", helpWords().path.clocks).choices(clockKinds);
}

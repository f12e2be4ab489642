/** How many methods are compared: every one with every other, in tables that a person reads. */
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

/** 19,900 pairs of methods, some 150 MB. */
export const MAX_METHODS = 200;

/** @throws Failure where there are more methods than can be compared */
export function checkMethodCount(count: number): void {
  if (count > MAX_METHODS) throw new Failure(message("tooManyMethods", count, MAX_METHODS));
}

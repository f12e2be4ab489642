/** From a filter's structure to a function of a frame's fields: names and values are checked here, once. */

import { Failure } from "../failure.ts";
import { nearestName } from "../metrics/nearest-name.ts";
import { type Message, message } from "../words/message.ts";
import {
  FILTER_FIELDS,
  FILTER_NAMES,
  FILTER_PROTOCOLS,
  type FilterField,
  PAYLOAD_PROTOCOL,
} from "./filter-fields.ts";
import type { FilterComparison, FilterExpression, Quantifier } from "./filter-syntax.ts";
import { type FilterValue, parseFilterValue } from "./filter-values.ts";
import type { FrameFields } from "./frame-fields.ts";
import { filterFailure, parseFilter } from "./parse-filter.ts";

/** Whether a frame is shown. */
export type FramePredicate = (frame: FrameFields) => boolean;

/** A filter that can be asked of frames. */
export interface FrameFilter {
  /** As it was written; empty: every frame. */
  readonly expression: string;
  readonly shows: FramePredicate;
  /** Bits of the protocols that it names: some are sought only where a filter does. */
  readonly protocols: number;
}

/** The filter that shows everything, as an empty display filter does. */
export const EVERY_FRAME: FrameFilter = { expression: "", shows: () => true, protocols: 0 };

/**
 * A display filter as a function.
 * @throws Failure (status 2) that names what is not in the subset, and what is
 */
export function compileFilter(expression: string): FrameFilter {
  const compiler = new FilterCompiler(expression);
  const shows = compiler.compile(parseFilter(expression));
  return { expression, shows, protocols: compiler.protocols };
}

/** Why a filter can't be asked of frames; `null`: it can. */
export function filterProblem(expression: string): Message | null {
  try {
    compileFilter(expression);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.words;
    throw error;
  }
}

/** Whether one value of a frame, at a place of a slot's values, fits. */
type ValueTest = (values: Float64Array, at: number) => boolean;

class FilterCompiler {
  /** Bits of those that were named. */
  protocols = 0;
  readonly #expression: string;

  constructor(expression: string) {
    this.#expression = expression;
  }

  compile(filter: FilterExpression): FramePredicate {
    switch (filter.kind) {
      case "exists":
        return this.#exists(filter.field);
      case "compare": {
        const field = this.#field(filter.field);
        const test = this.#comparison(filter.comparison, field, filter.value, filter.field);
        return quantified(field, filter.quantifier, test);
      }
      case "member": {
        const field = this.#field(filter.field);
        const tests = filter.ranges.map(({ low, high }) => {
          const from = this.#comparison(high === null ? "equal" : "greaterOrEqual", field, low, filter.field);
          if (high === null) return from;
          const to = this.#comparison("lessOrEqual", field, high, filter.field);
          return (values: Float64Array, at: number) => from(values, at) && to(values, at);
        });
        return quantified(field, filter.quantifier, (values, at) => tests.some((test) => test(values, at)));
      }
      case "not": {
        const of = this.compile(filter.of);
        return (frame) => !of(frame);
      }
      case "and":
        return allOf(filter.of.map((part) => this.compile(part)));
      case "or":
        return anyOf(filter.of.map((part) => this.compile(part)));
    }
  }

  #exists(name: string): FramePredicate {
    const protocol = FILTER_PROTOCOLS.get(name);
    if (protocol !== undefined) {
      this.protocols |= protocol;
      return (frame) => (frame.protocols & protocol) !== 0;
    }
    const { slots } = this.#field(name);
    return ({ counts }) => slots.some((slot) => (counts[slot] as number) > 0);
  }

  #field(name: string): FilterField {
    const field = FILTER_FIELDS.get(name);
    if (field === undefined) {
      if (FILTER_PROTOCOLS.has(name)) throw this.#failure(message("filterProtocolCompared", name));
      if (PAYLOAD_PROTOCOL.test(name)) throw this.#failure(message("filterPayload", name));
      const spelled = name.toLowerCase();
      const near = FILTER_NAMES.includes(spelled) ? spelled : nearestName(name, FILTER_NAMES);
      throw this.#failure(message("filterUnknownName", name, near, FILTER_NAMES.join(", ")));
    }
    return field;
  }

  #comparison(comparison: FilterComparison, field: FilterField, text: string, name: string): ValueTest {
    const value = parseFilterValue(field.type, text, name);
    if ("key" in value) throw this.#failure(value);
    const isOrder = comparison !== "equal" && comparison !== "unequal";
    if (isOrder && value.isNetwork) throw this.#failure(message("filterNetworkOrder", text));
    return value.words.length === 1 ? numberTest(comparison, value) : addressTest(comparison, value);
  }

  #failure(reason: Parameters<typeof filterFailure>[1]): ReturnType<typeof filterFailure> {
    return filterFailure(this.#expression, reason);
  }
}

/** A field that a frame lacks fits nothing, whatever the comparison. */
function quantified({ slots, type }: FilterField, quantifier: Quantifier, test: ValueTest): FramePredicate {
  const width = type.kind === "ipv6" ? 4 : 1;
  const wanted = quantifier === "any";
  const [first = 0, second = first] = slots;
  const found = ({ counts, values }: FrameFields, slot: number): boolean => {
    const ofSlot = values[slot] as Float64Array;
    const end = (counts[slot] as number) * width;
    for (let at = 0; at < end; at += width) if (test(ofSlot, at) === wanted) return true;
    return false;
  };
  const either: FramePredicate =
    slots.length === 1
      ? (frame) => found(frame, first)
      : (frame) => found(frame, first) || found(frame, second);
  if (wanted) return either;
  return (frame) => slots.some((slot) => (frame.counts[slot] as number) > 0) && !either(frame);
}

function allOf(parts: readonly FramePredicate[]): FramePredicate {
  const [first, second] = parts;
  if (parts.length === 2 && first !== undefined && second !== undefined)
    return (frame) => first(frame) && second(frame);
  return (frame) => parts.every((part) => part(frame));
}

function anyOf(parts: readonly FramePredicate[]): FramePredicate {
  const [first, second] = parts;
  if (parts.length === 2 && first !== undefined && second !== undefined)
    return (frame) => first(frame) || second(frame);
  return (frame) => parts.some((part) => part(frame));
}

function numberTest(comparison: FilterComparison, { words, mask, isNetwork }: FilterValue): ValueTest {
  const [wanted = 0] = words;
  const [ones = 0] = mask;
  if (isNetwork) {
    const network = (wanted & ones) >>> 0;
    const isWanted = comparison === "equal";
    return (values, at) => (((values[at] as number) & ones) >>> 0 === network) === isWanted;
  }
  switch (comparison) {
    case "equal":
      return (values, at) => values[at] === wanted;
    case "unequal":
      return (values, at) => values[at] !== wanted;
    case "greater":
      return (values, at) => (values[at] as number) > wanted;
    case "less":
      return (values, at) => (values[at] as number) < wanted;
    case "greaterOrEqual":
      return (values, at) => (values[at] as number) >= wanted;
    case "lessOrEqual":
      return (values, at) => (values[at] as number) <= wanted;
  }
}

/** Of IPv6 addresses: the first word that differs decides. */
function addressTest(comparison: FilterComparison, { words, mask }: FilterValue): ValueTest {
  const order = (values: Float64Array, at: number): number => {
    for (let word = 0; word < words.length; word++) {
      const ones = mask[word] as number;
      const difference =
        (((values[at + word] as number) & ones) >>> 0) - (((words[word] as number) & ones) >>> 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  switch (comparison) {
    case "equal":
      return (values, at) => order(values, at) === 0;
    case "unequal":
      return (values, at) => order(values, at) !== 0;
    case "greater":
      return (values, at) => order(values, at) > 0;
    case "less":
      return (values, at) => order(values, at) < 0;
    case "greaterOrEqual":
      return (values, at) => order(values, at) >= 0;
    case "lessOrEqual":
      return (values, at) => order(values, at) <= 0;
  }
}

/** From the text of a display filter to its structure. */
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import {
  type FilterExpression,
  type FilterRange,
  KEYWORDS,
  OPERATORS,
  type Operator,
  type Quantifier,
} from "./filter-syntax.ts";
import { type FilterToken, filterTokens } from "./filter-tokens.ts";

/** Parentheses and negations in each other; nobody writes a tenth of it, and deeper ones would exhaust the stack. */
const MAX_DEPTH = 100;
/** Characters of a filter that are repeated in a message. */
const LONGEST_QUOTE = 200;

/** The failure of a filter for a reason. */
export function filterFailure(expression: string, reason: Message): Failure {
  const quoted = expression.length > LONGEST_QUOTE ? `${expression.slice(0, LONGEST_QUOTE)}…` : expression;
  return new Failure(message("filterRefused", quoted, reason), 2);
}

/**
 * The structure of a filter.
 * @throws Failure (status 2) that says what stands where it can't
 */
export function parseFilter(expression: string): FilterExpression {
  return new FilterParser(expression).parse();
}

class FilterParser {
  readonly #expression: string;
  readonly #tokens: readonly FilterToken[];
  #next = 0;
  #depth = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = filterTokens(expression);
  }

  parse(): FilterExpression {
    if (this.#tokens.length === 0) this.#refuse(message("filterIsEmpty"));
    const filter = this.#alternatives();
    const left = this.#tokens[this.#next];
    if (left !== undefined) this.#refuseToken(left);
    return filter;
  }

  #alternatives(): FilterExpression {
    return this.#joined("or", ["||", "or"], () => this.#joined("and", ["&&", "and"], () => this.#test()));
  }

  #joined(kind: "and" | "or", signs: readonly string[], part: () => FilterExpression): FilterExpression {
    const first = part();
    const parts = [first];
    while (this.#takes(signs)) parts.push(part());
    return parts.length === 1 ? first : { kind, of: parts };
  }

  #test(): FilterExpression {
    if (this.#takes(["!", "not"])) {
      return this.#deeper(() => ({ kind: "not", of: this.#test() }));
    }
    if (this.#takes(["("])) {
      const filter = this.#deeper(() => this.#alternatives());
      if (!this.#takes([")"])) this.#refuseNext(message("filterUnclosed"));
      return filter;
    }
    if (this.#takes(["any"])) return this.#relation("any");
    if (this.#takes(["all"])) return this.#relation("all");
    return this.#relation(null);
  }

  /** @param quantifier what stands before the field; `null`: nothing, and the operator says it */
  #relation(quantifier: Quantifier | null): FilterExpression {
    const field = this.#word();
    const found = this.#operator();
    if (found !== null) {
      const value = this.#value();
      return {
        kind: "compare",
        field,
        quantifier: quantifier ?? found.quantifier,
        comparison: found.comparison,
        value,
      };
    }
    const isNegated = this.#peekIs(["not", "!"]) && this.#tokens[this.#next + 1]?.text === "in";
    if (isNegated) this.#next += 1;
    if (this.#takes(["in"])) {
      const ranges = this.#set();
      const member: FilterExpression = { kind: "member", field, quantifier: quantifier ?? "any", ranges };
      return isNegated ? { kind: "not", of: member } : member;
    }
    if (quantifier !== null) this.#refuseNext(message("filterUncompared", quantifier, field));
    return { kind: "exists", field };
  }

  #operator(): Operator | null {
    const operator = OPERATORS.get(this.#tokens[this.#next]?.text ?? "") ?? null;
    if (operator !== null) this.#next += 1;
    return operator;
  }

  /** What stands in braces: values and ranges, with commas between them, or blanks as before Wireshark 4.0. */
  #set(): readonly FilterRange[] {
    if (!this.#takes(["{"])) this.#refuseNext(message("filterSetExpected"));
    const ranges: FilterRange[] = [];
    do {
      const low = this.#value();
      ranges.push({ low, high: this.#takes([".."]) ? this.#value() : null });
    } while (this.#takes([","]) || !this.#peekIs(["}", ""]));
    if (!this.#takes(["}"])) this.#refuseNext(message("filterUnclosedSet"));
    return ranges;
  }

  #word(): string {
    const token = this.#tokens[this.#next];
    if (token === undefined) this.#refuseEnd();
    if (token.kind !== "word" || KEYWORDS.includes(token.text)) {
      this.#refuse(message("filterFieldExpected", token.text));
    }
    this.#next += 1;
    return token.text;
  }

  #value(): string {
    const token = this.#tokens[this.#next];
    if (token === undefined) this.#refuseEnd();
    if (token.kind === "text") this.#refuse(message("filterQuotes", token.text));
    if (token.text === "{") this.#refuse(message("filterSetCompared"));
    if (token.kind !== "word") this.#refuse(message("filterValueExpected", token.text));
    this.#next += 1;
    return token.text;
  }

  #deeper(part: () => FilterExpression): FilterExpression {
    if (this.#depth === MAX_DEPTH) this.#refuse(message("filterTooDeep", MAX_DEPTH));
    this.#depth += 1;
    const filter = part();
    this.#depth -= 1;
    return filter;
  }

  #peekIs(texts: readonly string[]): boolean {
    return texts.includes(this.#tokens[this.#next]?.text ?? "");
  }

  #takes(texts: readonly string[]): boolean {
    const token = this.#tokens[this.#next];
    if (token === undefined || token.kind === "text" || !texts.includes(token.text)) return false;
    this.#next += 1;
    return true;
  }

  /** @param reason why what comes next is wrong */
  #refuseNext(reason: Message): never {
    if (this.#next < this.#tokens.length || reason.key.startsWith("filterUnclosed")) this.#refuse(reason);
    this.#refuseEnd();
  }

  #refuseEnd(): never {
    this.#refuse(message("filterUnfinished", this.#tokens.at(-1)?.text ?? ""));
  }

  #refuseToken({ text }: FilterToken): never {
    const spelled = text.toLowerCase();
    if (spelled !== text && KEYWORDS.includes(spelled))
      this.#refuse(message("filterLowerCase", text, spelled));
    if (text === "=") this.#refuse(message("filterSingleEquals"));
    if (text === "&" || text === "|") this.#refuse(message("filterSingleSign", text));
    if (text === "[" || text === "#" || text === "@" || KEYWORDS.includes(text)) {
      this.#refuse(message("filterNotInSubset", text));
    }
    this.#refuse(message("filterUnexpected", text));
  }

  #refuse(reason: Message): never {
    throw filterFailure(this.#expression, reason);
  }
}

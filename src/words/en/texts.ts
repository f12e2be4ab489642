/** Everything that lbqos says in English. */
import { grammar } from "./grammar.ts";
import { messages } from "./messages.ts";
import { en as words } from "./words.ts";

export const en = { words, messages, grammar };

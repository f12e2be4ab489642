/** Everything that lbqos says in Indonesian. */
import { grammar } from "./grammar.ts";
import { messages } from "./messages.ts";
import { id as words } from "./words.ts";

export const id = { words, messages, grammar };

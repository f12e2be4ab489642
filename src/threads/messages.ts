/** What goes through a channel. A room says which calls there are; how they travel is the same for all. */

import type { FailureStatus } from "../failure.ts";
import type { Message } from "../words/message.ts";

/** What a call takes with it, and what it comes back with. */
export interface Call {
  readonly order: unknown;
  readonly answer: unknown;
}

/** The calls that a thread answers, by name. */
export type Calls<C> = { readonly [Kind in keyof C]: Call };

/** The other side: what is done at each call. */
export type Handlers<C extends Calls<C>> = {
  readonly [Kind in keyof C]: (order: C[Kind]["order"]) => C[Kind]["answer"] | Promise<C[Kind]["answer"]>;
};

/** To the thread. */
export interface CallMessage<C extends Calls<C>, Kind extends keyof C = keyof C> {
  readonly kind: Kind;
  readonly order: C[Kind]["order"];
}

/** From the thread: one answer, failure or bug per call, and events. */
export type AnswerMessage<C extends Calls<C>, Event> =
  | { readonly kind: "answer"; readonly answer: C[keyof C]["answer"] }
  | { readonly kind: "failure"; readonly words: Message; readonly status: FailureStatus }
  | { readonly kind: "bug"; readonly error: unknown }
  | { readonly kind: "event"; readonly event: Event };

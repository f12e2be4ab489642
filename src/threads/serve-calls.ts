/** The far end of a channel: answers calls one after the other, each when the one before is answered. */
import { Failure } from "../failure.ts";
import type { AnswerMessage, CallMessage, Calls, Handlers } from "./messages.ts";

/** Where calls come from and answers go to: a port of Node's, or what stands for one in a browser. */
export interface CallPort {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  on(event: "message", listener: (value: unknown) => void): unknown;
}

/**
 * @param port where calls come from, `parentPort` in a worker
 * @param handlersOf what is done at each call, given a function that sends an event
 * @param transferOf memory that goes over with an answer, instead of being copied
 */
export function serveCalls<C extends Calls<C>, Event = never>(
  port: CallPort | null,
  handlersOf: (tell: (event: Event) => void) => Handlers<C>,
  transferOf: (answer: C[keyof C]["answer"]) => readonly ArrayBuffer[] = () => [],
): void {
  if (port === null) return;
  const send = (message: AnswerMessage<C, Event>, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const handlers = handlersOf((event) => send({ kind: "event", event }));
  const answer = async <Kind extends keyof C>({ kind, order }: CallMessage<C, Kind>): Promise<void> => {
    try {
      const answer = await handlers[kind](order);
      send({ kind: "answer", answer }, transferOf(answer));
    } catch (error) {
      if (error instanceof Failure) send({ kind: "failure", words: error.words, status: error.status });
      else send({ kind: "bug", error });
    }
  };
  let before = Promise.resolve();
  port.on("message", (call) => {
    before = before.then(() => answer(call as CallMessage<C>));
  });
}

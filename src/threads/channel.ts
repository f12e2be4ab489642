/**
 * A typed channel to a thread: calls by name with an order, each answered once, in the order of the calls; events come in
 * between. Whatever goes wrong on the other side is thrown where the answer is awaited: a `Failure` as one, a bug as the
 * error that it was, and the end of the thread to every call, from then on. Who bounds what is under way awaits the answer
 * of an older call before the next one.
 */
import type { TransferListItem } from "node:worker_threads";
import { Failure } from "../failure.ts";
import type { AnswerMessage, Calls } from "./messages.ts";

/** The near end of a channel, as its caller sees it. */
export interface Channel<C extends Calls<C>> {
  /**
   * Has the thread do something. A rejection that nobody awaits yet is kept for who does.
   * @param transfer memory that goes over to the thread
   */
  call<Kind extends keyof C>(
    kind: Kind,
    order: C[Kind]["order"],
    transfer?: readonly TransferListItem[],
  ): Promise<C[Kind]["answer"]>;
  /** Ends the thread, whatever it does. Calls that are under way are never answered. */
  close(): Promise<void>;
}

/** What carries messages: a worker, or a port with the other end in this thread. */
export interface Transport {
  postMessage(message: unknown, transfer: readonly TransferListItem[]): void;
  on(event: "message" | "error" | "exit", listener: (value: unknown) => void): unknown;
}

/** A call that was not answered yet. */
interface Pending {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/**
 * @param name what the thread does, for the error of its untimely end: `the thread that counts`
 * @param end ends what is behind the line
 */
export function channelOver<C extends Calls<C>, Event = never>(
  line: Transport,
  name: string,
  end: () => Promise<unknown>,
  onEvent: (event: Event) => void = () => {},
): Channel<C> {
  const pending: Pending[] = [];
  /** Why nothing more will come. */
  let ended: { readonly error: unknown } | null = null;

  const fail = (error: unknown): void => {
    ended ??= { error };
    for (const { reject } of pending.splice(0)) reject(ended.error);
  };
  const take = (message: AnswerMessage<C, Event>): void => {
    if (message.kind === "event") {
      onEvent(message.event);
      return;
    }
    const call = pending.shift();
    if (message.kind === "answer") call?.resolve(message.answer);
    else if (message.kind === "failure") call?.reject(new Failure(message.words, message.status));
    else call?.reject(message.error);
  };
  line.on("message", (message) => take(message as AnswerMessage<C, Event>));
  line.on("error", fail);
  line.on("exit", () => fail(new Error(`${name} ended in the middle of its work`)));

  return {
    call: (kind, order, transfer = []) => {
      const answer = new Promise<C[typeof kind]["answer"]>((resolve, reject) => {
        if (ended !== null) return reject(ended.error);
        pending.push({ resolve: (value) => resolve(value as C[typeof kind]["answer"]), reject });
        line.postMessage({ kind, order }, transfer);
      });
      answer.catch(() => {});
      return answer;
    },
    close: async () => {
      pending.length = 0;
      await end();
    },
  };
}

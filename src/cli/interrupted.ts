/** Ctrl-C and kill while work is going on: it ends, but what was written so far stays whole. */

const STATUSES = { SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = Object.keys(STATUSES) as (keyof typeof STATUSES)[];

/** The user ended the work. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly status: (typeof STATUSES)[keyof typeof STATUSES];

  constructor(signal: keyof typeof STATUSES) {
    super(signal);
    this.status = STATUSES[signal];
  }
}

/**
 * Does work that the user may end: Ctrl-C or kill aborts the signal that it gets, with an `Interrupted` as the reason. The work ends
 * by that in order; a second one ends the process at once.
 * @throws Interrupted, where the work throws its signal's reason
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const release = () => {
    for (const signal of SIGNALS) process.removeListener(signal, abort);
  };
  const abort = (signal: keyof typeof STATUSES) => {
    release();
    controller.abort(new Interrupted(signal));
  };
  for (const signal of SIGNALS) process.on(signal, abort);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}

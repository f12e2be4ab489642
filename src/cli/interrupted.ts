/** Ctrl-C and kill while work is going on: it ends, but what was written so far stays whole. */

const STATUSES = { SIGINT: 130, SIGTERM: 143 } as const;

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
 * Waits for the work, or for the user to end it; a second signal ends the process at once.
 * @param breakOff what the user's signal aborts before anything else happens
 * @throws Interrupted
 */
export async function untilInterrupted<T>(work: Promise<T>, breakOff?: AbortController): Promise<T> {
  const signals = Object.keys(STATUSES) as (keyof typeof STATUSES)[];
  let stop: (signal: keyof typeof STATUSES) => void = () => undefined;
  const interruption = new Promise<never>((_resolve, reject) => {
    stop = (signal) => {
      breakOff?.abort();
      reject(new Interrupted(signal));
    };
  });
  for (const signal of signals) process.once(signal, stop);
  try {
    return await Promise.race([work, interruption]);
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
  }
}

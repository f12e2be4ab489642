/** `analysis/threads/prepared-thread.ts` in a browser: the page's worker works alone. */

/** No capture is read by two threads: a page from a file may share no memory between them. */
export function pathsWorthThreads(): null {
  return null;
}

export function prepareThread(): void {}

export function takeThread(): never {
  throw new Error("a page has no second thread");
}

({
  pathsWorthThreads,
  prepareThread,
  takeThread,
}) satisfies typeof import("../../analysis/threads/prepared-thread.ts");

/** Memory of a WebAssembly program that other threads may read, and that stays where it is when it grows. */
import { reserving } from "./program.ts";

/** WebAssembly's pages, of 64 KiB. */
const FIRST_PAGES = 16;
/** 4 GiB, all that there can be: memory that is shared says so beforehand. */
const MAX_PAGES = 65_536;

/** @throws Failure where the system refuses the address space */
export function sharedMemory(): WebAssembly.Memory {
  return reserving(() => new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MAX_PAGES, shared: true }));
}

/** Captures that `lbqos open` serves beside the page; a page from a file has none. */

import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** The element of the page in which the server names them: a list of names as JSON. */
export const CAPTURES_META = "lbqos-captures";

/** @param onFile told before each is loaded. @throws Failure where the server is gone */
export async function servedCaptures(onFile: (name: string) => void): Promise<readonly File[]> {
  const named = document.querySelector<HTMLMetaElement>(`meta[name="${CAPTURES_META}"]`)?.content ?? "[]";
  const names: readonly string[] = JSON.parse(named);
  const files: File[] = [];
  for (const [index, name] of names.entries()) {
    onFile(name);
    const blob = await loaded(`captures/${index}`).catch(() => null);
    if (blob === null) throw new Failure(message("captureNotServed", name));
    files.push(new File([blob], name));
  }
  return files;
}

async function loaded(address: string): Promise<Blob | null> {
  const response = await fetch(address);
  return response.ok ? response.blob() : null;
}

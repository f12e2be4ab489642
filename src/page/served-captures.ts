/** Captures that `lbqos open` serves beside the page; a page from a file has none. */

import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** @param onFile told before each is loaded. @throws Failure where the server is gone */
export async function servedCaptures(onFile: (name: string) => void): Promise<readonly File[]> {
  // `serveCaptures` puts it there: a list of names as JSON.
  const named = document.querySelector<HTMLMetaElement>('meta[name="lbqos-captures"]')?.content ?? "[]";
  const names: readonly string[] = JSON.parse(named);
  // The token has become a cookie: it need not stand in the address.
  if (names.length > 0) history.replaceState(null, "", "/");
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

/** `lbqos open`: the page that analyzes captures, with some loaded, until a signal ends it. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFileBytes } from "../../capture/file-bytes.ts";
import { isCaptureName } from "../../experiment/manifest/capture-name.ts";
import { compareNaturally } from "../../experiment/manifest/natural-order.ts";
import { Failure } from "../../failure.ts";
import { type ServedCapture, serveCaptures } from "../../monitor/server/serve-captures.ts";
import { filesBelow } from "../../study/list-files.ts";
import { message } from "../../words/message.ts";
import type { ExitStatus } from "../command.ts";
import { userLanguage } from "../language.ts";
import { printLine } from "../print-line.ts";
import { nextStopSignal } from "../stop-signals.ts";
import type { OpenRequest } from "./open-arguments.ts";

/** Beside what is built. */
const PAGE = fileURLToPath(new URL("./page/lbqos.html", import.meta.url));

/** @throws Failure where a capture can't be read, or the port can't be had */
export async function runOpen({ captures, port }: OpenRequest): Promise<ExitStatus> {
  if (!existsSync(PAGE)) throw new Failure(message("pageNotBuilt", PAGE));
  const served = (await Promise.all(captures.map(capturesAt))).flat();
  const language = userLanguage();
  const server = await serveCaptures({
    page: readFileSync(PAGE, "utf8"),
    captures: served,
    port,
    language,
  });
  printLine(message("pageServed", server.url));
  await nextStopSignal();
  server.close();
  return 0;
}

/** A capture, or those below a folder, called by their paths from there. @throws Failure where there is none */
async function capturesAt(path: string): Promise<readonly ServedCapture[]> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    const names = (await filesBelow(path)).filter(isCaptureName).sort(compareNaturally);
    if (names.length === 0) throw new Failure(message("noCaptureBelow", path));
    return names.map((name) => ({ name, path: join(path, name) }));
  }
  // Whether it can be opened is said now, and not in the browser.
  const bytes = await openFileBytes(path);
  await bytes.close();
  return [{ name: basename(path), path }];
}

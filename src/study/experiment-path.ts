/** The meaning of an experiment's path: a manifest, a folder, a results table. */
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { isCaptureName } from "../experiment/manifest/capture-name.ts";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";

/** The manifest's usual name. */
export const MANIFEST_NAME = "experiment.yaml";
const MANIFEST_NAMES = [MANIFEST_NAME, "experiment.yml"] as const;

/** A manifest or a table of people's hands; anything bigger was opened by mistake. */
const MAX_BYTES = 64 << 20;

export type ExperimentPath =
  | { readonly kind: "manifest"; readonly folder: string; readonly name: string; readonly path: string }
  /** A folder without a manifest. */
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "table"; readonly folder: string; readonly name: string; readonly path: string };

/** @throws Failure where there is nothing, or something else */
export async function resolveExperiment(path: string): Promise<ExperimentPath> {
  const status = await stat(path).catch(() => null);
  if (status === null) throw new Failure(message("noSuchPath", path));
  if (status.isDirectory()) {
    for (const name of MANIFEST_NAMES) {
      const manifest = join(path, name);
      const found = await stat(manifest).catch(() => null);
      if (found?.isFile() === true) return { kind: "manifest", folder: path, name, path: manifest };
    }
    return { kind: "folder", folder: path };
  }
  const at = { folder: dirname(path), name: basename(path), path };
  if (isCaptureName(path)) {
    throw new Failure(message("singleCapture", path), 2);
  }
  const extension = extname(path).toLowerCase();
  if (extension === ".yaml" || extension === ".yml") return { kind: "manifest", ...at };
  if (extension === ".csv" || extension === ".tsv") return { kind: "table", ...at };
  throw new Failure(message("neitherExperimentNorTable", path), 2);
}

/**
 * A text file of an experiment.
 * @throws Failure where it can't be read
 */
export async function readText(path: string): Promise<string> {
  const status = await stat(path).catch((error: unknown) => {
    throw new Failure(message("cannotRead", path, reasonOf(error)));
  });
  if (!status.isFile()) throw new Failure(message("notFile", path));
  if (status.size > MAX_BYTES) throw new Failure(message("tableFileTooBig", path));
  return readFile(path, "utf8").catch((error: unknown) => {
    throw new Failure(message("cannotRead", path, reasonOf(error)));
  });
}

function reasonOf(error: unknown): Message {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT") return message("thereIsNoFile");
  if (code === "EACCES" || code === "EPERM") return message("permissionDenied");
  return message("verbatim", error instanceof Error ? error.message : String(error));
}

/** A manifest as rows that the user edits: one capture, its method, run and server. */
import { type AtLevels, levelKey } from "../experiment/levels.ts";
import type { CaptureSet, Manifest, ManifestMethod } from "../experiment/manifest/manifest.ts";
import { algorithmOf } from "../experiment/manifest/method-names.ts";
import { planRuns } from "../experiment/manifest/plan-runs.ts";

export interface EditedRun extends AtLevels {
  readonly path: string;
  readonly method: string;
  readonly run: number;
  /** The one server that a direct test is about; `null`: all of them. */
  readonly backend: string | null;
}

/** A row for each capture, in the order of methods and runs. */
export function editedRuns(manifest: Manifest, paths: readonly string[]): readonly EditedRun[] {
  const names = manifest.backends.map(({ name }) => name);
  return planRuns(manifest, paths).runs.flatMap(({ method, run, files, backends, levels }) => {
    const [only] = backends;
    const isOfOne = backends.length === 1 && names.length > 1;
    const at = levels === undefined ? {} : { levels };
    return files.map((path) => ({
      path,
      method,
      run,
      backend: isOfOne ? (only?.name ?? null) : null,
      ...at,
    }));
  });
}

/** The manifest with these rows in place of its captures. A method that keeps its name keeps what else is known of it. */
export function editedManifest(manifest: Manifest, runs: readonly EditedRun[]): Manifest {
  const names = [...new Set(runs.map(({ method }) => method.trim() || "?"))];
  const methods = names.map((name): ManifestMethod => {
    const known = manifest.methods.find((method) => method.name === name);
    const captures = captureSets(runs.filter(({ method }) => (method.trim() || "?") === name));
    const algorithm = algorithmOf(name);
    const isDirect = algorithm === "direct";
    const source = isDirect ? (manifest.methods.find(({ baseline }) => baseline)?.source ?? null) : null;
    return known === undefined
      ? { name, algorithm, baseline: isDirect, source, captures, results: null, requests: null }
      : { ...known, captures };
  });
  return { ...manifest, methods };
}

/** Rows of one run and one server are one capture in several files. */
function captureSets(runs: readonly EditedRun[]): readonly CaptureSet[] {
  const sets = new Map<string, EditedRun[]>();
  for (const row of runs) {
    const key = `${row.run} ${levelKey(row.levels ?? {})} ${row.backend ?? ""}`;
    sets.set(key, [...(sets.get(key) ?? []), row]);
  }
  return [...sets.values()].map((rows) => ({
    files: rows.map(({ path }) => path),
    backend: rows[0]?.backend ?? null,
    run: rows[0]?.run ?? null,
    ...(rows[0]?.levels === undefined ? {} : { levels: rows[0].levels }),
  }));
}

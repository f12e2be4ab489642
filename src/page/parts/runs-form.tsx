import { useState } from "preact/hooks";
import type { Manifest } from "../../experiment/manifest/manifest.ts";
import { type EditedRun, editedManifest, editedRuns } from "../edited-manifest.ts";
import type { ExperimentResult } from "../results.ts";
import { useTexts } from "../texts.ts";
import { type NamedServer, ServerFields, serversOf } from "./server-fields.tsx";

interface RunsFormProps {
  readonly result: ExperimentResult;
  readonly onCompare: (manifest: Manifest) => void;
  readonly onOneRun: () => void;
}

/** Which capture is which run of which method, and where balancer and servers are: as they were understood, to edit. */
export function RunsForm({ result, onCompare, onOneRun }: RunsFormProps) {
  const { words } = useTexts();
  const { manifest, captures } = result;
  const [runs, setRuns] = useState<readonly EditedRun[]>(() =>
    editedRuns(
      manifest,
      captures.map(({ path }) => path),
    ),
  );
  const [balancer, setBalancer] = useState(manifest.balancer ?? "");
  const [servers, setServers] = useState<readonly NamedServer[]>(serversOf(manifest.backends));
  const change = (at: number, changed: Partial<EditedRun>): void =>
    setRuns(runs.map((run, index) => (index === at ? { ...run, ...changed } : run)));
  const compare = (event: Event): void => {
    event.preventDefault();
    const backends = servers.filter(({ address }) => address.trim() !== "");
    onCompare(editedManifest({ ...manifest, balancer: balancer.trim() || null, backends }, runs));
  };
  return (
    <form class="runs" onSubmit={compare}>
      <h1>{words.runs.heading}</h1>
      <p class="soft">{words.runs.hint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (WCAG 2.1.1) */}
      <section class="table" tabIndex={0} aria-label={words.runs.heading}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.runs.file}</th>
              <th scope="col">{words.runs.method}</th>
              <th scope="col">{words.runs.run}</th>
              <th scope="col">{words.runs.backend}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run, index) => (
              <tr key={run.path}>
                <th scope="row">{run.path}</th>
                <td>
                  <input
                    aria-label={`${words.runs.method}: ${run.path}`}
                    list="methods"
                    value={run.method}
                    onInput={(event) => change(index, { method: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <input
                    aria-label={`${words.runs.run}: ${run.path}`}
                    type="number"
                    min="1"
                    value={run.run}
                    onInput={(event) => change(index, { run: event.currentTarget.valueAsNumber || 1 })}
                  />
                </td>
                <td>
                  <select
                    aria-label={`${words.runs.backend}: ${run.path}`}
                    value={run.backend ?? ""}
                    onChange={(event) => change(index, { backend: event.currentTarget.value || null })}
                  >
                    <option value="">{words.runs.everyBackend}</option>
                    {servers
                      .filter(({ name }) => name !== "")
                      .map(({ name }) => (
                        <option key={name} value={name}>
                          {name}
                        </option>
                      ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <datalist id="methods">
        {[...new Set(runs.map(({ method }) => method))].map((method) => (
          <option key={method} value={method} />
        ))}
      </datalist>
      <h2>{words.servers.heading}</h2>
      <label>
        {words.servers.balancer}
        <input
          value={balancer}
          placeholder={words.servers.noBalancer}
          onInput={(event) => setBalancer(event.currentTarget.value)}
        />
      </label>
      <ServerFields servers={servers} onChange={setServers} />
      <p>
        <button type="submit" class="primary">
          {words.runs.compare}
        </button>{" "}
        <button type="button" onClick={onOneRun}>
          {words.runs.together}
        </button>
      </p>
    </form>
  );
}

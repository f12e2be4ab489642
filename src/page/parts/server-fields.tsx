import type { Backend } from "../../metrics/analysis-options.ts";
import { useTexts } from "../texts.ts";

/** A server as it stands in the form. */
export type NamedServer = Backend;

export function serversOf(backends: readonly Backend[]): readonly NamedServer[] {
  return backends.length === 0 ? [{ name: "", address: "" }] : backends;
}

interface ServerFieldsProps {
  readonly servers: readonly NamedServer[];
  readonly onChange: (servers: readonly NamedServer[]) => void;
}

/** Name and address of each server, to edit. */
export function ServerFields({ servers, onChange }: ServerFieldsProps) {
  const { words } = useTexts();
  const { servers: texts } = words;
  const change = (at: number, changed: Partial<NamedServer>): void =>
    onChange(servers.map((server, index) => (index === at ? { ...server, ...changed } : server)));
  return (
    <>
      {servers.map((server, index) => (
        <div class="server" key={index}>
          <label>
            {texts.name}
            <input
              value={server.name}
              onInput={(event) => change(index, { name: event.currentTarget.value })}
            />
          </label>
          <label>
            {texts.address}
            <input
              list="addresses"
              value={server.address}
              onInput={(event) => change(index, { address: event.currentTarget.value })}
            />
          </label>
          <button
            type="button"
            aria-label={texts.remove(server.name || server.address)}
            onClick={() => onChange(servers.filter((_, at) => at !== index))}
          >
            ×
          </button>
        </div>
      ))}
      <p>
        <button type="button" onClick={() => onChange([...servers, { name: "", address: "" }])}>
          {texts.add}
        </button>
      </p>
    </>
  );
}

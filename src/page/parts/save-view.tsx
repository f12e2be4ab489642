import type { ExchangeFormatName } from "../../report/exchanges/exchange-formats.ts";
import type { ReportText } from "../../report/report-text.ts";
import { saveFile } from "../files/save-file.ts";
import { useTexts } from "../texts.ts";
import type { Workbench } from "../workbench.ts";
import { EVERY_EXCHANGE } from "../worker/exchange-store.ts";

const EXCHANGE_FILES: readonly (readonly [name: string, format: ExchangeFormatName])[] = [
  ["exchanges.csv", "csv"],
  ["exchanges.jsonl", "jsonLines"],
  ["exchanges.har", "har"],
];

interface SaveViewProps {
  readonly texts: readonly ReportText[];
  /** Who has the exchanges; `null`: there are none. */
  readonly exchanges: Workbench | null;
  /** The experiment for the command line; absent: this is a run. */
  readonly manifest?: ReportText;
}

/** Everything that can be saved, made when it is asked for. */
export function SaveView({ texts, exchanges, manifest }: SaveViewProps) {
  const { words } = useTexts();
  return (
    <div class="save">
      <h1>{words.save.heading}</h1>
      <h2>{words.save.texts}</h2>
      <ul class="downloads">
        {texts.map((text) => (
          <Download
            key={text.path}
            name={text.path}
            onSave={() => saveFile(nameOf(text.path), text.content())}
          />
        ))}
      </ul>
      {exchanges !== null && (
        <>
          <h2>{words.save.exchanges}</h2>
          <ul class="downloads">
            {EXCHANGE_FILES.map(([name, format]) => (
              <Download
                key={name}
                name={name}
                onSave={() =>
                  void exchanges.exportExchanges(EVERY_EXCHANGE, format).then((file) => saveFile(name, file))
                }
              />
            ))}
          </ul>
        </>
      )}
      {manifest !== undefined && (
        <>
          <h2>{words.save.manifest}</h2>
          <ul class="downloads">
            <Download name={manifest.path} onSave={() => saveFile(manifest.path, manifest.content())} />
          </ul>
        </>
      )}
      <p class="soft">{words.save.pictures}</p>
    </div>
  );
}

/** A browser's downloads lie in one folder. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function Download({ name, onSave }: { readonly name: string; readonly onSave: () => void }) {
  const { words } = useTexts();
  const ending = name.slice(name.lastIndexOf(".") + 1) as keyof typeof words.save.names;
  return (
    <li>
      <button type="button" onClick={onSave}>
        <strong>{nameOf(name)}</strong> <span class="soft">{words.save.names[ending]}</span>
      </button>
    </li>
  );
}

import type { Busy } from "../screen.ts";
import { useTexts } from "../texts.ts";

/** Steps of the bar; the reader of a screen hears of whole percents. */
const WHOLE = 100;

/** How far the reading is. */
export function BusyScreen({ busy, onCancel }: { readonly busy: Busy; readonly onCancel: () => void }) {
  const { words } = useTexts();
  const { name, done, all, progress } = busy;
  const part = progress?.bytesTotal ? progress.bytesRead / progress.bytesTotal : 0;
  const percent = Math.floor((WHOLE * (done + part)) / all);
  return (
    <div class="busy" role="status">
      <h1>{words.busy.reading(name)}</h1>
      {all > 1 && <p>{words.busy.capture(done + 1, all)}</p>}
      <progress max={WHOLE} value={percent} aria-label={words.busy.reading(name)} />
      <p>{words.busy.percent(percent)}</p>
      <button type="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </div>
  );
}

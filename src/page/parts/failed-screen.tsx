import { say } from "../../words/say.ts";
import type { Failed } from "../screen.ts";
import { useTexts } from "../texts.ts";

/** Why there is no report. */
export function FailedScreen({ failed, onAgain }: { readonly failed: Failed; readonly onAgain: () => void }) {
  const { words, language } = useTexts();
  const { words: told, bug } = failed;
  return (
    <div class="failed" role="alert">
      <h1>{words.failed.heading}</h1>
      <p>{told === null ? `${words.failed.bug} ${bug}` : say(told, language)}</p>
      <button type="button" class="primary" onClick={onAgain}>
        {words.failed.again}
      </button>
    </div>
  );
}

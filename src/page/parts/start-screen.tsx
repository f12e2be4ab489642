import { useRef } from "preact/hooks";
import { version } from "../../version.ts";
import { useTexts } from "../texts.ts";

interface StartScreenProps {
  /** Whether something hovers over the page that could be dropped. */
  readonly isOver: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Where captures are dropped or chosen. */
export function StartScreen({ isOver, onFiles }: StartScreenProps) {
  const { words } = useTexts();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (input: HTMLInputElement): void => {
    onFiles([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <div class="start">
      <h1>{words.title}</h1>
      <p class="lead">{words.intro.what}</p>
      <div class="drop" data-over={isOver}>
        <p class="big">{words.intro.drop}</p>
        <p>
          <button type="button" class="primary" onClick={() => files.current?.click()}>
            {words.intro.choose}
          </button>{" "}
          <button type="button" onClick={() => folder.current?.click()}>
            {words.intro.chooseFolder}
          </button>
        </p>
        <p class="soft">{words.intro.formats}</p>
        <input
          ref={files}
          id="captures"
          type="file"
          multiple
          hidden
          onChange={(event) => chosen(event.currentTarget)}
        />
        <input
          ref={folder}
          id="folder"
          type="file"
          hidden
          {...{ webkitdirectory: true }}
          onChange={(event) => chosen(event.currentTarget)}
        />
      </div>
      <p class="privacy">{words.intro.privacy}</p>
      <ol class="steps">
        {words.intro.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <footer>
        <p>{words.footer(version())}</p>
      </footer>
    </div>
  );
}

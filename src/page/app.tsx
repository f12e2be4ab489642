import { useEffect, useMemo, useState } from "preact/hooks";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { type Language, languages, wordsOf } from "../words/words.ts";
import { type ChosenCapture, capturesAmong } from "./files/chosen-captures.ts";
import { useDrop } from "./files/use-drop.ts";
import { BusyScreen } from "./parts/busy-screen.tsx";
import { ExperimentView } from "./parts/experiment-view.tsx";
import { FailedScreen } from "./parts/failed-screen.tsx";
import { RunView } from "./parts/run-view.tsx";
import { StartScreen } from "./parts/start-screen.tsx";
import { TopBar } from "./parts/top-bar.tsx";
import { analyzeRun, compareCaptures, type OnCapture, understandCaptures } from "./results.ts";
import type { Busy, Screen } from "./screen.ts";
import { servedCaptures } from "./served-captures.ts";
import { LanguageContext } from "./texts.ts";
import { useTheme } from "./theme.ts";
import { Cancelled, Workbench } from "./workbench.ts";

/** The whole page: what it shows follows from its one screen. */
export function App() {
  const [language, setLanguage] = useState<Language>(browserLanguage);
  const [theme, setTheme] = useTheme();
  const [screen, setScreen] = useState<Screen>({ kind: "start" });
  const bench = useMemo(() => new Workbench(), []);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `lbqos: ${wordsOf(language).webPage.title}`;
    document.body.dataset["sortBy"] = wordsOf(language).report.html.sortBy;
  }, [language]);

  /** Does what takes long, and shows how far it is; what it was called off from comes back. */
  const during = async (name: string, work: (onCapture: OnCapture) => Promise<Screen>): Promise<void> => {
    const before = screen.kind === "busy" ? { kind: "start" as const } : screen;
    let busy: Busy = { kind: "busy", name, done: 0, all: 1, progress: null };
    const show = (next: Busy): void => {
      busy = next;
      setScreen(next);
    };
    show(busy);
    bench.onProgress = (progress) => show({ ...busy, progress });
    try {
      setScreen(
        await work((done, all, file) => show({ kind: "busy", name: file, done, all, progress: null })),
      );
    } catch (error) {
      setScreen(error instanceof Cancelled ? before : failedScreen(error));
    } finally {
      bench.onProgress = () => {};
    }
    window.scrollTo(0, 0);
  };

  const open = (captures: readonly ChosenCapture[]): Promise<void> => {
    const [first] = captures;
    if (first === undefined) {
      setScreen(failedScreen(new Failure(message("noCaptureChosen"))));
      return Promise.resolve();
    }
    if (captures.length === 1) return during(first.path, () => analyzeRun(bench, captures));
    return during(first.path, async (onCapture) => {
      const manifest = await understandCaptures(bench, captures, language, onCapture);
      return compareCaptures(bench, captures, manifest, true, onCapture);
    });
  };
  const take = (files: readonly File[]): void => {
    if (files.length > 0) void open(capturesAmong(files));
  };

  const isOver = useDrop(take);

  useEffect(() => {
    void servedCaptures((name) => setScreen({ kind: "busy", name, done: 0, all: 1, progress: null }))
      .then((files) => files.length > 0 && take(files))
      .catch((error) => setScreen(failedScreen(error)));
    // Once, when the page opens.
  }, []);

  return (
    <LanguageContext.Provider value={language}>
      <div class="page">
        <TopBar
          language={language}
          onLanguage={setLanguage}
          theme={theme}
          onTheme={setTheme}
          onAgain={
            screen.kind === "start" || screen.kind === "busy" ? null : () => setScreen({ kind: "start" })
          }
        />
        <main id="content" tabIndex={-1}>
          {screen.kind === "start" && <StartScreen isOver={isOver} onFiles={take} />}
          {screen.kind === "busy" && <BusyScreen busy={screen} onCancel={() => bench.cancel()} />}
          {screen.kind === "failed" && (
            <FailedScreen failed={screen} onAgain={() => setScreen({ kind: "start" })} />
          )}
          {screen.kind === "run" && (
            <RunView
              result={screen}
              bench={bench}
              onAnalyze={(options) =>
                void during(screen.captures[0]?.path ?? "", () =>
                  analyzeRun(bench, screen.captures, options, screen.found),
                )
              }
            />
          )}
          {screen.kind === "experiment" && (
            <ExperimentView
              result={screen}
              onCompare={(manifest) =>
                void during(manifest.title, (onCapture) =>
                  compareCaptures(bench, screen.captures, manifest, false, onCapture),
                )
              }
              onOneRun={() =>
                void during(screen.captures[0]?.path ?? "", () => analyzeRun(bench, screen.captures))
              }
            />
          )}
        </main>
      </div>
    </LanguageContext.Provider>
  );
}

function failedScreen(error: unknown): Screen {
  if (error instanceof Failure) return { kind: "failed", words: error.words, bug: null };
  return { kind: "failed", words: null, bug: error instanceof Error ? error.message : String(error) };
}

/** The first of the browser's languages that there is. */
function browserLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.split("-")[0]);
  return (
    languages.find(
      (language) => language === wanted.find((one) => languages.some((known) => known === one)),
    ) ?? "en"
  );
}

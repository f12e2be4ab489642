import { useMemo } from "preact/hooks";
import { formatManifest } from "../../experiment/manifest/format-manifest.ts";
import type { Manifest } from "../../experiment/manifest/manifest.ts";
import { comparisonCharts } from "../../report/charts/comparison-charts.ts";
import { buildComparisonDocument } from "../../report/comparison/build-comparison-document.ts";
import { comparisonFiles } from "../../report/comparison/comparison-files.ts";
import { sayInEnglish } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import type { ExperimentResult } from "../results.ts";
import { useTexts } from "../texts.ts";
import { ReportView } from "./report-view.tsx";
import { RunsForm } from "./runs-form.tsx";
import { SaveView } from "./save-view.tsx";
import { Tabs } from "./tabs.tsx";

interface ExperimentViewProps {
  readonly result: ExperimentResult;
  readonly onCompare: (manifest: Manifest) => void;
  /** Analyzes all files as one run. */
  readonly onOneRun: () => void;
}

/** Methods compared over runs: the report, what it was made from, and what can be saved. */
export function ExperimentView({ result, onCompare, onOneRun }: ExperimentViewProps) {
  const { language, words } = useTexts();
  const { comparison, manifest, unreadable } = result;
  const charts = useMemo(() => comparisonCharts(comparison, language), [comparison, language]);
  const report = useMemo(
    () => buildComparisonDocument(comparison, { language, charts }),
    [comparison, language, charts],
  );
  const texts = useMemo(
    () => comparisonFiles(comparison, charts, { language }),
    [comparison, charts, language],
  );
  const yaml = { path: "experiment.yaml", content: () => formatManifest({ ...manifest, language }) };
  return (
    <Tabs
      tabs={[
        {
          id: "report",
          label: words.tabs.report,
          content: (
            <>
              {unreadable.map((line) => (
                <p class="wrong" role="alert" key={sayInEnglish(line)}>
                  {words.runs.unreadable}: {say(line, language)}
                </p>
              ))}
              <ReportView shown={report} />
            </>
          ),
        },
        {
          id: "runs",
          label: words.tabs.runs,
          content: <RunsForm result={result} onCompare={onCompare} onOneRun={onOneRun} />,
        },
        {
          id: "save",
          label: words.tabs.save,
          content: <SaveView texts={texts} exchanges={null} manifest={yaml} />,
        },
      ]}
    />
  );
}

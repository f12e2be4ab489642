import { useMemo } from "preact/hooks";
import { buildDocument } from "../../report/build-document.ts";
import { runCharts } from "../../report/charts/run-charts.ts";
import { CHART_FOLDER } from "../../report/report-text.ts";
import { runFiles } from "../../report/run-files.ts";
import type { PageOptions, RunResult } from "../results.ts";
import { useTexts } from "../texts.ts";
import type { Workbench } from "../workbench.ts";
import { ExchangesView } from "./exchanges-view.tsx";
import { ReportView } from "./report-view.tsx";
import { SaveView } from "./save-view.tsx";
import { ServersForm } from "./servers-form.tsx";
import { Tabs } from "./tabs.tsx";

interface RunViewProps {
  readonly result: RunResult;
  readonly bench: Workbench;
  readonly onAnalyze: (options: PageOptions) => void;
}

/** One run: its report, its exchanges, and what can be saved. */
export function RunView({ result, bench, onAnalyze }: RunViewProps) {
  const { language, words } = useTexts();
  const { metrics } = result;
  const charts = useMemo(() => runCharts(metrics, language), [metrics, language]);
  const report = useMemo(
    () => buildDocument(metrics, { language, charts: { specs: charts, folder: CHART_FOLDER } }),
    [metrics, language, charts],
  );
  const texts = useMemo(() => runFiles(metrics, language, charts), [metrics, language, charts]);
  return (
    <Tabs
      tabs={[
        {
          id: "report",
          label: words.tabs.report,
          content: (
            <>
              <ServersForm result={result} onAnalyze={onAnalyze} />
              <ReportView shown={report} />
            </>
          ),
        },
        ...(result.exchanges === 0
          ? []
          : [
              {
                id: "exchanges",
                label: words.tabs.exchanges,
                content: <ExchangesView result={result} bench={bench} />,
              },
            ]),
        {
          id: "save",
          label: words.tabs.save,
          content: <SaveView texts={texts} exchanges={result.exchanges === 0 ? null : bench} />,
        },
      ]}
    />
  );
}

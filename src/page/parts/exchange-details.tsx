import { useEffect, useRef } from "preact/hooks";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { conversationFilter } from "../../metrics/exchanges/frame-filter.ts";
import { useTexts } from "../texts.ts";

/** One exchange in full, and how to see it in Wireshark. */
export function ExchangeDetails({
  row,
  onClose,
}: {
  readonly row: ExchangeRow;
  readonly onClose: () => void;
}) {
  const { words } = useTexts();
  const { exchanges: texts } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const frames = [row.requestFrame, row.responseStartFrame, row.responseEndFrame].filter(
    (one) => one !== null,
  );
  const attempts = row.upstream?.attempts ?? [];
  return (
    <dialog ref={dialog} aria-labelledby="exchange" onClose={onClose}>
      <h2 id="exchange">
        {row.method ?? "?"} {row.host ?? ""}
        {row.target ?? ""}
      </h2>
      <dl class="facts">
        <dt>{texts.start}</dt>
        <dd>{row.requestStart ?? "–"}</dd>
        <dt>{texts.state}</dt>
        <dd>
          {row.status ?? ""} {row.state}
        </dd>
        <dt>{texts.client}</dt>
        <dd>{row.client}</dd>
        <dt>{texts.columns.server}</dt>
        <dd>{row.pair === null ? row.server : `${row.pair} (${row.server})`}</dd>
        {attempts.length > 0 && (
          <>
            <dt>{texts.upstream}</dt>
            <dd>{attempts.map(({ server }) => server).join(", ")}</dd>
          </>
        )}
        <dt>{texts.frames}</dt>
        <dd>{frames.join(", ")}</dd>
        <dt>{texts.filter}</dt>
        <dd>
          <code>{conversationFilter(row)}</code>
        </dd>
      </dl>
      <form method="dialog">
        <button type="submit" class="primary">
          {words.close}
        </button>
      </form>
    </dialog>
  );
}

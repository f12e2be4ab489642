import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ComponentChildren;
}

/** Panels of which one is seen; the others stay as they are. Arrow keys go from one to the next (WAI-ARIA's pattern). */
export function Tabs({ tabs }: { readonly tabs: readonly Tab[] }) {
  const [chosen, setChosen] = useState(0);
  const shown = Math.min(chosen, tabs.length - 1);
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = (shown + by + tabs.length) % tabs.length;
    setChosen(next);
    document.getElementById(`tab-${tabs[next]?.id}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" onKeyDown={step}>
        {tabs.map(({ id, label }, index) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={index === shown}
            aria-controls={`panel-${id}`}
            tabIndex={index === shown ? 0 : -1}
            onClick={() => setChosen(index)}
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(({ id, content }, index) => (
        <div
          key={id}
          id={`panel-${id}`}
          role="tabpanel"
          aria-labelledby={`tab-${id}`}
          hidden={index !== shown}
        >
          {content}
        </div>
      ))}
    </>
  );
}

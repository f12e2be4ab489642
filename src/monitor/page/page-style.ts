/** The live page's style: dark and light, phone and desktop. Texts have a contrast of 4.5:1 and more, lines 3:1. */
export const MONITOR_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #fff; --shade: #f6f8fa;
  --link: #0b5cad; --up: #116329; --up-back: #dafbe1; --failing: #7a4d00; --failing-back: #fff3c4; --down: #a40e26;
  --down-back: #ffe2e0; --c0: #0b62b0; --c1: #c4500a; --c2: #0a7d5a; --c3: #a8407f; --c4: #6b4fc9; --c5: #8a6d00;
  --c6: #0e7c86; --c7: #5c6068; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b3; --line: #30363d; --paper: #0d1117; --shade: #161b22; --link: #6cb6ff;
    --up: #56d364; --up-back: #12291a; --failing: #e3b341; --failing-back: #2e2410; --down: #ff9492; --down-back: #3a1518;
    --c0: #5aa9f5; --c1: #ff9552; --c2: #3fcf9f; --c3: #f08fc8; --c4: #b29cff; --c5: #e3c23f; --c6: #4fd0da; --c7: #b8bec6; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1480px; padding: 1rem 1rem 3rem; color: var(--ink); background: var(--paper);
  font: 16px/1.45 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .6rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0; overflow-wrap: anywhere; }
a { color: var(--link); }
.note, .unit { color: var(--soft); font-weight: 400; font-size: .85rem; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; z-index: 3; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .5rem 1rem; }
#connection { border: 1px solid var(--line); border-radius: 1rem; padding: .15rem .75rem; font-size: .9rem; }
#connection::before { content: "●"; margin-right: .4rem; color: var(--soft); }
#connection[data-state="live"]::before { color: var(--up); animation: beat 2s infinite; }
#connection[data-state="ended"]::before { content: "■"; }
#connection:is([data-state="reconnecting"], [data-state="noNews"], [data-state="refused"]) { color: var(--failing);
  background: var(--failing-back); border-color: var(--failing); }
#connection:is([data-state="reconnecting"], [data-state="noNews"], [data-state="refused"])::before { content: "⚠";
  color: inherit; }
@keyframes beat { 50% { opacity: .35; } }
dl { margin: 0; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .75rem 0; }
.facts div { min-width: 5rem; }
.facts dt, .tile dt { color: var(--soft); font-size: .85rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.bad, .facts .bad { color: var(--down); font-weight: 600; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.tiles { display: grid; grid-template-columns: repeat(6, 1fr); gap: .75rem; }
.tile { min-width: 0; background: var(--shade); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; color: var(--ink);
  font-weight: 400; }
.tile dd { margin: 0; }
.tile .value { font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere; }
.tile.bad .value { color: var(--down); }
#cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: .75rem; list-style: none;
  padding: 0; margin: .75rem 0; }
.card { border: 1px solid var(--line); border-left: 6px solid var(--soft); border-radius: 8px; padding: .6rem .8rem; }
.card .head { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
.card h3 { flex: 1 1 5rem; }
.card[data-state="up"] { border-left-color: var(--up); }
.card:is([data-state="slow"], [data-state="failing"]) { border-left-color: var(--failing); }
.card[data-state="down"] { border-left-color: var(--down); border-left-style: double; }
.badge { border-radius: 4px; padding: .1rem .5rem; background: var(--shade); color: var(--soft); white-space: nowrap;
  font-size: .9rem; }
.card[data-state="up"] .badge { background: var(--up-back); color: var(--up); }
.card:is([data-state="slow"], [data-state="failing"]) .badge { background: var(--failing-back); color: var(--failing); }
.card[data-state="down"] .badge { background: var(--down-back); color: var(--down); }
.card .detail:empty, .card .destination:empty { display: none; }
#legend { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: .5rem 0 0; padding: .4rem 0; position: sticky;
  top: 0; z-index: 1; background: var(--paper); max-height: 7rem; overflow-y: auto; }
#legend button { display: flex; gap: .5rem; align-items: center; border: 1px solid var(--line); border-radius: 6px;
  background: var(--shade); color: var(--ink); font: inherit; font-size: .9rem; padding: .15rem .6rem; cursor: pointer; }
#legend .name { -webkit-line-clamp: 1; }
#legend button[aria-pressed="false"] { border-style: dashed; background: none; color: var(--soft); }
#legend button[aria-pressed="false"] .swatch { opacity: .2; }
.name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; overflow-wrap: anywhere;
  text-align: left; }
.swatch { width: 22px; height: 12px; flex: none; }
#charts { margin-top: .25rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: .75rem; }
figure { margin: 0; border: 1px solid var(--line); border-radius: 8px; padding: .6rem .6rem .2rem; min-width: 0; }
figcaption { font-weight: 600; font-size: .95rem; }
figure svg { margin-top: .25rem; display: block; width: 100%; height: 170px; touch-action: pan-y; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; fill: var(--soft); }
svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
svg .grid { stroke: var(--line); fill: none; }
svg .cursor { stroke: var(--soft); fill: none; }
svg .line { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
svg .line.again { stroke-dasharray: 6 5; }
svg .shape { fill: var(--series); stroke: var(--paper); stroke-width: 1; }
.c0 { --series: var(--c0); } .c1 { --series: var(--c1); } .c2 { --series: var(--c2); } .c3 { --series: var(--c3); }
.c4 { --series: var(--c4); } .c5 { --series: var(--c5); } .c6 { --series: var(--c6); } .c7 { --series: var(--c7); }
#tip { position: fixed; z-index: 2; pointer-events: none; background: var(--paper); border: 1px solid var(--soft);
  border-radius: 6px; padding: .4rem .6rem; font-size: .85rem; max-width: min(22rem, 90vw); box-shadow: 0 2px 8px #0003; }
#tip[hidden] { display: none; }
#tip p { display: flex; gap: .5rem; align-items: center; }
#tip b { margin-left: auto; font-variant-numeric: tabular-nums; }
.table { overflow-x: auto; margin: .5rem 0 1.25rem; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { padding: .3rem .6rem; text-align: right; vertical-align: bottom; white-space: nowrap; }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); white-space: normal; }
tbody .name { min-width: 7rem; max-width: 16rem; width: max-content; }
thead th { border-bottom: 2px solid var(--soft); font-weight: 600; white-space: normal; }
thead .unit { display: block; }
tbody th { font-weight: 500; }
tbody tr { border-bottom: 1px solid var(--line); }
#diagnosis ul, #warnings ul { margin: 0; padding: .6rem 1rem .6rem 1.75rem; border-left: 4px solid var(--failing); background: var(--shade); }
#diagnosis p { margin: 0 0 .5rem; }
#diagnosis.bad p { font-weight: 600; }
#diagnosis li, #warnings li { overflow-wrap: anywhere; max-width: 90ch; }
.alert { border-left: 4px solid var(--down); padding: .5rem 1rem; margin: .5rem 0; background: var(--shade); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { #connection::before { animation: none !important; } }
@media (max-width: 900px) { .tiles { grid-template-columns: repeat(3, 1fr); } }
@media (max-width: 480px) {
  body { padding: .75rem .75rem 2rem; }
  .facts, .tiles { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
  .facts div:last-child { grid-column: 1 / -1; }
  tbody .name { max-width: 9rem; }
  .tile .value { font-size: 1.25rem; }
}
`;

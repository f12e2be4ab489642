/** The page's style: for screens of any width and for paper. Colours of texts have a contrast of 4.5:1 and more. */
export const PAGE_STYLE = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --shade: #f6f8fa; --link: #0b5cad;
  --good: #116329; --fair: #7a4d00; --bad: #b3151d; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1480px; padding: 1.5rem 1rem 4rem; color: var(--ink); background: #fff;
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
a { color: var(--link); }
p, li { max-width: 75ch; overflow-wrap: anywhere; }
.summary { color: var(--soft); margin-top: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: 1rem 0 0; }
.findings { background: var(--shade); border-left: 4px solid var(--link); padding: .75rem 1rem .75rem 2rem; margin: 0; }
.findings li { margin: .35rem 0; }
.table { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { padding: .3rem .55rem; vertical-align: top; text-align: left; white-space: nowrap; }
th.right, td.right { text-align: right; }
td.left { white-space: normal; overflow-wrap: anywhere; min-width: 5rem; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-weight: 600; white-space: normal;
  max-width: 9rem; }
thead th[scope="colgroup"] { text-align: center; border-bottom: 1px solid var(--line); }
thead button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer;
  text-align: inherit; text-decoration: underline dotted var(--soft); text-underline-offset: 3px; }
thead th[aria-sort="ascending"] button::after { content: " ▲"; }
thead th[aria-sort="descending"] button::after { content: " ▼"; }
tbody th, tfoot th { font-weight: 500; }
tbody tr { border-bottom: 1px solid var(--line); }
tbody tr:hover { background: #eaf2fb; }
tfoot tr { border-top: 2px solid var(--ink); font-weight: 600; }
.unit, .note { color: var(--soft); font-weight: 400; }
.unit { white-space: nowrap; }
td .note, td .interval { display: block; font-size: .85em; white-space: nowrap; }
td.good, td.good .note { color: var(--good); }
td.fair, td.fair .note { color: var(--fair); }
td.bad, td.bad .note { color: var(--bad); }
.footnote { font-size: .85rem; color: var(--soft); margin: .3rem 0 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; border: 1px solid var(--line); border-radius: 6px; padding: .75rem; }
figcaption .note { display: block; font-size: .9rem; }
.files { font-size: .85rem; }
.files a { margin-right: .4rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: .5rem 0; font-size: .9rem; }
.legend li { cursor: default; }
.swatch { width: .8rem; height: .8rem; margin-right: .35rem; vertical-align: -1px; outline: 1px solid #57606a; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); gap: .5rem; }
.panels svg { width: 100%; max-width: 640px; height: auto; display: block; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; fill: #1b1f24; }
svg .axis { fill: #57606a; }
svg .grid { stroke: #e1e6eb; }
svg .base, svg .tick { stroke: #1b1f24; }
svg .level { stroke: #57606a; stroke-dasharray: 2 3; }
svg text.level { stroke: none; fill: #57606a; }
svg .mark rect { stroke: #24292f; stroke-width: .6; }
svg .box { fill-opacity: .45; }
svg .error { stroke: #24292f; fill: none; stroke-width: 1.2; }
svg .median { stroke: #1b1f24; stroke-width: 2; }
svg .point { stroke: #fff; stroke-width: .5; }
svg .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .hit { opacity: 0; }
svg .hit:hover { opacity: 1; }
svg .mark:hover rect { stroke-width: 2; }
figure.focused .mark { opacity: .15; }
figure.focused .mark.shown { opacity: 1; }
details { margin-top: .5rem; font-size: .9rem; }
pre { overflow: auto; max-height: 20rem; background: var(--shade); padding: .5rem; font-size: .8rem; }
.warning { border-left: 4px solid #9a6700; background: #fff8e5; padding: .5rem 1rem; margin: .75rem 0; }
.warning ul { margin: .25rem 0; padding-left: 1.25rem; }
.warning .code { font-size: .85rem; color: var(--fair); }
footer { margin-top: 3rem; color: var(--soft); font-size: .9rem; }
#tip { position: fixed; z-index: 2; pointer-events: none; background: #1b1f24; color: #fff; padding: .25rem .5rem;
  border-radius: 4px; font-size: .85rem; max-width: 20rem; }
#tip[hidden] { display: none; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media print {
  @page { margin: 1.5cm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, details, #tip, .files { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, caption { break-after: avoid; }
  figure, tr, .warning, .findings li { break-inside: avoid; }
  tfoot { display: table-row-group; }
  tfoot tr { break-before: avoid; }
  .table { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { padding: .15rem .4rem; }
  .panels { grid-template-columns: 1fr 1fr; }
  thead button { text-decoration: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

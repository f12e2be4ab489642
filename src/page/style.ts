/** The page's own style, behind the report's: the bar, the screens before the report, the list, and the dark colours. */
export const WEB_PAGE_STYLE = `
:root { --paper: #fff; --warm: #fff8e5; --hover: #eaf2fb; --accent: #0b5cad; --on-accent: #fff; }
[data-theme="dark"] { color-scheme: dark; --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --shade: #1c2128; --link: #79b8ff;
  --good: #56d364; --fair: #e3b341; --bad: #ff8f87; --paper: #12161c; --warm: #2b2410; --hover: #1d2733; --accent: #79b8ff;
  --on-accent: #0b1a2b; }
body { background: var(--paper); padding: 0; max-width: none; }
.page { max-width: 1480px; margin: 0 auto; padding: 0 1rem 4rem; min-height: 100vh; }
main:focus { outline: none; }
[hidden] { display: none !important; }
button, select, input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft);
  border-radius: 6px; padding: .35rem .7rem; max-width: 100%; }
button { cursor: pointer; }
button:hover { background: var(--hover); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.primary:hover { filter: brightness(1.1); }
input::placeholder { color: var(--soft); opacity: 1; }
label { display: inline-flex; flex-direction: column; gap: .15rem; font-size: .9rem; }
label.check { flex-direction: row; align-items: center; gap: .4rem; }
.soft { color: var(--soft); font-weight: 400; }
.wrong { color: var(--bad); }
.bar { display: flex; align-items: center; gap: .6rem; padding: .6rem 0; border-bottom: 1px solid var(--line);
  margin-bottom: 1.25rem; flex-wrap: wrap; }
.bar .gap { flex: 1; }
.brand { font-weight: 700; font-size: 1.1rem; }
.skip { position: absolute; left: -100rem; background: var(--paper); padding: .4rem; z-index: 3; }
.skip:focus { left: 1rem; }
.start, .busy, .failed { max-width: 46rem; margin: 2.5rem auto; }
.lead { font-size: 1.1rem; }
.drop { border: 2px dashed var(--soft); border-radius: 12px; padding: 2rem 1.25rem; text-align: center; margin: 1.5rem 0;
  background: var(--shade); }
.drop p { margin: .5rem auto; }
.drop[data-over="true"] { border-color: var(--accent); background: var(--hover); }
.big { font-size: 1.35rem; font-weight: 600; }
.privacy { border-left: 4px solid var(--good); padding: .25rem 0 .25rem .9rem; }
.steps li { margin: .4rem 0; }
progress { width: 100%; height: 1.2rem; accent-color: var(--accent); }
.tabs { display: flex; gap: .25rem; border-bottom: 2px solid var(--line); margin-bottom: 1.25rem; overflow-x: auto; }
.tabs button { border: 0; border-radius: 6px 6px 0 0; background: none; padding: .5rem 1rem; white-space: nowrap; }
.tabs button:hover { background: var(--hover); }
.tabs button[aria-selected="true"] { font-weight: 600; box-shadow: inset 0 -3px 0 var(--accent); }
.servers { margin-bottom: 1.25rem; border: 1px solid var(--line); border-radius: 8px; padding: .5rem .9rem; font-size: 1rem; }
.servers summary { cursor: pointer; }
form .server, form .fields { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: .6rem 0; }
form label.wide { flex: 1 1 20rem; }
.runs th, .runs td { vertical-align: middle; }
.runs tbody th { font-weight: 400; overflow-wrap: anywhere; white-space: normal; min-width: 9rem; }
.runs td input, .runs td select { width: 11rem; }
.runs td input[type="number"] { width: 5rem; }
.query { display: flex; flex-wrap: wrap; gap: .8rem; align-items: end; }
.query input[type="search"] { width: min(24rem, 80vw); }
.list { border: 1px solid var(--line); border-radius: 8px; height: min(64vh, 44rem); overflow: auto; }
.list table { width: 100%; min-width: 62rem; table-layout: fixed; }
.list thead { position: sticky; top: 0; z-index: 1; background: var(--paper); }
.list th:nth-child(1) { width: 8rem; }
.list th:nth-child(2) { width: 10rem; }
.list th:nth-child(4) { width: 6rem; }
.list th:nth-child(n + 5) { width: 8rem; }
.list tbody tr { height: 30px; }
.list td { vertical-align: middle; padding: 0 .5rem; height: 30px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.list td button { border: 0; background: none; padding: 0; width: 100%; text-align: left; overflow: hidden;
  text-overflow: ellipsis; white-space: nowrap; text-decoration: underline dotted var(--soft); text-underline-offset: 3px; }
.list tr.bad { color: var(--bad); }
.list tr.space, .list tr.space:hover { border: 0; background: none; }
dialog { color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 10px; max-width: 52rem;
  width: calc(100vw - 2rem); }
dialog::backdrop { background: rgb(0 0 0 / 50%); }
dialog h2 { margin-top: 0; overflow-wrap: anywhere; }
dialog code { overflow-wrap: anywhere; }
.downloads { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
  gap: .6rem; }
.downloads li { max-width: none; }
.downloads button { width: 100%; text-align: left; }
.downloads .soft { display: block; font-size: .9rem; }
figcaption .files button { padding: 0 .5rem; font-size: .8rem; margin-left: .3rem; }
thead button { border-radius: 0; }
tbody tr:hover { background: var(--hover); }
.warning { background: var(--warm); }
[data-theme="dark"] svg text { fill: var(--ink); }
[data-theme="dark"] svg .axis, [data-theme="dark"] svg text.level { fill: var(--soft); }
[data-theme="dark"] svg .grid { stroke: #2b323b; }
[data-theme="dark"] svg .base, [data-theme="dark"] svg .tick, [data-theme="dark"] svg .median { stroke: var(--ink); }
[data-theme="dark"] svg .error, [data-theme="dark"] svg .mark rect { stroke: #c9d1d9; }
[data-theme="dark"] svg [stroke="#000000"] { stroke: var(--ink); }
[data-theme="dark"] svg [fill="#000000"] { fill: var(--ink); }
[data-theme="dark"] #tip { background: #e6edf3; color: #12161c; }
@media (max-width: 600px) {
  .page { padding: 0 .6rem 3rem; }
  h1 { font-size: 1.35rem; }
  .drop { padding: 1.25rem .75rem; }
}
@media print {
  .bar, .tabs, .servers, figcaption .files { display: none; }
  .page { padding: 0; max-width: none; }
}
`;

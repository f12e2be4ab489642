/** The page around its script: one file that needs nothing else, under a policy that lets it send nothing. */
import { createHash } from "node:crypto";
import { escapeHtml } from "../report/html/escape-html.ts";
import { PAGE_SCRIPT as REPORT_SCRIPT } from "../report/html/page-script.ts";
import { PAGE_STYLE as REPORT_STYLE } from "../report/html/page-style.ts";
import { wordsOf } from "../words/words.ts";
import { WEB_PAGE_STYLE } from "./style.ts";
import { SCRIPT_ID } from "./worker/start-worker.ts";

/**
 * The page.
 * @param script the bundled program, which is the worker's, too
 * @param licences of the packages in it
 */
export function renderShell(script: string, licences: string): string {
  // What ends a script element may stand in a text only.
  const program = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const style = REPORT_STYLE + WEB_PAGE_STYLE;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(REPORT_SCRIPT)} ${hashOf(program)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    "worker-src blob:",
    "img-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const { title, noScript } = wordsOf("en").webPage;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>lbqos: ${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    `<div id="lbqos"><noscript>${escapeHtml(noScript)}</noscript></div>`,
    `<script>${REPORT_SCRIPT}</script>`,
    `<script id="${SCRIPT_ID}">${program}</script>`,
    `<!--\n${licences}\n-->`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/**
 * The page's script, whole. It is plain JavaScript with its types in comments: a test has TypeScript check it against the
 * types of what the server sends.
 */
import type { Words } from "../../words/words.ts";
import { SCRIPT_CHART } from "./script-chart.ts";
import { SCRIPT_CONNECTION } from "./script-connection.ts";
import { SCRIPT_ELEMENTS } from "./script-elements.ts";
import { SCRIPT_GEOMETRY } from "./script-geometry.ts";
import { SCRIPT_NUMBERS } from "./script-numbers.ts";
import { SCRIPT_VIEW } from "./script-view.ts";

/** The words that the script finds in the page, in the page's language. */
export type ScriptWords = Words["page"]["script"];

const PARTS = [
  SCRIPT_ELEMENTS,
  SCRIPT_NUMBERS,
  SCRIPT_GEOMETRY,
  SCRIPT_CHART,
  SCRIPT_VIEW,
  SCRIPT_CONNECTION,
];

export const MONITOR_SCRIPT = `
"use strict";
(() => {${PARTS.join("")}})();
`;

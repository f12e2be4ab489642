/**
 * The page's script, whole. It is plain JavaScript with its types in comments: a test has TypeScript check it against the
 * types of what the server sends.
 */
import { SCRIPT_CHART } from "./script-chart.ts";
import { SCRIPT_CONNECTION } from "./script-connection.ts";
import { SCRIPT_TEXT } from "./script-text.ts";
import { SCRIPT_VIEW } from "./script-view.ts";

export const MONITOR_SCRIPT = `
"use strict";
(() => {${SCRIPT_TEXT}${SCRIPT_CHART}${SCRIPT_VIEW}${SCRIPT_CONNECTION}})();
`;

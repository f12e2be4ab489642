/** `lbqos interfaces`: what `lbqos live --interface` can be given. */
import { findInterfaces, inEnglish } from "../../capture/engines/list-interfaces.ts";
import { escapeJson } from "../../report/escape-json.ts";
import { renderInterfaces } from "../../report/live/interface-table.ts";
import type { ExitStatus } from "../command.ts";
import { outputHasColour, outputWidth } from "../terminal.ts";
import { writeText } from "../write-text.ts";
import type { InterfacesRequest } from "./interfaces-arguments.ts";

/** @throws PipeClosed */
export async function runInterfaces({ format, language }: InterfacesRequest): Promise<ExitStatus> {
  const interfaces = await findInterfaces();
  writeText(
    "stdout",
    format === "json"
      ? `${escapeJson(JSON.stringify(interfaces.map(inEnglish), null, 2))}\n`
      : renderInterfaces(interfaces, language, { width: outputWidth(), colour: outputHasColour() }),
  );
  return 0;
}

/** Fields of frames as tshark shows them with a key log. */
import { execFileSync } from "node:child_process";

/** A row of fields for each frame that the display filter shows. */
export function runTshark(
  capture: string,
  keys: string,
  filter: string,
  fields: readonly string[],
): readonly (readonly string[])[] {
  const wanted = fields.flatMap((field) => ["-e", field]);
  const options = ["-r", capture, "-o", `tls.keylog_file:${keys}`, "-Y", filter, "-T", "fields", ...wanted];
  const text = execFileSync("tshark", options, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

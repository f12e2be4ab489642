/** Hands a file to the user, as a download. */

/** How long a browser may take to begin a download. */
const KEPT_MS = 60_000;

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  csv: "text/csv",
  json: "application/json",
  svg: "image/svg+xml",
};

export function saveFile(name: string, content: string | Blob): void {
  const ending = name.slice(name.lastIndexOf(".") + 1);
  const type = TYPES[ending] ?? "text/plain";
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

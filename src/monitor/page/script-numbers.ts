/** Part of the page's script that knows no page: numbers, times and sizes in words. `language` is the page's. */
export const SCRIPT_NUMBERS = String.raw`
const MINUS = "\u2212";
const NOT_MEASURED = "\u2013";

/** @param {string} text with {name} where a value belongs @param {Record<string, string | number>} values */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @type {Map<number, Intl.NumberFormat>} */
const formats = new Map();

/** @param {number | null | undefined} value @param {number} digits */
function numberText(value, digits) {
  if (value === null || value === undefined) return NOT_MEASURED;
  let format = formats.get(digits);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: "min2",
    });
    formats.set(digits, format);
  }
  return format.format(value);
}

/** Three significant digits, for axes and hints. @param {number} value */
function shortText(value) {
  const size = Math.abs(value);
  return numberText(value, size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** 3:07, 1:02:07. @param {number} seconds */
function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? hours + ":" + parts.join(":") : String(Number(parts[0])) + ":" + parts[1];
}

/** @param {number} bytes */
function sizeText(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return (unit === 0 ? numberText(size, 0) : numberText(size, 1)) + " " + units[unit];
}
`;

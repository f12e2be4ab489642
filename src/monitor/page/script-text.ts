/** Part of the page's script: words, numbers and elements. Text goes into the page as text only, never as markup. */
export const SCRIPT_TEXT = String.raw`
/** @type {ScriptWords} */
const words = JSON.parse(document.body.dataset.words ?? "{}");
const language = document.documentElement.lang;
const MINUS = "\u2212";
const NOT_MEASURED = "\u2013";

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error("no element " + id);
  return element;
}

/**
 * @template {Element} T
 * @param {Element} parent @param {string} selector @param {new () => T} kind @returns {T}
 */
function within(parent, selector, kind) {
  const element = parent.querySelector(selector);
  if (!(element instanceof kind)) throw new Error("no element " + selector);
  return element;
}

/** @param {string} tag @param {string} [className] @returns {HTMLElement} */
function make(tag, className) {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  return element;
}

/** Changes only what is another, so that a selection, or a screen reader's place, is kept. @param {Element} element @param {string} text */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

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

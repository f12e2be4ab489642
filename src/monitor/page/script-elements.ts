/** Part of the page's script: its words, and elements to put them in. Text goes into the page as text only, never as markup. */
export const SCRIPT_ELEMENTS = `
/** @type {ScriptWords} */
const words = JSON.parse(document.body.dataset.words ?? "{}");
const language = document.documentElement.lang;

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
`;

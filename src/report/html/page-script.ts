/** Sent to the element whose content was put into a page later, so that the script below takes care of it, too. */
export const CONTENT_EVENT = "lbqos-content";

/**
 * The page's script. Without it the page is whole; with it marks answer to the mouse at once, legends single out their
 * series, and tables can be sorted. It only moves and shows what is there already.
 */
export const PAGE_SCRIPT = `
"use strict";
const tip = document.createElement("div");
tip.id = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);
document.addEventListener("pointermove", (event) => {
  const mark = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
  tip.hidden = mark === null;
  if (mark === null) return;
  tip.textContent = mark.dataset.tip;
  const x = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  const y = event.clientY + 18 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 8 : event.clientY + 18;
  tip.style.left = Math.max(8, x) + "px";
  tip.style.top = y + "px";
});
document.documentElement.addEventListener("pointerleave", () => { tip.hidden = true; });
const enliven = (root) => {
  for (const title of root.querySelectorAll("figure svg title")) {
    title.parentNode.dataset.tip = title.textContent;
    title.remove();
  }
  for (const figure of root.querySelectorAll("figure")) {
    for (const item of figure.querySelectorAll(".legend li")) {
      const show = (on) => {
        figure.classList.toggle("focused", on);
        for (const mark of figure.querySelectorAll(".mark")) {
          mark.classList.toggle("shown", on && mark.dataset.series === item.dataset.series);
        }
      };
      item.addEventListener("pointerenter", () => show(true));
      item.addEventListener("pointerleave", () => show(false));
    }
  }
  for (const table of root.querySelectorAll("table")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3) continue;
    const header = table.tHead.rows[table.tHead.rows.length - 1];
    [...header.cells].forEach((cell, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = document.body.dataset.sortBy + " " + cell.textContent;
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === "ascending";
        for (const other of header.cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[index].dataset.value ?? row.cells[index].textContent;
        const isEmpty = (row) => row.cells[index].dataset.value === undefined && !/[\\p{L}\\p{N}]/u.test(row.cells[index].textContent);
        const order = [...body.rows].sort((a, b) =>
          isEmpty(a) - isEmpty(b) ||
          (down ? -1 : 1) * ((Number(key(a)) - Number(key(b))) || key(a).localeCompare(key(b), undefined, { numeric: true })));
        body.append(...order);
      });
    });
  }
};
enliven(document);
document.addEventListener("${CONTENT_EVENT}", (event) => enliven(event.target));
`;

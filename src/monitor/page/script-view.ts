/** Part of the page's script: what is known now: title, facts, tiles, a card per backend, tables, warnings. */
export const SCRIPT_VIEW = String.raw`
/** Signs for states, so that colour is not all that tells them apart. */
const SIGNS = { up: "\u25b2", slow: "\u25b3", failing: "\u25c6", down: "\u25bc", unknown: "\u25cb" };

/** @type {Map<string, LiveState>} */
let statesBefore = new Map();

/** @param {LiveView} view */
function titleText({ method, run, engine }) {
  if (method !== null && run !== null) return fill(words.methodRun, { method, run });
  if (method !== null) return method;
  if (run !== null) return fill(words.run, { run });
  return engine === "replay" ? words.replay : words.liveCapture;
}

/** @param {LiveView} view */
function showHead(view) {
  const title = titleText(view);
  say(byId("title"), title);
  const { down, failing, slow } = view.totals.states;
  const trouble = [
    ...(down > 0 ? [SIGNS.down + " " + down + " " + words.states.down] : []),
    ...(failing > 0 ? [SIGNS.failing + " " + failing + " " + words.states.failing] : []),
    ...(slow > 0 ? [SIGNS.slow + " " + slow + " " + words.states.slow] : []),
  ];
  const pageTitle = [...trouble, title, "lbqos"].join(" \u00b7 ");
  if (document.title !== pageTitle) document.title = pageTitle;
  const fact = (/** @type {string} */ name, /** @type {string} */ text, isBad = false) => {
    const element = byId("fact-" + name);
    say(element, text);
    element.classList.toggle("bad", isBad);
  };
  fact("balancer", view.balancer ?? words.everyClient);
  const program = view.program ?? view.engine;
  const engine = view.engine === "replay" ? fill(words.replayOf, { file: program }) : program;
  fact("engine", [engine, ...view.interfaces].join(" \u00b7 "));
  fact("stamps", words.stamps[view.timestampSource]);
  fact("elapsed", clockText(view.elapsedSeconds));
  fact("packets", numberText(view.packets, 0));
  fact("drops", view.recorderDrops === null ? words.notSaid : numberText(view.recorderDrops, 0), (view.recorderDrops ?? 0) > 0);
  fact("skipped", numberText(view.skippedFrames, 0), view.skippedFrames > 0);
  fact("recording", recordingText(view.recording));
  const failure = view.recording === null ? null : view.recording.failure;
  const alert = byId("recording-failure");
  alert.hidden = failure === null;
  say(alert, failure === null ? "" : fill(words.recordingEnded, { why: failure }));
}

/** @param {LiveView["recording"]} recording */
function recordingText(recording) {
  if (recording === null) return words.notRecorded;
  const earlier = recording.earlierFiles === 0 ? [] : [fill(words.earlierFiles, { count: numberText(recording.earlierFiles, 0) })];
  const parts = [
    [...recording.files, ...earlier].join(", "),
    fill(words.bytesWritten, { size: sizeText(recording.bytes) }),
  ];
  return parts.join(" \u00b7 ");
}

/** How far the recent figures look back. @param {LiveView["totals"]} totals */
function windowText({ windowSeconds }) {
  return windowSeconds === null ? "" : fill(words.lastSeconds, { seconds: numberText(windowSeconds, 0) });
}

/** @param {LiveView} view */
function showTiles({ totals }) {
  const tile = (/** @type {string} */ name, /** @type {string} */ text, note = "", isBad = false) => {
    const element = byId("tile-" + name);
    say(within(element, ".value", HTMLElement), text);
    say(within(element, ".note", HTMLElement), note);
    element.classList.toggle("bad", isBad);
  };
  const { states } = totals;
  const all = states.up + states.slow + states.failing + states.down + states.unknown;
  const seconds = windowText(totals);
  tile("rate", numberText(totals.requestsPerSecond, 1), seconds);
  tile("requests", numberText(totals.requests, 0));
  tile("unanswered", numberText(totals.unanswered, 0), "", totals.unanswered > 0);
  tile("loss", totals.lossPercent === null ? NOT_MEASURED : numberText(totals.lossPercent, 2) + " %");
  tile("inFlight", numberText(totals.inFlight, 0));
  tile("states", fill(words.statesOf, { up: states.up, all }), "", states.down > 0);
}

/** @param {ViewPair} pair */
function stateText(pair) {
  const parts = [];
  if (pair.reason !== null) parts.push(words.reasons[pair.reason]);
  if (pair.stateSeconds !== null) parts.push(fill(words.stateFor, { time: clockText(pair.stateSeconds) }));
  return parts.join(", ");
}

/** @param {string} id */
function newCard(id) {
  const card = make("li", "card");
  card.dataset.pair = id;
  const sign = make("span", "sign");
  sign.setAttribute("aria-hidden", "true");
  const badge = make("p", "badge");
  badge.append(sign, " ", make("b", "state"));
  const head = make("div", "head");
  head.append(swatch(id), make("h3", "name"), badge);
  card.append(head, make("p", "detail note"), make("p", "destination note"));
  return card;
}

/** A button that takes the pair's lines out of the charts and puts them back. @param {string} id */
function newLegend(id) {
  const item = make("li");
  item.dataset.pair = id;
  const button = make("button");
  button.setAttribute("type", "button");
  button.append(swatch(id), make("span", "name"));
  button.addEventListener("click", () => {
    if (!hidden.delete(id)) hidden.add(id);
    button.setAttribute("aria-pressed", String(!hidden.has(id)));
    drawCharts();
  });
  item.append(button);
  return item;
}

/** @param {string} id */
function newRow(id) {
  const row = make("tr");
  row.dataset.pair = id;
  const head = make("th");
  head.setAttribute("scope", "row");
  head.append(make("div", "name"));
  row.append(head);
  return row;
}

/**
 * One element per pair, in the pairs' order: kept where it is there, made where it is new, taken away where it is gone.
 * @param {HTMLElement} parent @param {readonly ViewPair[]} pairs @param {(id: string) => HTMLElement} makeOne
 * @returns {HTMLElement[]}
 */
function onePerPair(parent, pairs, makeOne) {
  /** @type {Map<string, HTMLElement>} */
  const there = new Map();
  for (const child of parent.children)
    if (child instanceof HTMLElement) there.set(child.dataset.pair ?? "", child);
  const wanted = pairs.map(({ id }) => there.get(id) ?? makeOne(id));
  const kept = new Set(wanted);
  for (const child of there.values()) if (!kept.has(child)) child.remove();
  wanted.forEach((element, index) => {
    const present = parent.children[index];
    if (present !== element) parent.insertBefore(element, present ?? null);
  });
  return wanted;
}

/** @param {LiveView} view */
function showCards({ pairs, pairsNotShown }) {
  const cards = onePerPair(byId("cards"), pairs, newCard);
  pairs.forEach((pair, index) => {
    const card = cards[index];
    if (card === undefined) return;
    const { name, source, destination } = pair;
    card.dataset.state = pair.state;
    say(within(card, "h3", HTMLElement), name);
    say(within(card, ".sign", HTMLElement), SIGNS[pair.state]);
    say(within(card, ".state", HTMLElement), words.states[pair.state]);
    say(within(card, ".detail", HTMLElement), stateText(pair));
    say(within(card, ".destination", HTMLElement), source === null ? destination : source + " \u2192 " + destination);
  });
  const legend = onePerPair(byId("legend"), pairs, newLegend);
  pairs.forEach(({ id, name }, index) => {
    const item = legend[index];
    if (item === undefined) return;
    say(within(item, ".name", HTMLElement), name);
    within(item, "button", HTMLElement).setAttribute("aria-pressed", String(!hidden.has(id)));
  });
  const more = byId("more-pairs");
  more.hidden = pairsNotShown === 0;
  say(more, pairsNotShown === 0 ? "" : fill(words.pairsNotShown, { count: numberText(pairsNotShown, 0) }));
}

/** @param {LiveView} view */
function showTables({ pairs, totals }) {
  for (const table of document.querySelectorAll("table")) {
    const name = /** @type {TableName} */ (table.dataset.table);
    const digits = [...table.querySelectorAll("th[data-digits]")].map((head) => Number(head.getAttribute("data-digits")));
    const body = table.tBodies[0];
    if (body === undefined) continue;
    const rows = onePerPair(body, pairs, newRow);
    pairs.forEach((pair, index) => {
      const row = rows[index];
      if (row === undefined) return;
      say(within(row, ".name", HTMLElement), pair.name);
      while (row.children.length <= digits.length) row.append(make("td"));
      digits.forEach((decimals, column) => {
        const cell = row.children[column + 1];
        if (cell !== undefined) say(cell, numberText(pair.cells[name][column], decimals));
      });
    });
    if (name === "recent") say(within(table, "caption .note", HTMLElement), " " + windowText(totals));
  }
}

/** @param {LiveView} view */
function showWarnings({ warnings, warningsNotShown }) {
  const section = byId("warnings");
  section.hidden = warnings.length === 0;
  const texts = warningsNotShown === 0 ? warnings : [...warnings, fill(words.warningsNotShown, { count: numberText(warningsNotShown, 0) })];
  showList(section, texts);
}

/** @param {LiveView} view */
function showDiagnosis({ verdict, findings }) {
  const section = byId("diagnosis");
  section.hidden = verdict === null;
  section.classList.toggle("bad", findings.length > 0);
  say(within(section, "p", HTMLElement), verdict ?? "");
  within(section, "ul", HTMLElement).hidden = findings.length === 0;
  showList(section, findings);
}

/** @param {LiveView} view */
function showPath({ path }) {
  const section = byId("path");
  section.hidden = path.length === 0;
  showList(section, path);
}

/** @param {HTMLElement} section @param {readonly string[]} texts */
function showList(section, texts) {
  const list = within(section, "ul", HTMLElement);
  if ([...list.children].map((item) => item.textContent).join("\n") === texts.join("\n")) return;
  list.replaceChildren(
    ...texts.map((text) => {
      const item = make("li");
      item.textContent = text;
      return item;
    }),
  );
}

/** Tells a screen reader of states that changed. @param {LiveView} view */
function announce({ pairs }) {
  const changed = pairs.filter(({ id, state }) => statesBefore.has(id) && statesBefore.get(id) !== state);
  statesBefore = new Map(pairs.map(({ id, state }) => [id, state]));
  if (changed.length === 0) return;
  const sentences = changed.map((pair) => {
    const reason = pair.reason === null ? "" : ", " + words.reasons[pair.reason];
    return pair.name + ": " + words.states[pair.state] + reason + ".";
  });
  say(byId("announcements"), sentences.join(" "));
}

/** @param {LiveView} view */
function show(view) {
  names.clear();
  for (const pair of view.pairs) {
    names.set(pair.id, pair.name);
    seePair(pair.id);
  }
  showHead(view);
  showDiagnosis(view);
  showPath(view);
  showTiles(view);
  showCards(view);
  showTables(view);
  showWarnings(view);
  announce(view);
  drawCharts();
}
`;

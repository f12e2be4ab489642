/** Part of the page's script: the stream of events, what is said of it, and how it is found again after it broke. */
export const SCRIPT_CONNECTION = `
/** Seconds without a word from the server after which the page says so. */
const SILENCE_SECONDS = 5;
/** Milliseconds until the next try where the browser gave up. */
const RETRY_MS = 2000;
const RETRY_AFTER_END_MS = 10_000;

/** @type {LiveView["phase"] | null} */
let phase = null;
let lastNewsMs = 0;
/** Which server the ids of pairs belong to. */
let session = "";

/** @param {keyof ScriptWords["connection"]} state @param {string} [text] */
function showConnection(state, text) {
  const element = byId("connection");
  element.dataset.state = state;
  say(element, text ?? words.connection[state]);
}

function connect() {
  const source = new EventSource("/events");
  source.addEventListener("history", (event) => {
    /** @type {{ session: string, points: HistoryPoint[] }} */
    const history = JSON.parse(event.data);
    points = history.points;
    if (history.session === session) return;
    // Another server, or one that was started anew: its pairs are other ones.
    session = history.session;
    statesBefore = new Map();
    seen.clear();
    hidden.clear();
    byId("cards").replaceChildren();
    byId("legend").replaceChildren();
  });
  source.addEventListener("view", (event) => {
    /** @type {{ view: LiveView, point: HistoryPoint }} */
    const { view, point } = JSON.parse(event.data);
    addPoint(points, point);
    show(view);
    phase = view.phase;
    lastNewsMs = Date.now();
    showConnection(phase === "ended" ? "ended" : phase === "waiting" ? "waiting" : "live");
  });
  source.addEventListener("open", () => {
    lastNewsMs = Date.now();
    if (phase === null) showConnection("waiting");
  });
  source.addEventListener("error", () => {
    if (phase === "ended") {
      // Nothing new is to be expected, unless another run begins here.
      source.close();
      setTimeout(connect, RETRY_AFTER_END_MS);
      return;
    }
    showConnection("reconnecting");
    if (source.readyState !== EventSource.CLOSED) return;
    // The server answered, but not with events: no place for one more page, or another token now.
    setTimeout(connect, RETRY_MS);
    fetch("/icon.svg", { method: "HEAD" }).then(
      ({ status }) => {
        if (status === 401) showConnection("refused");
      },
      () => {},
    );
  });
}

setInterval(() => {
  if (byId("connection").dataset.state !== "live" && byId("connection").dataset.state !== "noNews") return;
  const seconds = Math.floor((Date.now() - lastNewsMs) / 1000);
  if (seconds >= SILENCE_SECONDS) showConnection("noNews", fill(words.connection.noNews, { seconds }));
}, 1000);

drawCharts();
connect();
`;

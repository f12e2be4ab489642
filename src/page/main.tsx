/** The page, and its worker: one script, which finds out where it runs. */
import { render } from "preact";
import { App } from "./app.tsx";
import { servePage } from "./worker/serve-page.ts";
import { isWorker } from "./worker/worker-line.ts";

if (isWorker()) servePage();
else {
  const root = document.getElementById("lbqos");
  if (root !== null) {
    root.replaceChildren();
    render(<App />, root);
  }
}

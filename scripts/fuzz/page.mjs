/** Requests to a live page: whatever comes, it answers the next good one, and tells nothing to who may not ask. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const REPLAY = fileURLToPath(new URL("../../fixtures/outages/outages.pcapng.gz", import.meta.url));
const TOKEN = "a-token-for-fuzzing";
const ANSWER_MS = 150;
const GOOD = `GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}\r\nConnection: close\r\n\r\n`;

/** Requests to begin with. The token in them is another, so that what is told may be told. */
export const REQUESTS = [
  "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
  "GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer wrong-token-of-some-length\r\n\r\n",
  "HEAD /report?token=wrong-token-of-some-length HTTP/1.1\r\nHost: localhost\r\nCookie: lbqos_1=abc; a=b\r\n\r\n",
  "POST /snapshot.json HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nOrigin: http://a.example\r\n\r\nhello",
  "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nSec-Fetch-Site: cross-site\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
  "OPTIONS * HTTP/1.0\r\n\r\nGET /icon.svg HTTP/1.1\r\nHost: [::1]\r\nUpgrade: websocket\r\nExpect: 100-continue\r\n\r\n",
];

export class Page {
  #child = null;
  #port = 0;
  #said = "";

  async run(_target, bytes) {
    if (this.#child === null) await this.#start();
    const answer = await this.#ask(bytes);
    if (this.#child.exitCode !== null) throw new Error(`the command ended: ${this.#said}`);
    if (/internal error|^\s+at /m.test(this.#said)) throw new Error(this.#said);
    if (/lbqos_|Flask|"phase"/.test(answer))
      throw new Error(`it told without the token: ${answer.slice(0, 300)}`);
    if (/^HTTP\/1\.1 5\d\d/m.test(answer) && !/^HTTP\/1\.1 50[13]/m.test(answer))
      throw new Error(answer.slice(0, 300));
    const next = await this.#ask(Buffer.from(GOOD), 5000);
    if (!next.includes("lbqos_")) throw new Error(`no answer to the next request: ${next.slice(0, 300)}`);
    return [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status).join(" ") || "closed";
  }

  async close() {
    if (this.#child === null || this.#child.exitCode !== null) return;
    this.#child.kill("SIGINT");
    await once(this.#child, "close");
  }

  async #start() {
    const args = ["live", "--replay", REPLAY, "--speed", "max", "--http", "127.0.0.1:0", "--stay", "--json"];
    this.#child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, LBQOS_TOKEN: TOKEN },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child.stderr.setEncoding("utf8");
    for await (const text of this.#child.stderr.iterator({ destroyOnReturn: false })) {
      this.#said += text;
      this.#port = Number(/stays at http:\/\/127\.0\.0\.1:(\d+)/.exec(this.#said)?.[1] ?? 0);
      if (this.#port > 0) break;
    }
    this.#child.stderr.on("data", (text) => {
      this.#said += text;
    });
  }

  /** Sends bytes; what comes until the other side closes, or for a while. */
  #ask(bytes, waitMs = ANSWER_MS) {
    return new Promise((resolve) => {
      const socket = connect(this.#port, "127.0.0.1");
      let answer = "";
      socket.setEncoding("latin1");
      socket.setTimeout(waitMs, () => socket.destroy());
      socket.on("data", (text) => {
        answer += text;
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve(answer));
      socket.write(bytes);
    });
  }
}

/** Where a queue is, and what goes wrong on the way there, in one line. */
import { isIP } from "node:net";
import type { RedisOptions } from "bullmq";
import { Failure } from "../../failure.ts";
import { type Message, message } from "../../words/message.ts";

/** The variable that keeps a password out of the list of processes. */
export const PASSWORD_VARIABLE = "LBQOS_QUEUE_PASSWORD";

const STANDARD_PORT = 6379;
const CONNECT_MS = 5_000;

export interface QueuePlace {
  /** For messages: `redis.example.org:6379`, never with the password. */
  readonly name: string;
  readonly connection: RedisOptions;
}

/**
 * @param url `redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`, or `rediss://` for TLS
 * @throws Failure (status 2)
 */
export function parseQueueUrl(text: string, environment: NodeJS.ProcessEnv): QueuePlace {
  const url = URL.canParse(text) ? new URL(text) : null;
  const database = /^\/?(\d*)$/.exec(url?.pathname ?? "");
  if (
    url === null ||
    !["redis:", "rediss:"].includes(url.protocol) ||
    url.hostname === "" ||
    database === null
  ) {
    throw new Failure(message("notQueueUrl", text.replace(/\/\/[^@/]*@/, "//…@")), 2);
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? STANDARD_PORT : Number(url.port);
  const password = url.password === "" ? environment[PASSWORD_VARIABLE] : decodeURIComponent(url.password);
  return {
    name: `${url.hostname}:${port}`,
    connection: {
      host,
      port,
      db: Number(database[1] ?? 0),
      connectTimeout: CONNECT_MS,
      ...(url.username === "" ? {} : { username: decodeURIComponent(url.username) }),
      ...(password === undefined || password === "" ? {} : { password }),
      ...(url.protocol === "rediss:" ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    },
  };
}

/** Why Redis doesn't serve us. */
export function connectionReason(error: unknown): Message {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/WRONGPASS|NOAUTH|invalid password/i.test(text)) return message("queuePassword");
  if (code === "ECONNREFUSED") return message("nobodyListens");
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return message("hostNotFound");
  if (code === "ETIMEDOUT" || /timed?\s?out/i.test(text)) return message("noAnswer");
  if (/wrong version number|packet length|EPROTO|self.signed|certificate/i.test(`${text} ${code}`)) {
    return message("tlsFailed", text);
  }
  return message("verbatim", text === "" ? code : text);
}

/** The programs that send requests: their command lines and their reports. */
import { z } from "zod";
import { PYTHON } from "./flask-app.ts";
import { urlHost } from "./lab-hosts.ts";
import type { SideProtocols } from "./lab-protocols.ts";
import { loadProgram } from "./load-program.ts";
import { nodeLoadCommand } from "./node-load-program.ts";

export const loadGenerators = ["httperf", "wrk", "ab", "python", "node"] as const;
export type LoadGenerator = (typeof loadGenerators)[number];

/** Those that send at a rate; the others send the next request as soon as they have an answer. */
export const pacedGenerators: readonly LoadGenerator[] = ["httperf", "node"];
/** Those that send for a time; the others send a given number of requests. */
export const timedGenerators: readonly LoadGenerator[] = ["wrk"];
/** Those whose reports `compare` reads with the captures. */
export const reportedGenerators: readonly LoadGenerator[] = ["httperf", "wrk", "ab"];

/** The requests that one client sends in one run. */
export interface ClientLoad {
  readonly generator: LoadGenerator;
  /** Address of the server, asked on the port of its protocols; httperf speaks IPv4 only. */
  readonly server: string;
  /** Path with its parameters. */
  readonly uri: string;
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Requests on each connection. */
  readonly requestsPerConnection: number;
  /** Connections at a time, of those that are not paced. */
  readonly connections: number;
  /** Bytes of the body of each request, which is a POST then; 0: a GET. Only `python` and `node` send bodies. */
  readonly bodyBytes: number;
  /** What the server speaks; all but HTTP/1 as it is with `node` only. */
  readonly protocols: SideProtocols;
  /** Whether requests are gRPC's calls, whose message has the body's bytes. */
  readonly isGrpc: boolean;
}

/** The counts of a load generator. */
export interface LoadReport {
  readonly requests: number;
  readonly replies: number;
  /** Connections that failed or were given up. */
  readonly errors: number;
  /** Replies with a status of 400 and above. */
  readonly failures: number;
  readonly seconds: number;
}

/** Seconds after which httperf stops waiting for an answer. */
const TIMEOUT_SECONDS = 10;
/** Usual connections of those that are not paced; each sends its next request as soon as it has an answer. */
export const USUAL_CONNECTIONS = 10;

/**
 * The command that sends the load. httperf and node pace requests; wrk sends for as long as the requests would take at
 * their rate, ab and python send the given number as fast as they can.
 * @param folder the lab's
 */
export function loadCommand(load: ClientLoad, folder: string): string[] {
  const { generator, server, uri, requests, requestsPerSecond, requestsPerConnection, connections } = load;
  const url = `http://${urlHost(server)}${uri}`;
  switch (generator) {
    case "httperf":
      // Without --hog: it would look for a free port among all that runs before used, and begin with a burst.
      return [
        ...["httperf", "--server", server, "--port", "80", "--uri", uri],
        ...["--num-conns", `${Math.ceil(requests / requestsPerConnection)}`],
        ...["--num-calls", `${requestsPerConnection}`],
        ...["--rate", `${requestsPerSecond / requestsPerConnection}`],
        ...["--timeout", `${TIMEOUT_SECONDS}`],
      ];
    case "wrk": {
      const seconds = Math.max(1, Math.round(requests / requestsPerSecond));
      const closing = requestsPerConnection === 1 ? ["-H", "Connection: close"] : [];
      return ["wrk", "-t", "1", "-c", `${connections}`, "-d", `${seconds}s`, ...closing, url];
    }
    case "ab": {
      const kept = requestsPerConnection === 1 ? [] : ["-k"];
      return [
        "ab",
        "-q",
        "-r",
        ...kept,
        "-n",
        `${requests}`,
        "-c",
        `${Math.min(connections, requests)}`,
        url,
      ];
    }
    case "python":
      return [
        ...[PYTHON, "-B", loadProgram(folder), server, "80", `${connections}`, `${requests}`],
        ...[`${requestsPerConnection}`, uri, `${load.bodyBytes}`, `${TIMEOUT_SECONDS}`],
      ];
    case "node":
      return nodeLoadCommand(load, folder, TIMEOUT_SECONDS);
  }
}

/** How long the load may take at most, in seconds: we do not budget for every request timing out in turn. */
export function patienceSeconds({ requests, requestsPerSecond }: ClientLoad): number {
  return 30 + 3 * (requests / requestsPerSecond) + 2 * TIMEOUT_SECONDS;
}

const REPORT = z.object({
  requests: z.number(),
  replies: z.number(),
  errors: z.number(),
  failures: z.number(),
  seconds: z.number(),
});

/** Reads what a load generator printed; `null` where that can't be understood. */
export function readLoadReport(generator: LoadGenerator, text: string): LoadReport | null {
  const number = (pattern: RegExp): number | null => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  switch (generator) {
    case "httperf": {
      const requests = number(/^Total: connections \d+ requests (\d+)/m);
      const replies = number(/^Total: .* replies (\d+)/m);
      const errors = number(/^Errors: total (\d+)/m);
      const seconds = number(/test-duration ([\d.]+) s/);
      const failures = /^Reply status: .* 4xx=(\d+) 5xx=(\d+)/m.exec(text);
      if (requests === null || replies === null || errors === null || seconds === null) return null;
      return {
        requests,
        replies,
        errors,
        failures: Number(failures?.[1] ?? 0) + Number(failures?.[2] ?? 0),
        seconds,
      };
    }
    case "wrk": {
      const requests = number(/(\d+) requests in /);
      const seconds = number(/ requests in ([\d.]+)s/);
      if (requests === null || seconds === null) return null;
      const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text);
      const errors = (socket ?? []).slice(1).reduce((sum, one) => sum + Number(one), 0);
      const failures = number(/Non-2xx or 3xx responses: (\d+)/) ?? 0;
      return { requests, replies: requests, errors, failures, seconds };
    }
    case "ab": {
      const replies = number(/^Complete requests:\s+(\d+)/m);
      const errors = number(/^Failed requests:\s+(\d+)/m);
      const seconds = number(/^Time taken for tests:\s+([\d.]+)/m);
      if (replies === null || errors === null || seconds === null) return null;
      return {
        requests: replies,
        replies,
        errors,
        failures: number(/^Non-2xx responses:\s+(\d+)/m) ?? 0,
        seconds,
      };
    }
    case "python":
    case "node":
      try {
        return REPORT.parse(JSON.parse(text));
      } catch {
        return null;
      }
  }
}

/** The reports of several clients as one; they sent at the same time. */
export function sumOfReports(reports: readonly LoadReport[]): LoadReport {
  const sum = (of: (report: LoadReport) => number) => reports.reduce((total, one) => total + of(one), 0);
  return {
    requests: sum(({ requests }) => requests),
    replies: sum(({ replies }) => replies),
    errors: sum(({ errors }) => errors),
    failures: sum(({ failures }) => failures),
    seconds: Math.max(0, ...reports.map(({ seconds }) => seconds)),
  };
}

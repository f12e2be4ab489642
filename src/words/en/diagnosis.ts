/** The findings of a run: sentences from names, and numbers as text. */
import { counted } from "./grammar.ts";

export const diagnosis = {
  /** Who it was where it was no backend. */
  balancer: "the balancer",
  capture: "the capture",
  /** A finding with another explanation. */
  likely: (sentence: string) => `Likely: ${sentence}`,
  /** Times in seconds; `null`: from the begin on, or to the end. */
  when: (from: string | null, to: string | null) => {
    if (from === null) return to === null ? "the whole time" : `until ${to} s`;
    return to === null ? `from ${from} s on` : `from ${from} s to ${to} s`;
  },
  headline: {
    slow: (who: string, when: string, p95: string, usual: string, comparedWith: "itself" | "others") =>
      `${who} was slow ${when}: p95 of time to first byte ${p95}, ${comparedWith === "itself" ? "otherwise" : "the others"} ${usual}`,
    serverErrors: (who: string, when: string, errors: string, answers: string) =>
      `${who} answered with errors ${when}: ${errors} of ${answers} answers had status 5xx`,
    refused: (who: string, when: string, failed: string) =>
      `${who} refused connections ${when}; ${counted(failed, "request")} failed`,
    reset: (who: string, when: string, failed: string) =>
      `${who} cut connections ${when}; ${counted(failed, "request")} failed`,
    unanswered: (who: string, when: string, failed: string) =>
      `${who} left requests without an answer ${when}; ${failed} failed`,
    frozen: (who: string, when: string, waiting: string, failed: string) =>
      `${who} answered nothing ${when}; ${counted(waiting, "request")} waited, ${failed} failed`,
    takenOut: (who: string, when: string, reason: string) =>
      `${who} got no requests ${when}, after it ${reason}: the balancer took it out`,
    retried: (who: string, retried: string, seconds: string) =>
      `${counted(retried, "request")} had to be sent to another backend by ${who}, which cost ${seconds} s in all`,
    connectSlow: (who: string, when: string, connects: string, seconds: string) =>
      `${who} accepted ${counted(connects, "connection")} late ${when}, after repeated SYNs: ${seconds} s in all`,
    loss: (who: string, percent: string, requests: string) =>
      `${percent} % of the segments to or from ${who} were lost; ${counted(requests, "request")} waited for retransmissions`,
    queue: (who: string, when: string, before: string, most: string, rate: string) =>
      `requests queued up before ${who} ${when}: from ${before} to ${most} in flight, at ${rate} per second all the while`,
    slowReader: (who: string, when: string, reader: "source" | "backend", requests: string) =>
      reader === "source"
        ? `whoever asked ${who} read slowly ${when}: ${counted(requests, "answer")} took 200 ms or more after the first byte`
        : `${who} read slowly ${when}: ${counted(requests, "request")} took 200 ms or more to send`,
    keepAliveRace: (who: string, when: string, requests: string) =>
      `${who} closed kept connections ${when} just before a request came on them; ${counted(requests, "request")} failed`,
    delayedAck: (who: string, when: string, of: "answers" | "requests", count: string, asked: string) =>
      `the rest of ${count} of ${asked} ${of} ${of === "answers" ? "of" : "to"} ${who} came 40 ms late ${when}`,
    healthChecks: (who: string, count: string, asked: string) =>
      `${count} of ${counted(asked, "request")} to ${who} were health checks`,
    severalRuns: (who: string, runs: string, seconds: string) =>
      `${who} holds ${runs} runs: nobody asked anything for up to ${seconds} s between them`,
    tail: (who: string, alike: string, requests: string, slow: string, limit: string) =>
      `few requests make the tail of ${who}: ${requests} of the ${slow} that took more than ${limit} ${alike}`,
    /** What these requests have in common. */
    alike: {
      path: (path: string) => `were for ${path}`,
      method: (method: string) => `were ${method}`,
      size: (bytes: string) => `had ${bytes} bytes or more with their answers`,
      client: (address: string) => `came from ${address}`,
      first: () => "were the first on their connections",
    },
  },
  /** What a backend did before it was taken out, by the reason of the failure. */
  did: {
    "5xx": "answered with an error",
    refused: "refused a connection",
    reset: "cut a connection",
    unanswered: "left a request without an answer",
  },
  evidence: {
    slow: (requests: string, p50: string, max: string, added: string) =>
      `${counted(requests, "request")} with a median of ${p50} and at most ${max}: ${added} s more than usual in all.`,
    failing: (parts: readonly string[], answers: string) =>
      `${parts.join(", ")}; whole answers in the same time: ${answers}.`,
    thin: "Spread over the time: never more than 5 % of the requests at once.",
    serverErrors: (count: string) => `status 5xx: ${count}`,
    refused: (count: string) => `refused: ${count}`,
    withoutAnswer: (count: string) => `without a whole answer: ${count}`,
    frozen: (seconds: string, added: string) =>
      `No byte of an answer for ${seconds} s; ${added} s of waiting.`,
    takenOut: (times: string, longest: string, others: string) =>
      `${counted(times, "time")}, at most for ${longest} s; the others got ${counted(others, "request")} meanwhile.`,
    retried: (p50: string, max: string) => `A retry cost ${p50} in the median and ${max} at most.`,
    connectSlow: (max: string) => `The longest took ${max}; hardly any other segment was lost.`,
    loss: (lost: string, added: string) =>
      `${counted(lost, "segment")} lost besides SYNs; requests waited at least ${added} s for retransmissions.`,
    queue: (requests: string, added: string) =>
      `${counted(requests, "request")} waited ${added} s more in all than those at the begin.`,
    slowReader: (windows: string, added: string) =>
      `The reader announced a window of zero ${counted(windows, "time")}; those messages took ${added} s in all.`,
    keepAliveRace: (requests: string, asked: string) =>
      `${requests} of ${counted(asked, "request")} of the run.`,
    delayedAck: (added: string) =>
      `They paused for as long as Linux delays an acknowledgment, hardly any for half or twice as long: ${added} s in all.`,
    healthChecks: "They are told by their paths.",
    severalRuns: (times: string) => `They began at ${times} s.`,
    tail: (alike: string, asked: string, p50: string, added: string) =>
      `${alike} of ${counted(asked, "request")} are such, with a median of ${p50}; the slow ones waited ${added} s more than the median of all.`,
  },
  /** What it is not, or what else it may be. */
  not: {
    network: (during: string, usual: string) =>
      `Not the network: its round-trip time was ${during}, otherwise ${usual}.`,
    networkStayed: (during: string) => `Not the network: its round-trip time was ${during}.`,
    server: (during: string, usual: string) =>
      `Not the server alone: the network's round-trip time was ${during}, otherwise ${usual}.`,
    unknownNetwork: "Too few round trips to tell the server from the network.",
    machineIsThere:
      "Not the network nor the machine: its TCP went on acknowledging, so the process stood still.",
    nothingBack: "Nothing came back, not even acknowledgments: the machine or its network was gone.",
    onlyErrors: "Not the network: every request was answered, with errors.",
    noMethod: "Not the balancing method: others got the requests meanwhile, after a failure.",
    noRefusal:
      "Not the application's work: the time was spent before a request could be sent. A full accept queue or a firewall drops SYNs alone.",
    noServer: "Not the server: the segments were lost on the way.",
    noProcess:
      "Not a server that fails: its time for idle connections is shorter than that of whoever asks, which should be the shorter one.",
    noNetworkNorServer: "Not the server, nor the network: the sender had to wait for the reader's buffer.",
    noProgram:
      "Not the network: Nagle's algorithm holds the second small segment until the first is acknowledged; TCP_NODELAY at its sender, or one write, ends that. A program may pause for as long by itself.",
    noUsers: "They make the times look shorter than users found them: leave them out.",
    noLoad: "Rates over the whole capture count the silence: cut the runs apart.",
    noServerAsWhole: (usual: string) =>
      `Not the server as a whole: the median of all its requests was ${usual}.`,
    clientsUnhurt: "Clients got whole answers, only later.",
  },
};

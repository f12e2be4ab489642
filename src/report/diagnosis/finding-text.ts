/** A finding in words: one line that says it, the evidence, and what it is not. */
import type { FailingFinding, Finding, FrozenFinding, RoundTripEvidence } from "../../diagnosis/finding.ts";
import type { Language } from "../../words/language.ts";
import { grammarOf, type Words, wordsOf } from "../../words/words.ts";
import { numberText } from "../number-text.ts";

export interface FindingText {
  /** What, who, since when and until, how much: no full stop. */
  readonly headline: string;
  readonly evidence: string;
  /** What it is not, by the evidence; `null` where the evidence excludes nothing. */
  readonly not: string | null;
}

type DiagnosisWords = Words["diagnosis"];

/** Numbers as a finding's sentences show them, in one language. */
interface FindingNumbers {
  count(value: number): string;
  /** With its unit: `0.42 ms`, `51 ms`, `4.2 s`. */
  duration(milliseconds: number): string;
  /** Seconds without unit, to a tenth. */
  seconds(value: number): string;
  percent(value: number): string;
}

/** @param label the pair's name in this report; `null`: as the finding names it */
export function findingText(finding: Finding, language: Language, label: string | null = null): FindingText {
  const words = wordsOf(language).diagnosis;
  const numbers = numbersIn(language);
  const whole = finding.kind === "severalRuns" ? words.capture : words.balancer;
  const who = label ?? finding.pair ?? whole;
  const { beginSeconds: begin, endSeconds: end } = finding;
  const when = words.when(
    begin === null ? null : numbers.seconds(begin),
    end === null ? null : numbers.seconds(end),
  );
  const headline = headlineOf(finding, who, when, words, numbers);
  return {
    headline: finding.certainty === "likely" ? words.likely(headline) : headline,
    evidence: evidenceOf(finding, words, numbers),
    not: notOf(finding, words, numbers),
  };
}

function headlineOf(
  finding: Finding,
  who: string,
  when: string,
  { headline, did }: DiagnosisWords,
  { count, duration, seconds, percent }: FindingNumbers,
): string {
  const failed = count(finding.failedRequests);
  switch (finding.kind) {
    case "slow":
      return headline.slow(
        who,
        when,
        duration(finding.p95Ms),
        duration(finding.usualP95Ms),
        finding.comparedWith,
      );
    case "failing":
      return failingHeadline(finding, who, when, headline, count);
    case "frozen":
      return headline.frozen(who, when, count(finding.requests), failed);
    case "takenOut":
      return headline.takenOut(who, when, did[finding.reason]);
    case "retried":
      return headline.retried(who, count(finding.requests), seconds(finding.addedSeconds ?? 0));
    case "connectSlow":
      return headline.connectSlow(who, when, count(finding.requests), seconds(finding.addedSeconds ?? 0));
    case "loss":
      return headline.loss(who, percent(finding.lossPercent), count(finding.requests));
    case "queue":
      return headline.queue(
        who,
        when,
        count(finding.inFlightBefore),
        count(finding.inFlightMost),
        count(finding.requestsPerSecond),
      );
    case "slowReader":
      return headline.slowReader(who, when, finding.reader, count(finding.requests));
    case "keepAliveRace":
      return headline.keepAliveRace(who, when, failed);
    case "delayedAck":
      return headline.delayedAck(who, when, finding.of, count(finding.requests), count(finding.asked));
    case "healthChecks":
      return headline.healthChecks(who, count(finding.requests), count(finding.asked));
    case "severalRuns":
      return headline.severalRuns(who, count(finding.runs), seconds(finding.longestSilenceSeconds));
    case "tail":
      return headline.tail(
        who,
        headline.alike[finding.by](finding.by === "size" ? count(Number(finding.key)) : finding.key),
        count(finding.requests),
        count(finding.slow),
        duration(finding.limitMs),
      );
  }
}

function failingHeadline(
  { reason, failedRequests, serverErrors, answers }: FailingFinding,
  who: string,
  when: string,
  headline: DiagnosisWords["headline"],
  count: FindingNumbers["count"],
): string {
  switch (reason) {
    case "5xx":
      return headline.serverErrors(who, when, count(serverErrors), count(answers));
    case "refused":
      return headline.refused(who, when, count(failedRequests));
    case "reset":
      return headline.reset(who, when, count(failedRequests));
    case "unanswered":
      return headline.unanswered(who, when, count(failedRequests));
  }
}

function evidenceOf(finding: Finding, { evidence }: DiagnosisWords, numbers: FindingNumbers): string {
  const { count, duration, seconds } = numbers;
  const added = seconds(finding.addedSeconds ?? 0);
  switch (finding.kind) {
    case "slow":
      return evidence.slow(count(finding.requests), duration(finding.p50Ms), duration(finding.maxMs), added);
    case "failing":
      return failingEvidence(finding, evidence, count);
    case "frozen":
      return evidence.frozen(seconds(finding.silentSeconds), added);
    case "takenOut":
      return evidence.takenOut(
        count(finding.times),
        seconds(finding.longestSeconds),
        count(finding.othersRequests),
      );
    case "retried":
      return evidence.retried(duration(finding.retryP50Ms), duration(finding.retryMaxMs));
    case "connectSlow":
      return evidence.connectSlow(duration(finding.maxMs));
    case "loss":
      return evidence.loss(count(finding.lost), added);
    case "queue":
      return evidence.queue(count(finding.requests), added);
    case "slowReader":
      return evidence.slowReader(count(finding.zeroWindows), added);
    case "keepAliveRace":
      return evidence.keepAliveRace(count(finding.requests), count(finding.asked));
    case "delayedAck":
      return evidence.delayedAck(added);
    case "healthChecks":
      return evidence.healthChecks;
    case "severalRuns":
      return evidence.severalRuns(finding.begunSeconds.map(seconds).join("; "));
    case "tail":
      return evidence.tail(count(finding.alike), count(finding.asked), duration(finding.p50Ms), added);
  }
}

function failingEvidence(
  { serverErrors, refused, withoutAnswer, answers, isThin }: FailingFinding,
  evidence: DiagnosisWords["evidence"],
  count: FindingNumbers["count"],
): string {
  const parts: string[] = [];
  if (serverErrors > 0) parts.push(evidence.serverErrors(count(serverErrors)));
  if (refused > 0) parts.push(evidence.refused(count(refused)));
  if (withoutAnswer > 0) parts.push(evidence.withoutAnswer(count(withoutAnswer)));
  const said = evidence.failing(parts, count(answers));
  return isThin ? `${said} ${evidence.thin}` : said;
}

function notOf(finding: Finding, words: DiagnosisWords, { duration }: FindingNumbers): string | null {
  const { not } = words;
  switch (finding.kind) {
    case "slow":
    case "queue": {
      const { cause, roundTrip } = finding;
      if (cause === "unknown") return not.unknownNetwork;
      return cause === "server"
        ? networkText(roundTrip, not, duration)
        : serverText(roundTrip, not, duration);
    }
    case "failing":
      return finding.reason === "5xx" ? not.onlyErrors : null;
    case "frozen":
      return frozenText(finding, not);
    case "takenOut":
      return not.noMethod;
    case "retried":
      return not.clientsUnhurt;
    case "connectSlow":
      return not.noRefusal;
    case "loss":
      return not.noServer;
    case "slowReader":
      return not.noNetworkNorServer;
    case "keepAliveRace":
      return not.noProcess;
    case "delayedAck":
      return not.noProgram;
    case "healthChecks":
      return not.noUsers;
    case "severalRuns":
      return not.noLoad;
    case "tail":
      return not.noServerAsWhole(duration(finding.usualP50Ms));
  }
}

function frozenText({ isAcknowledging }: FrozenFinding, not: DiagnosisWords["not"]): string {
  return isAcknowledging ? not.machineIsThere : not.nothingBack;
}

function networkText(
  { duringMs, usualMs }: RoundTripEvidence,
  not: DiagnosisWords["not"],
  duration: FindingNumbers["duration"],
): string {
  if (duringMs === null) return not.unknownNetwork;
  return usualMs === null
    ? not.networkStayed(duration(duringMs))
    : not.network(duration(duringMs), duration(usualMs));
}

function serverText(
  { duringMs, usualMs }: RoundTripEvidence,
  not: DiagnosisWords["not"],
  duration: FindingNumbers["duration"],
): string {
  return duringMs === null || usualMs === null
    ? not.unknownNetwork
    : not.server(duration(duringMs), duration(usualMs));
}

function numbersIn(language: Language): FindingNumbers {
  const { numberStyle } = grammarOf(language);
  const text = (value: number, digits: number) => numberText(value, digits, numberStyle);
  return {
    count: (value) => text(value, 0),
    duration: (ms) => {
      if (ms >= 1000) return `${text(ms / 1000, 1)} s`;
      return `${text(ms, ms >= 10 ? 0 : ms >= 1 ? 1 : 2)} ms`;
    },
    seconds: (value) => text(value, 1),
    percent: (value) => text(value, 2),
  };
}

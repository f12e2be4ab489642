/** How the requests were shared among the backends, and whether a method behaved as its name says. */

import { numberText, type Text, textOf } from "../../words/language.ts";
import { ALPHA } from "../comparison/between-methods.ts";
import type { Algorithm } from "../manifest/manifest.ts";
import { chiSquareTail } from "../statistics/chi-square-tail.ts";

/** The requests of one run. */
export interface ShareRow {
  readonly run: number;
  /** In the order of `RequestShare.backends`; `null`: not measured. */
  readonly requests: readonly (number | null)[];
  /** Sum over the backends; `null` where one of them was not measured. */
  readonly total: number | null;
  /** Requests that the load generator should send, or sent by the table; `null`: not known. */
  readonly sent: number | null;
  /** Jain's fairness index, 1/backends … 1; `null` without requests. */
  readonly jain: number | null;
}

/** How one method shared the requests among its backends. */
export interface RequestShare {
  readonly method: string;
  readonly backends: readonly string[];
  readonly rows: readonly ShareRow[];
  /** Requests of all runs, per backend. */
  readonly totals: readonly number[];
  /** Their share in percent; `null` when there were none. */
  readonly percent: readonly (number | null)[];
  /** Jain's index of all runs together. */
  readonly jain: number | null;
  readonly behaviour: Behaviour;
}

/** Whether what was seen fits the method's name. */
export interface Behaviour {
  readonly verdict: "as-named" | "nearly" | "not-as-named" | "not-checkable";
  readonly text: Text;
}

/**
 * Jain, Chiu & Hawe (1984): (Σx)² / (n·Σx²), x the requests per unit of weight. 1: all backends alike; 1/n: one has all.
 */
export function jainIndex(requests: readonly number[], weights: readonly number[] = []): number | null {
  const shares = requests.map((count, index) => count / (weights[index] ?? 1));
  const squares = shares.reduce((sum, share) => sum + share ** 2, 0);
  return squares === 0
    ? null
    : shares.reduce((sum, share) => sum + share, 0) ** 2 / (shares.length * squares);
}

/** A run's requests per backend, with its clients' addresses where the capture shows them. */
export interface ObservedRun {
  readonly run: number;
  readonly requests: readonly (number | null)[];
  /** Addresses that asked the balancer; empty: not seen. */
  readonly clients: readonly string[];
}

/** Judges a method by the requests per backend of its runs. */
export function judgeBehaviour(
  algorithm: Algorithm,
  backends: readonly string[],
  weights: readonly number[],
  runs: readonly ObservedRun[],
): Behaviour {
  const complete = runs.flatMap(({ requests, clients }) => {
    const counts = requests.filter((count) => count !== null);
    return counts.length === backends.length && counts.some((count) => count > 0)
      ? [{ counts, clients }]
      : [];
  });
  if (complete.length === 0) {
    return notCheckable(
      "no run counted the requests of every backend",
      "tidak ada run dengan jumlah permintaan setiap backend",
    );
  }
  if (backends.length < 2) return notCheckable("there is one backend only", "hanya ada satu backend");
  switch (algorithm) {
    case "round-robin":
      return judgeRotation(
        complete.map(({ counts }) => counts),
        weights,
      );
    case "ip-hash":
      return judgeHash(backends, complete);
    case "least-connection":
      return notCheckable(
        "counts alone can't show it; when requests don't overlap, every backend is idle and least-connection rotates",
        "jumlah saja tidak menunjukkannya; bila permintaan tidak bersamaan, semua backend menganggur dan least-connection bergilir",
      );
    default:
      return notCheckable("its name says no rule", "namanya tidak menyebut aturan");
  }
}

/**
 * Round robin: the counts of a run differ by one request at most, with weights each is within one of its due. Several
 * balancer processes rotate each by itself, so counts that are far more even than chance still nearly fit.
 */
function judgeRotation(runs: readonly (readonly number[])[], weights: readonly number[]): Behaviour {
  const isWeighted = weights.some((weight) => weight !== weights[0]);
  const excess = runs.map((counts) => {
    const due = dueShares(counts, weights);
    const spread = Math.max(...counts) - Math.min(...counts);
    const off = Math.max(...counts.map((count, index) => Math.abs(count - (due[index] ?? 0))));
    return isWeighted ? off : spread;
  });
  const largest = Math.max(...excess);
  const inRotation = excess.filter((one) => one <= 1).length;
  const text = (verdict: Text): Text =>
    textOf((language) => `${verdict[language]} (${widestText(largest, isWeighted)[language]})`);
  if (inRotation === runs.length) {
    return {
      verdict: "as-named",
      text: text({ en: "rotates: every run is in step", id: "bergilir: setiap run seirama" }),
    };
  }
  if (runs.every((counts, index) => (excess[index] ?? 0) <= 1 || isMoreEvenThanChance(counts, weights))) {
    return {
      verdict: "nearly",
      text: text({
        en: `rotates nearly: ${inRotation} of ${runs.length} runs are in step, the others are still more even than chance, as when several worker processes rotate each by itself`,
        id: `hampir bergilir: ${inRotation} dari ${runs.length} run seirama, yang lain tetap lebih merata daripada kebetulan, seperti bila beberapa proses worker bergilir sendiri-sendiri`,
      }),
    };
  }
  return {
    verdict: "not-as-named",
    text: text({
      en: "does not rotate: the counts differ more than rotation allows; check weights, failed backends and what else used them",
      id: "tidak bergilir: jumlah berbeda lebih dari yang mungkin pada giliran; periksa bobot, backend yang gagal, dan pemakai lain",
    }),
  };
}

function widestText(largest: number, isWeighted: boolean): Text {
  return textOf((language) => {
    const number = numberText(largest, language);
    if (isWeighted) {
      return {
        en: `at most ${number} requests off the weights`,
        id: `paling banyak ${number} permintaan dari bobotnya`,
      }[language];
    }
    return { en: `counts differ by ${number} at most`, id: `jumlah berbeda paling banyak ${number}` }[
      language
    ];
  });
}

function dueShares(counts: readonly number[], weights: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const all = counts.reduce((sum, _, index) => sum + (weights[index] ?? 1), 0);
  return counts.map((_, index) => (total * (weights[index] ?? 1)) / all);
}

/** Pearson's statistic so small that drawing backends at random would rarely give it. */
function isMoreEvenThanChance(counts: readonly number[], weights: readonly number[]): boolean {
  const due = dueShares(counts, weights);
  const statistic = counts.reduce(
    (sum, count, index) => sum + (count - (due[index] ?? 0)) ** 2 / (due[index] ?? 1),
    0,
  );
  return 1 - chiSquareTail(statistic, counts.length - 1) < ALPHA;
}

/** ip-hash: a client stays with one backend, within a run and across runs. */
function judgeHash(
  backends: readonly string[],
  runs: readonly { counts: readonly number[]; clients: readonly string[] }[],
): Behaviour {
  const used = runs.map(({ counts }) => backends.filter((_, index) => (counts[index] ?? 0) > 0));
  const most = Math.max(...used.map((names) => names.length));
  const clients = new Set(runs.flatMap((run) => run.clients));
  const first = used[0]?.[0] ?? "";
  if (most === 1 && used.every((names) => names[0] === first)) {
    return {
      verdict: "as-named",
      text: {
        en: `keeps to one backend: every request of every run went to ${first}, as it must with one client`,
        id: `tetap pada satu backend: semua permintaan di semua run menuju ${first}, sebagaimana mestinya dengan satu klien`,
      },
    };
  }
  if (clients.size === 1 && runs.every((run) => run.clients.length > 0)) {
    const [client] = clients;
    return {
      verdict: "not-as-named",
      text: {
        en: `does not keep to one backend: the only client, ${client ?? ""}, was sent to ${new Set(used.flat()).size} of them`,
        id: `tidak tetap pada satu backend: satu-satunya klien, ${client ?? ""}, dikirim ke ${new Set(used.flat()).size} backend`,
      },
    };
  }
  return notCheckable(
    "several backends were used, which fits several clients and can't be told from the counts",
    "beberapa backend dipakai, cocok bila kliennya beberapa, dan tidak dapat dipastikan dari jumlah saja",
  );
}

function notCheckable(en: string, id: string): Behaviour {
  return { verdict: "not-checkable", text: { en: `was not checked: ${en}`, id: `tidak diperiksa: ${id}` } };
}

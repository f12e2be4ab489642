/** The words of the section on the balancer, once per language. */
import type { FailureReason } from "../../metrics/backend-state.ts";
import type { Language } from "../../words/language.ts";

export interface BalancerWords {
  readonly heading: string;
  readonly served: string;
  readonly clientExchanges: string;
  readonly matched: string;
  readonly uncertain: string;
  readonly retried: string;
  readonly answeredItself: string;
  readonly unfinished: string;
  readonly upstreamOnly: string;
  readonly added: string;
  readonly addedToFirstByte: string;
  readonly addedToLastByte: string;
  readonly allBackends: string;
  readonly matchedExchanges: string;
  readonly explanation: string;
  readonly states: string;
  readonly state: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly stateNames: Readonly<Record<"up" | "failing" | "silent", string>>;
  readonly reasons: Readonly<Record<FailureReason, string>>;
  readonly moreStates: (count: string) => string;
}

const EN: BalancerWords = {
  heading: "The balancer: both of its sides",
  served: "How client requests were served",
  clientExchanges: "Client exchanges",
  matched: "Answered by a backend",
  uncertain: "Could also be another's",
  retried: "Tried at several backends",
  answeredItself: "Answered by the balancer itself",
  unfinished: "Without a complete response",
  upstreamOnly: "Backend exchanges without a client",
  added: "What the balancer added",
  addedToFirstByte: "To the first byte",
  addedToLastByte: "To the last byte",
  allBackends: "All backends",
  matchedExchanges: "Exchanges",
  explanation:
    "Added: the time at the client's side minus the time at the backend's, connecting to the backend included, earlier attempts not.",
  states: "Backends that were failing or silent",
  state: "State",
  from: "From",
  to: "To",
  reason: "Reason",
  stateNames: { up: "up", failing: "failing", silent: "silent" },
  reasons: { refused: "refused", unanswered: "no answer", reset: "reset", "5xx": "status 5xx" },
  moreStates: (count) => `${count} more times are in --json.`,
};

const ID: BalancerWords = {
  heading: "Load balancer: kedua sisinya",
  served: "Bagaimana request klien dilayani",
  clientExchanges: "Pertukaran dengan klien",
  matched: "Dijawab oleh backend",
  uncertain: "Mungkin milik yang lain",
  retried: "Dicoba pada beberapa backend",
  answeredItself: "Dijawab load balancer sendiri",
  unfinished: "Tanpa respons lengkap",
  upstreamOnly: "Pertukaran backend tanpa klien",
  added: "Waktu yang ditambahkan load balancer",
  addedToFirstByte: "Ke byte pertama",
  addedToLastByte: "Ke byte terakhir",
  allBackends: "Semua backend",
  matchedExchanges: "Pertukaran",
  explanation:
    "Ditambahkan: waktu di sisi klien dikurangi waktu di sisi backend, termasuk membuka koneksi ke backend, tanpa percobaan sebelumnya.",
  states: "Backend yang gagal atau diam",
  state: "Keadaan",
  from: "Dari",
  to: "Sampai",
  reason: "Sebab",
  stateNames: { up: "aktif", failing: "gagal", silent: "diam" },
  reasons: { refused: "ditolak", unanswered: "tanpa jawaban", reset: "reset", "5xx": "status 5xx" },
  moreStates: (count) => `${count} lagi ada pada --json.`,
};

const WORDS: Readonly<Record<Language, BalancerWords>> = { en: EN, id: ID };

/** The section's words in a language. */
export function balancerWords(language: Language): BalancerWords {
  return WORDS[language];
}

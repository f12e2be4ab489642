/** The words of an audit's report beyond the findings themselves. */
import type { AuditCode } from "../../experiment/audit/audit-finding.ts";
import type { Language, Text } from "../../words/language.ts";

/** What the findings of a kind have in common. */
export const auditHeadings: Readonly<Record<AuditCode, Text>> = {
  "frame-size": {
    en: "Throughput and delay that can't come from one run",
    id: "Throughput dan delay yang tidak mungkin dari satu run",
  },
  "no-common-frame-size": {
    en: "Methods whose throughput and delay agree on nothing",
    id: "Metode yang throughput dan delay-nya tidak cocok sama sekali",
  },
  "shifted-column": { en: "Columns that slipped against each other", id: "Kolom yang bergeser" },
  "jitter-too-small": {
    en: "Jitters too small for their definition",
    id: "Jitter yang terlalu kecil untuk definisinya",
  },
  "jitter-negative": { en: "Jitters below zero", id: "Jitter di bawah nol" },
  "mean-not-from-rows": {
    en: "Means that don't follow from their rows",
    id: "Rata-rata yang tidak sesuai dengan barisnya",
  },
  "mean-without-rows": { en: "Means without rows", id: "Rata-rata tanpa baris" },
  "requests-do-not-add-up": { en: "Requests that don't add up", id: "Jumlah request yang tidak cocok" },
  "more-requests-than-sent": {
    en: "More requests than were sent",
    id: "Request lebih banyak daripada yang dikirim",
  },
  "fewer-requests-than-sent": {
    en: "Fewer requests than were sent",
    id: "Request lebih sedikit daripada yang dikirim",
  },
  "equal-rows": { en: "Rows with the same figures", id: "Baris dengan angka yang sama" },
  "repeated-row": { en: "Runs that are there twice", id: "Run yang muncul dua kali" },
  "loss-no-fraction": {
    en: "Packet losses that no whole number of packets makes",
    id: "Packet loss yang bukan hasil jumlah paket bulat",
  },
  "loss-maybe-count": {
    en: "Packet losses that may be counts",
    id: "Packet loss yang mungkin berupa jumlah",
  },
  "out-of-range": { en: "Values out of range", id: "Nilai di luar batas" },
  "same-capture-twice": { en: "Captures that are there twice", id: "Capture yang muncul dua kali" },
};

export interface AuditLabels {
  readonly title: (name: string) => string;
  readonly summary: (findings: number, impossible: number, rows: number) => string;
  readonly severities: Record<"impossible" | "doubtful", string>;
  readonly line: (line: number) => string;
}

export const auditLabels: Readonly<Record<Language, AuditLabels>> = {
  en: {
    title: (name) => `Audit: ${name}`,
    summary: (findings, impossible, rows) =>
      findings === 0
        ? "Nothing was found that can't be."
        : `${findings} ${findings === 1 ? "finding" : "findings"} about ${rows} ${rows === 1 ? "row" : "rows"}: ${impossible} can't be, ${findings - impossible} ${findings - impossible === 1 ? "is" : "are"} doubtful.`,
    severities: { impossible: "can't be", doubtful: "doubtful" },
    line: (line) => `line ${line}`,
  },
  id: {
    title: (name) => `Audit: ${name}`,
    summary: (findings, impossible, rows) =>
      findings === 0
        ? "Tidak ditemukan hal yang mustahil."
        : `${findings} temuan pada ${rows} baris: ${impossible} mustahil, ${findings - impossible} meragukan.`,
    severities: { impossible: "mustahil", doubtful: "meragukan" },
    line: (line) => `baris ${line}`,
  },
};

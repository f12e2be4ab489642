/** How a method shares requests among the backends, as far as lbqos can check it; in the order of inferred manifests. */
export const algorithms = [
  "direct",
  "round-robin",
  "least-connection",
  "ip-hash",
  "random",
  "other",
] as const;
export type Algorithm = (typeof algorithms)[number];

/**
 * Spellings of the algorithms in file names, folders, tables and nginx configurations; `-` stands for whatever separates
 * words. Matched as whole words, in the order of `algorithms`.
 */
export const SPELLINGS: Readonly<Record<Algorithm, RegExp | null>> = {
  direct:
    /(^|-)(direct|baseline|langsung|(no|without|tanpa)-?(an?-)?(lb|load-?balanc(er|ing)|balanc(er|ing)|penyeimbang))(?=-|\d|$)/,
  "round-robin": /(^|-)(round-?robin|rr)(?=-|\d|$)/,
  "least-connection":
    /(^|-)(least-?conn(ections?)?|koneksi-?(terkecil|tersedikit|paling-sedikit)|lc)(?=-|\d|$)/,
  "ip-hash": /(^|-)ip-?hash(?=-|\d|$)/,
  random: /(^|-)(random|acak)(?=-|\d|$)/,
  other: null,
};

/** What varies between runs besides the method: the load, the payload, the balancer. */

/** The level of each factor in a run, by the factor's name, as it is written: `{ load: "300", payload: "10kB" }`. */
export type Levels = Readonly<Record<string, string>>;

/** Something that has levels, unless its experiment has no factors. */
export interface AtLevels {
  /** Absent in an experiment without factors. */
  readonly levels?: Levels;
}

/** Whether two rows of a comparison stand at the same levels. */
export function isSameLevel({ levels: a = {} }: AtLevels, { levels: b = {} }: AtLevels): boolean {
  return levelKey(a) === levelKey(b);
}

/** The same text for the same levels, in whatever order the factors stand. */
export function levelKey(levels: Levels): string {
  const sorted = Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify(sorted);
}

/** `load 300, payload 10kB`. */
export function levelsText(levels: Levels): string {
  return Object.entries(levels)
    .map(([name, level]) => `${name} ${level}`)
    .join(", ");
}

/** The name that reports give to a number of the engine. @throws RangeError for a number without one */
export function nameOf<Name extends string>(names: readonly Name[], number: number): Name {
  const name = names[number];
  if (name === undefined) throw new RangeError(`${number} is none of ${names.join(", ")}`);
  return name;
}

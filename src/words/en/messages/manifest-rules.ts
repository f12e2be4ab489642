/** Rules of a manifest, each to be read after the name of the field that breaks it. */
export const manifestRules = {
  mustBeAddress: () => "must be an IPv4 or IPv6 address",
  mustNameRecorder: () => "must name either an interface or a command",
  filterBesideCommand: () => "must not have a filter beside a command; put the filter into the command",
  bandsAscend: () => "must be in ascending order of from",
  eitherOf: (names: readonly string[]) => names.join(" or "),
  mustBeProfile: (names: string) => `must be ${names}, or a profile of your own`,
  mustBeBandwidth: () => 'must be a bandwidth like "100 Mbps" or bit/s as a number',
  secondSelection: (name: string) => `names a second selection "${name}"`,
  besideSelections: () => "can't stand beside selections, which take the place of pairs",
  rtpWithoutSelections: () => "needs selections, of which it measures losses",
  secondBackend: (name: string) => `names a second backend "${name}"`,
  sameEndpoint: () => "is the address and port of another backend",
  secondMethod: (name: string) => `names a second method "${name}"`,
  methodDiffersInCapitals: () =>
    "differs from another method's name in capitals only; give it a name of its own",
  secondBaseline: () => "makes a second baseline; at most one is allowed",
  methodsMissing: () => "is empty; list at least one method, or a results table under results",
  noSuchBackend: (name: string, hint: string) => `is "${name}", none of the backends${hint}`,
  mustNameRun: (place: string) => `must contain ${place}, the run's own capture without its ending`,
  inParentheses: (names: string) => ` (${names})`,
};

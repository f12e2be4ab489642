/** The steps of a lab: what each command is for, above it in a dry run and in front of it where it fails. */
export const labSteps = {
  // Hosts and cables
  hostMade: (host: string) => `${host}'s host`,
  switchIsBridge: () => "the switch is a bridge",
  bridgeWorks: () => "the bridge works",
  deviceWorks: (device: string) => `${device} works`,
  cableToSwitch: (host: string) => `a cable from ${host} to the switch`,
  hostPluggedIn: (host: string) => `${host} is plugged in`,
  smallSwitch: (host: string) => `a small switch for ${host}`,
  cableBetweenSwitches: (host: string) => `a cable from ${host}'s small switch to the big one`,
  framesAsOnWire: (host: string) => `${host} sends frames as they are on the wire`,
  framesOfOffload: (host: string) => `${host} passes several segments in one frame`,
  cutsFrames: (host: string) => `frames are cut into those of the wire on ${host}'s cable`,
  hostIpv6Address: (host: string) => `${host}'s IPv6 address`,
  noTimestamps: (host: string) => `${host} uses no TCP timestamps`,
  noSack: (host: string) => `${host} uses no selective acknowledgements`,
  hostAddress: (host: string) => `${host}'s address`,
  cableWorks: (host: string) => `${host}'s cable works`,
  reachesItself: (host: string) => `${host} can talk to itself`,
  reachesClients: (host: string) => `${host} reaches the clients`,
  reachesServers: (host: string) => `${host} reaches the servers`,
  portPerRequest: (host: string) => `${host} has ports for a connection per request`,

  // Servers
  loadProgram: () => "the load generator in Python",
  flaskApplication: () => "the Flask application",
  underGunicorn: (host: string) => `${host} under gunicorn`,
  nginxFolder: () => "nginx's folder",
  nginxShares: (method: string) => `nginx shares requests by ${method}`,
  nginxStarted: (host: string) => `nginx on ${host}'s host`,

  // What goes wrong on purpose
  dropTable: () => "a table for what the switch drops",
  dropChain: () => "every frame between two cables passes here",
  packetsLost: (percent: number, direction: "to" | "from", backend: string) =>
    `${percent} % of the packets ${direction} ${backend} are lost`,
  cableSource: () => "the program of a cable with faults",
  cableCompiled: () => "the program is compiled",
  cableIsProgram: (host: string) => `the program is a cable from ${host}'s small switch to the big one`,
  rateLimited: (bitsPerSecond: number, direction: "to" | "from", backend: string) =>
    `${bitsPerSecond} bit/s ${direction} ${backend}`,
  faultLoss: (percent: number) => `${percent} % loss`,
  faultBursts: (percent: number) => `${percent} % loss in bursts`,
  faultCopies: (percent: number) => `${percent} % duplicates`,
  faultRate: (bitsPerSecond: number) => `${bitsPerSecond} bit/s`,
  faultDelay: (milliseconds: number) => `${milliseconds} ms delay`,
  faultJitter: (milliseconds: number) => `${milliseconds} ms jitter`,
  faultReordering: (milliseconds: number) => `${milliseconds} ms reordering`,
  impairment: (faults: readonly string[], direction: "to" | "from", backend: string) =>
    `${faults.join(" and ")} ${direction} ${backend}`,
  traitIpv6: () => "IPv6",
  traitNoTimestamps: () => "no TCP timestamps",
  traitNoSack: () => "no selective acknowledgements",
  traitOffload: () => "segmentation offload",
  atEvent: (event: string) => `at ${event}`,
  behavesAgain: (host: string) => `${host} behaves again`,
  beginsAnew: (host: string) => `${host} begins anew`,

  // A run
  filesUntilWhole: (run: string) => `files of ${run}, until it is whole`,
  asksFirst: (host: string) => `${host} asks for the first time, unmeasured`,
  logBegins: () => "nginx's log begins with the run",
  secondTap: (host: string) => `a second tap, at ${host}, for the truth`,
  sendsRequests: (host: string, requests: number) => `${host} sends ${requests} requests`,
  nginxEnds: () => "nginx ends, and closes its connections",
  tapsCatchUp: () => "the taps take over what has passed",
  tapEnds: (host: string) => `the tap at ${host} ends`,
  logIsKept: () => "nginx's log is kept with the run",

  // What a lab is there for, in `lab status`
  labTraits: (traits: readonly string[]) => traits.join(", "),
  labForRuns: (folder: string) => `runs for ${folder}`,
};

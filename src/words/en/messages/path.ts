/** Two taps of one path. */

export const path = {
  pathNothingMatches: (first: string, second: string) =>
    `no packet of ${first} is in ${second}: these are captures of different runs, or of places that no packet passes both of; give captures of one run from two taps of one path`,
  pathTooFewMatch: (first: string, second: string) =>
    `fewer than 8 packets of ${first} are in ${second} as well, too few for delays and clocks; record longer, at both taps at a time`,
  pathTimesDisagree: (first: string, second: string) =>
    `packets of ${first} are in ${second}, but their times are not of one run: more than half of them are over 2 s from where the others are; give both captures as they were recorded`,
  pathSameRecording: (first: string, second: string) =>
    `${first} and ${second} are the same recording, or recordings of one place: no packet takes any time between them; give captures from two taps`,
  pathRecorderDrops: (name: string, drops: number) =>
    `The recorder of ${name} dropped ${drops} packets: they look like losses of the path, or like packets that nobody sent.`,
  pathRecorderDropsAdvice: () =>
    "Record with a larger buffer (dumpcap -B 64), or less of each packet (-s 128).",
  pathOtherOrder: (first: string, second: string) =>
    `Connections are opened from ${first} towards ${second}: the taps stand in the other order, and "forward" is the way of the answers.`,
  pathOtherOrderAdvice: (first: string, second: string) =>
    `Name the tap nearer to the clients first: lbqos path ${first} ${second}.`,
  pathNotRecorded: (packets: number, to: string, from: string) =>
    `${packets} ${packets === 1 ? "packet" : "packets"} arrived at ${to} that ${from} has not: its recorder dropped packets, something on the way sends or changes them, or a capture was edited. As many of the losses may be none.`,
  pathNotRecordedAdvice: () =>
    "Record with a larger buffer (dumpcap -B 64), on the machines themselves, and give the captures as they were recorded.",
  pathClocksUnsteady: () =>
    "The clocks of the taps don't run evenly against each other: no line fits the fastest packets, and delays are wrong by more than the round trip bounds.",
  pathOneWay: () =>
    "Packets go one way only: the offset of the clocks can't be known, and delays count from the fastest packet. Their variation and losses are right.",
  pathClocksAdvice: () =>
    "Keep the clocks alike (PTP, or both taps on one machine) and say so with --clocks synchronous, or don't set them during a run.",
  pathStandardInput: () =>
    "a capture is read twice here, which standard input can't be; write it into a file first",
  pathFewTaps: () => "two captures or more are needed: lbqos path FIRST SECOND",
  pathWrongOrder: (middle: string, last: string) =>
    `${middle} is not before ${last}: packets pass ${last} first; give the taps in the order in which requests pass them`,
  tapIsNearer: (tap: string, first: string) =>
    `${tap} is nearer to the clients than ${first}: connections are opened from it; analyze ${tap}, with --tap ${first}`,
  clocksWithoutTap: () => "--clocks says how the clocks of taps stand; add --tap CAPTURE",
  tapWithoutExchanges: (tap: string) =>
    `no exchange of ${tap} was found in the capture: addresses are translated between them, or what passes both is no HTTP`,
  tapNeedsExchanges: () =>
    "--tap parts the times of exchanges; add --exchanges FILE, or use lbqos path --host-times",
  thisTap: () => "this machine's capture",
  peerEnded: (why: string) => `the path to the peer is not measured any more: ${why}; the capture goes on`,
  peerStopped: (peer: string) =>
    `the path to the peer is not measured any more: ${peer} has ended; the capture goes on`,
  peerBehind: (peer: string, mebibytes: number) =>
    `${peer} is behind: more than ${mebibytes} MiB of this machine's frames wait for it`,
  peerAdvice: () => "The path's figures are of the time before.",
  clocksWithoutPeer: () => "--clocks says how the clock of a peer stands; add --peer-command LINE",
  noSuchTap: (file: string) => `there is no ${file}`,
  tapOfOtherHost: (file: string, address: string, hosts: string) =>
    `${file} is the tap of ${hosts}, not of ${address}`,
  tapInOtherOrder: (file: string, address: string) =>
    `${address} is on this side of ${file}: the run's capture was recorded beyond it`,
  pathNotMeasured: (method: string, run: number, backend: string, why: string) =>
    `${method}, run ${run}: the path to ${backend} was not measured: ${why}`,
  pathNotMeasuredAdvice: () =>
    "Record at the backend during each run, and name its captures under taps in the manifest.",
  noTapsThere: (file: string) =>
    `The manifest names taps of the backends, and no run has one: the first would be ${file}`,
  noTapsThereAdvice: () => "Correct the names under taps, or leave them out.",
  pathSampled: () =>
    "There are more packets than are kept: percentiles and variation of the delay are of blocks of 65,536 packets, evenly spread over time.",
  pathSampledAdvice: () =>
    "Counts of packets are exact all the same. For exact percentiles measure parts of the captures.",
};

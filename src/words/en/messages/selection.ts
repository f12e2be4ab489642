/** Display filters that select frames: what can't be understood in them, and what is not in the subset. */

export const selection = {
  filterFieldExpected: (token: string) =>
    `"${token}" stands where the name of a field or protocol was expected`,
  filterValueExpected: (token: string) => `"${token}" stands where a value was expected`,
  filterQuotes: (token: string) =>
    `${token} is a text in quotes, and no field here holds texts: write numbers and addresses without quotes`,
  filterSetCompared: () => "a set in braces is not compared with ==: write in, as in tcp.port in {80, 443}",
  filterSetExpected: () => "after in stands a set in braces, as in tcp.port in {80, 443}",
  filterUnclosedSet: () => 'a "}" is missing',
  filterUncompared: (quantifier: "any" | "all", field: string) =>
    `after ${quantifier} ${field} a comparison was expected, as in ${quantifier} ${field} == VALUE`,
  filterTooDeep: (depth: number) =>
    `more than ${depth} parentheses and negations stand in each other: write it flatter`,
  filterLowerCase: (word: string, lower: string) => `"${word}" has to be in small letters: ${lower}`,
  filterSingleEquals: () => 'one "=" compares nothing: write ==',
  filterSingleSign: (sign: string) => `one "${sign}" is not supported: write ${sign}${sign}`,
  filterNotInSubset: (token: string) =>
    `"${token}" is not supported; there are == != < > <= >= in {…} and or not ( ), and /BITS for networks`,
  filterNumber: (text: string, field: string, highest: number) =>
    `"${text}" after ${field} is not a whole number from 0 to ${highest}`,
  filterSeconds: (text: string, field: string) =>
    `"${text}" after ${field} is not a number of seconds, such as 0.25`,
  filterEthernet: (text: string, field: string) =>
    `"${text}" after ${field} is not an Ethernet address, such as 02:00:5e:00:53:01`,
  filterPrefix: (text: string, highest: number) => `"${text}" has more than ${highest} bits of network`,
  filterNetworkOrder: (text: string) =>
    `"${text}" is a network, and an address is in it or not: compare with == or !=`,
  filterProtocolCompared: (name: string) =>
    `${name} is a protocol, which a frame has or not: write ${name} alone, or one of its fields`,
  filterUnknownName: (name: string, near: string | null, names: string) =>
    `"${name}" is not supported${near === null ? "" : `, did you mean ${near}?`}; there are ${names}`,
  filterPayload: (name: string) =>
    `"${name}" is not supported: of payloads there are http, tls, quic and rtp, without fields; select others by ports`,

  selectionsReadTwice: () =>
    "frames are selected in a second reading, and standard input is gone after the first: save it to a file",
  selectionName: (text: string) =>
    `--filter "${text}": before = stands a name, after it a filter, and one of them is empty`,
  selectionNameTwice: (name: string) => `--filter: two selections are called "${name}"`,
  sentNotNumber: (text: string) =>
    `--sent "${text}": write how many frames were sent, 30000, or NAME=30000 for one selection`,
  sentNotSelected: (name: string) => `--sent ${name}=…: no --filter is called "${name}"`,
  sentWithoutFilter: () => "--sent says how many frames of a --filter were sent: give the filter, too",
  rtpPort: (text: string) =>
    `--rtp "${text}": write a UDP port, 5004, or with the rate of its timestamps in Hz, 5004=90000`,
  rtpPortTwice: (port: number) => `--rtp: port ${port} has two clock rates`,
  rtpRestarted: (ssrc: string, restarts: number) =>
    `RTP stream ${ssrc}: its sequence numbers began anew (${restarts} times); what was lost there can't be seen.`,
  rtpRestartedAdvice: () => "Record one call per capture, or select by frame.time_relative.",
  noCaptureNamed: () => "no capture was named: lbqos analyze FILE, or -r FILE",
  bandwidthNotGiven: (profile: string) =>
    `Profile "${profile}" rates throughput as a percentage of the link's bandwidth, which was not given: the index is a mean without it.`,
  bandwidthNotGivenAdvice: () =>
    "Give it: --bandwidth 20M, or choose --profile tiphon-kbps, which rates kbps.",
  sentTooFew: (name: string, frames: number, sent: number) =>
    `${name}: ${frames} frames were recorded, more than the ${sent} that were sent: its loss is not measured.`,
  sentTooFewAdvice: () => "Let the filter show one direction only, and count what was sent in frames.",
};

/** Addresses, figures and their doubts, and the engine's host. */
import { counted } from "../grammar.ts";

export const metrics = {
  notAddress: (text: string) => `"${text}" is not an IP address: write it as 192.0.2.1 or 2001:db8::1`,
  noSuchProfile: (name: string, known: string) =>
    `there is no category profile "${name}"; the built-in ones are ${known}`,
  addressSpaceRefused: () =>
    "the system refuses 24 GB of address space, of which hardly any is used; lift the limit: ulimit -v unlimited",
  outOfMemory: () =>
    "no memory is left for the connections of this capture; analyze it in parts: editcap -c 10000000 FILE PART",

  clockSetBack: (seconds: number, frame: number) =>
    `The recorder's clock was set back by ${seconds >= 1 ? seconds.toFixed(1) : Number(seconds.toFixed(3))} s before frame ${frame}: times across it mean nothing.`,
  clockSetBackAdvice: () =>
    "Keep the clock steady during a run (stop ntpd or chronyd, or let them slew), then repeat the run.",
  silence: (seconds: number, frame: number) =>
    `Nothing was recorded for ${seconds.toFixed(1)} s before frame ${frame}, though frames are far closer together elsewhere: several runs in one capture, a clock that was set forward, or a standstill. Delay, jitter, throughput and times across it mean nothing.`,
  silenceAdvice: (frame: number) =>
    `Look at the frames around it. If these are several runs, analyze each: editcap -r IN OUT 1-${frame - 1}.`,
  filesApart: (name: string, seconds: number) =>
    `Nothing was recorded for ${seconds.toFixed(1)} s before ${name} begins, though frames are far closer together elsewhere: the files are several runs rather than one. Delay, jitter and throughput over all of them mean nothing.`,
  filesApartAdvice: () => "Compare the files as runs: put them into a folder and use lbqos compare FOLDER.",
  timeRunsBackwards: (frames: number, milliseconds: number) =>
    `${frames} frames have earlier times than the frames before them, by up to ${milliseconds.toFixed(3)} ms: losses and round trips near them are less sure.`,
  timeRunsBackwardsAdvice: () => "Put them in order first: reordercap in.pcapng out.pcapng.",
  shortSnapLength: (segments: number) =>
    `${segments} segments were cut by the snap length: HTTP messages whose headers it cut are not counted.`,
  shortFrames: (frames: number, first: number) =>
    `${frames} ${frames === 1 ? "frame is" : "frames are"} shorter than the IP length in ${frames === 1 ? "it" : "them"}, first frame ${first}, without a snap length: something cut them and did not say so. HTTP messages whose headers it cut are not counted.`,
  shortFramesAdvice: () =>
    "Record whole frames on the balancer itself: mirror ports, cloud taps and converters of captures cut frames.",
  segmentationOffload: (frames: number, first: number) =>
    `${frames} ${frames === 1 ? "frame is" : "frames are"} larger than the maximum segment size (MSS), first frame ${first}: segmentation offload (GRO or TSO) on the recorded interface. Each counts for the segments that it held on the wire; where losses were within one, they are less sure.`,
  segmentationOffloadAdvice: () =>
    "Switch it off for the experiment, IFACE being the interface: ethtool -K IFACE gro off lro off tso off gso off.",
  recordWholeFrames: () => "Record whole frames: dumpcap and tcpdump do without -s.",

  unreadTls: (connections: number, server: string, firstFrame: number) =>
    `${connections} ${connections === 1 ? "connection" : "connections"} to ${server} ${connections === 1 ? "is" : "are"} TLS (first seen at frame ${firstFrame}): ${connections === 1 ? "its" : "their"} requests could not be read and are not counted.`,
  tlsAdvice: () =>
    "Give the session keys (--keys FILE; programs write them where SSLKEYLOGFILE says), or record where the traffic is not encrypted, for example between the balancer and its backends.",
  tlsHandshakesFailed: (failed: number, server: string, causes: string) =>
    `${counted(`${failed}`, "TLS handshake")} with ${server} failed: ${causes}.`,
  tlsHandshakesFailedAdvice: () =>
    "Wireshark shows them with the filter tls.alert_message or tcp.flags.reset == 1; look at certificates, versions and cipher suites of both sides.",
  tlsLostRecords: (records: number, server: string) =>
    `${counted(`${records}`, "TLS record")} to or from ${server} could not be decrypted: parts are missing in the capture, or the keys are another session's.`,
  tlsLostRecordsAdvice: () =>
    "Record with a larger buffer (dumpcap -B 64), and keep the key log of the programs that made these very connections.",
  tlsKeysForgotten: (forgotten: number, kept: number) =>
    `The key log has secrets of more than ${kept} TLS sessions: those of ${forgotten}, which came first, are not used.`,
  tlsKeysForgottenAdvice: () => "Give the part of the log that belongs to this capture.",
  tlsWithoutStart: (connections: number, server: string) =>
    `${counted(`${connections}`, "TLS connection")} to ${server} began before the capture, which lacks the handshake: no key can open ${connections === 1 ? "it" : "them"}.`,
  tlsWithoutStartAdvice: () => "Begin to record before the clients connect.",
  unreadFrames: (frames: number, reason: string, firstFrame: number, ipVersion: number, ipLength: number) =>
    `${frames} ${frames === 1 ? "frame is" : "frames are"} unreadable (${reason}${ipVersion === 0 ? "" : `, IPv${ipVersion} total length ${ipLength}`}; first: frame ${firstFrame}): what ${frames === 1 ? "it" : "they"} carried is in no figure.`,
  unreadFrameAdvice: () =>
    "Look at them in Wireshark. Lengths in headers are often wrong where the network card cuts segments: switch TSO, GSO, GRO and LRO off for the experiment (ethtool -K).",
  encryptedAdvice: () => "Record where the traffic is not encrypted: inside the IPsec or MACsec tunnel.",
  unknownLinkTypeAdvice: () =>
    "Record on the network interface itself; captures of Ethernet, Linux cooked mode, raw IP and Wi-Fi can be read.",
  holesInHttp: (reasons: readonly string[], firstFrame: number) =>
    `Bytes of HTTP messages are missing in the capture: ${reasons.join(", ")} (first at frame ${firstFrame}). What began there is not counted, and its neighbours are paired by their order only.`,
  holesInHttpAdvice: () =>
    "Record with a capture filter and a larger buffer (dumpcap -B 64), from before the first connection, both directions.",
  gaveUpStartHole: (places: number) => `${places} × where a message begins`,
  gaveUpHeaderHole: (places: number) => `${places} × in a header`,
  gaveUpChunkHole: (places: number) => `${places} × in the framing of a chunked body`,
  gaveUpFrames: (places: number) => `${places} × where a frame of HTTP/2 begins`,
  gaveUpFields: (places: number) =>
    `${places} × header fields of HTTP/2 that refer to earlier ones, which are missing`,
  malformedHttp: (reasons: readonly string[], firstFrame: number) =>
    `HTTP could not be read on: ${reasons.join(", ")} (first at frame ${firstFrame}). Messages until the next start line are not counted.`,
  malformedHttpAdvice: () =>
    "Look at that frame in Wireshark, and at the program that sent it: it breaks RFC 9112, or speaks something else on the same connection.",
  gaveUpStartLine: (places: number) => `${places} × no start line where a message would begin`,
  gaveUpContentLength: (places: number) => `${places} × lengths that differ or are no number`,
  gaveUpTransferCoding: (places: number) => `${places} × a request with a transfer coding that has no end`,
  gaveUpChunk: (places: number) => `${places} × a chunk that breaks the chunked coding`,
  gaveUpLongHeader: (places: number) => `${places} × a header longer than 256 KiB`,
  httpLimits: (reasons: readonly string[], firstFrame: number) =>
    `There was more to remember than there is room for: ${reasons.join(", ")} (first at frame ${firstFrame}).`,
  httpLimitsAdvice: () => "Analyze the capture in parts: editcap -c 10000000 FILE PART.",
  gaveUpWaiting: (places: number) =>
    `${places} × requests without answers, or the reverse, which were let go`,
  gaveUpHeaderMemory: (places: number) => `${places} × a header in pieces, which was given up`,
  gaveUpDetails: (places: number) => `${places} × the target and other texts of an exchange, which it lacks`,
  pushedHttp: (reasons: readonly string[], firstFrame: number) =>
    `Not measured: ${reasons.join(", ")} (first at frame ${firstFrame}). Nobody asked for them, so they are no exchanges; their bytes count in goodput.`,
  pushedHttpAdvice: () =>
    "Switch server push off at the server to compare methods: browsers no longer take what is pushed.",
  gaveUpPushed: (responses: number) =>
    `${responses} ${responses === 1 ? "response" : "responses"} that a server announced to push (PUSH_PROMISE of HTTP/2)`,
  noHttp: (reasons: readonly string[], firstFrame: number) =>
    `No HTTP/1 was found: ${reasons.join(", ")} (first at frame ${firstFrame}).`,
  noHttpAdvice: () =>
    "Check that the capture holds the balancer's HTTP, on the interface towards its backends.",
  gaveUpSsh: (connections: number) =>
    `${connections} ${connections === 1 ? "connection speaks" : "connections speak"} SSH`,
  gaveUpProtocol: (connections: number) =>
    `${connections} ${connections === 1 ? "connection begins" : "connections begin"} with something else`,
  noTcp: (packets: number) => `None of the ${packets} packets is a TCP segment that could be read.`,
  noTcpAdvice: () => "Record TCP on the balancer's interface: dumpcap -i eth0 -f tcp -w run.pcapng.",
  recorderDrops: (packets: number) => `The recorder says that it dropped ${packets} packets.`,
  recordWithFilter: () =>
    "Record with a capture filter and a larger buffer (dumpcap -B 64), then repeat the run.",
  duplicateFrames: (frames: number) => `${frames} frames were recorded twice and counted once.`,
  duplicateFramesAdvice: () =>
    "Record on one interface, not on any, a bond or a bridge and its members at once.",
  connectionsForgotten: (forgotten: number, limit: number) =>
    `${forgotten} connections made room for others: more than ${limit} were open at once. One that went on counts as a further connection, and an exchange that was under way in it as two halves.`,
  connectionsForgottenAdvice: () =>
    "Capture or analyze the balancer's and the backends' addresses only; a flood of connections from random addresses looks like this.",
  tooManyPairs: (limit: number, connections: number) =>
    `There are more than ${limit} client → server pairs: ${connections} connections of further ones have no row. They count with all clients of their server, and in the whole capture.`,
  tooManyPairsAdvice: () => "Name the balancer and its backends: --balancer 192.0.2.1 --backend A=192.0.2.2.",
  cutHeaders: (frames: number) =>
    `${frames} frames were cut inside their headers by the snap length and could not be counted.`,
  pairWithoutTraffic: (name: string, pair: string) =>
    `The pair ${name} (${pair}) never occurs in the capture.`,
  pairWithoutTrafficAdvice: () =>
    "Check the addresses with lbqos analyze without --balancer and --backend, which lists every pair it finds.",
  fewRequests: (name: string, pair: string, requests: number) =>
    `The pair ${name} (${pair}) has only ${counted(requests, "request")}: its means say little.`,
  fewRequestsAdvice: () => "Record a longer run before drawing conclusions from it.",
  oneDirection: (name: string, pair: string) =>
    `Only one direction of the pair ${name} (${pair}) was recorded: loss, RTT and times to first byte need both.`,
  answersElsewhere: (name: string, pair: string) =>
    `The answers of the pair ${name} (${pair}) do not pass here (direct server return, or a mirror of one direction): whether and when its requests were answered is not known, nor are loss and RTT.`,
  oneDirectionAdvice: () =>
    "Record where both directions pass, on the balancer itself; where servers answer clients directly (DSR), on each of them.",
  captureDrops: (segments: number, name: string, pair: string) =>
    `The recorder missed at least ${segments} segments of the pair ${name} (${pair}): they were acknowledged but are not in the capture.`,
  seenTwice: (connections: number, asked: string, passedTo: string, milliseconds: number) =>
    `${connections} connections were recorded twice, before and after their address was translated (NAT: ${asked} became ${passedTo}), ${milliseconds.toFixed(3)} ms apart. They count once: the pair shown is the one after the translation, unless the user named the one before it.`,
  seenTwiceAdvice: (asked: string) =>
    `To measure what the clients asked instead, name it (--backend NAME=${asked}), or record before the NAT only.`,
  namesSwapped: (balancer: string, name: string, backend: string) =>
    `The named balancer ${balancer} is asked by the named backend ${name} (${backend}), not the other way round: the two are swapped.`,
  namesSwappedAdvice: (backend: string, balancer: string) =>
    `Swap them: --balancer ${backend} --backend NAME=${balancer}.`,
  balancerNeverOccurs: (balancer: string) => `The named balancer ${balancer} never occurs in the capture.`,
  balancerNeverOccursMeant: (balancer: string, meant: string) =>
    `The named balancer ${balancer} never occurs in the capture; did you mean ${meant}?`,
  unknownBalancerAdvice: () => "Run lbqos analyze without --balancer and --backend: it lists who asks whom.",
  backendNeverOccurs: (name: string, backend: string, meant: string) =>
    `The named backend ${name} (${backend}) is asked nothing in the capture; did you mean ${meant}?`,
  unknownBackendAdvice: (meant: string) => `Name it as --backend NAME=${meant} if so.`,
  backendsAskedFromElsewhere: (balancer: string, asker: string) =>
    `The named balancer ${balancer} is asked by clients, but the named backends are asked from ${asker}.`,
  backendsAskedFromElsewhereAdvice: (balancer: string, asker: string) =>
    `If both are the balancer's, give both: --balancer ${asker} --balancer ${balancer}.`,
  balancerHasTwoAddresses: (asked: string, from: string, other: string) =>
    `The balancer seems to have two addresses: clients ask it at ${asked}, and it asks the backends from ${from}; did you mean also ${other}?`,
  balancerHasTwoAddressesAdvice: (named: string, other: string) =>
    `Name both, the option may be repeated: --balancer ${named} --balancer ${other}.`,
  clientSide: (balancer: string) =>
    `The named balancer ${balancer} is asked by clients but asks no backend here: the capture was made on the clients' side.`,
  clientSideAdvice: () =>
    "Record on the balancer, on the interface towards its backends; without --balancer and --backend, the clients' side is measured.",
  backendSide: (name: string, backend: string) =>
    `Of the named backends, only ${name} (${backend}) occurs in the capture, and no client of the balancer: it seems to have been made on ${name}.`,
  backendSideAdvice: () =>
    "Its times and losses are those seen there; to compare backends and their shares, record on the balancer.",
};

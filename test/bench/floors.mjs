/** What lbqos has to reach, and what it aims at, as ratios in one run: greater is better. */
import { MILLION } from "./captures.mjs";
import {
  LBQOS,
  LBQOS_KEYS,
  LBQOS_LIVE,
  LBQOS_ONE_THREAD,
  LBQOS_SELECTION,
  TCPDUMP,
  TCPTRACE,
  TSHARK,
  TSHARK_HTTP,
  TSHARK_KEYS,
} from "./programs.mjs";

const wall = (a, b) => a.wallSeconds / b.wallSeconds;
const cpu = (a, b) => a.cpuSeconds / b.cpuSeconds;
const perPacket = ({ wallSeconds, packets }) => wallSeconds / packets;

/**
 * `ratio` takes `of(capture, program)`, the medians of a program on a capture, and gives `NaN` where one of them was not
 * run.
 */
export const FLOORS = [
  {
    what: "large, one thread: tcpdump's CPU time over ours",
    floor: 1 / 4,
    aim: 1 / 2,
    ratio: (of) => cpu(of("large", TCPDUMP), of("large", LBQOS_ONE_THREAD)),
  },
  {
    what: "large, all cores: tcpdump's wall time over ours",
    floor: 1 / 3,
    aim: 1 / 1.2,
    ratio: (of) => wall(of("large", TCPDUMP), of("large", LBQOS)),
  },
  {
    what: "medium: tshark -q -z io,stat,0, wall time",
    floor: 20,
    aim: 50,
    ratio: (of) => wall(of("medium", TSHARK), of("medium", LBQOS)),
  },
  {
    what: "medium: tshark's http filter with two fields, wall time",
    floor: 60,
    aim: 150,
    ratio: (of) => wall(of("medium", TSHARK_HTTP), of("medium", LBQOS)),
  },
  {
    what: "medium: tcptrace with RTT, wall time",
    floor: 12,
    aim: 30,
    ratio: (of) => wall(of("medium", TCPTRACE), of("medium", LBQOS)),
  },
  {
    what: "TLS 1.3 with keys: tshark's http2 filter with the same keys, wall time",
    floor: 5,
    aim: 20,
    ratio: (of) => wall(of("TLS 1.3", TSHARK_KEYS), of("TLS 1.3", LBQOS_KEYS)),
  },
  {
    what: "medium, one thread: CPU time without a selection over that with one",
    floor: 1 / 1.5,
    aim: 1 / 1.2,
    ratio: (of) => cpu(of("medium", LBQOS_ONE_THREAD), of("medium", LBQOS_SELECTION)),
  },
  {
    what: "small: tshark -q -z io,stat,0, wall time",
    floor: 1,
    aim: 2,
    ratio: (of) => wall(of("small", TSHARK), of("small", LBQOS)),
  },
  {
    what: "peak memory, large: 250 MB over ours",
    floor: 1,
    aim: 250 / 150,
    ratio: (of) => 250 / of("large", LBQOS).peakMb,
  },
  {
    what: "peak memory: medium's over large's",
    floor: 1 / 1.1,
    aim: 1 / 1.1,
    ratio: (of) => of("medium", LBQOS).peakMb / of("large", LBQOS).peakMb,
  },
  {
    what: "500,000 connections: large's time per packet over theirs",
    floor: 1 / 1.5,
    aim: 1 / 1.5,
    ratio: (of) => perPacket(of("large", LBQOS)) / perPacket(of("500,000 connections", LBQOS)),
  },
  {
    what: "one direction: both directions' time, with twice as many frames, over its own",
    floor: 1 / 1.5,
    aim: 1,
    ratio: (of) => wall(of("both directions", LBQOS), of("one direction", LBQOS)),
  },
  {
    what: "peak memory, one direction: 120 MB over ours",
    floor: 1,
    aim: 120 / 100,
    ratio: (of) => 120 / of("one direction", LBQOS).peakMb,
  },
  {
    what: "peak memory, 1,000,000 clients: 300 MB over ours",
    floor: 1,
    aim: 300 / 250,
    ratio: (of) => 300 / of(MILLION, LBQOS).peakMb,
  },
  {
    what: "peak memory, 1,000,000 clients, live: 300 MB over ours",
    floor: 1,
    aim: 300 / 250,
    ratio: (of) => 300 / of(MILLION, LBQOS_LIVE).peakMb,
  },
  {
    what: "100,000 requests never answered: 3 s over ours",
    floor: 1,
    aim: 2,
    ratio: (of) => 3 / of("never answered", LBQOS).wallSeconds,
  },
  {
    what: "start-up: node -e 0 over lbqos --version, wall time",
    floor: 1 / 3,
    aim: 1 / 1.5,
    ratio: (of) => wall(of("start-up", "node -e 0"), of("start-up", "lbqos --version")),
  },
];

/** What the programs say when they can't record, or no longer, becomes one line with what to do. */

import { describe, expect, test } from "vitest";
import type { Ending } from "../../../src/capture/engines/child-capture.ts";
import {
  type EndedEngine,
  EngineUnsuited,
  explainEnding,
} from "../../../src/capture/engines/engine-problem.ts";
import { message as words } from "../../../src/words/message.ts";

const ENGINE: EndedEngine = {
  name: "dumpcap",
  request: { interfaces: ["nosuch0"], filter: "tcp prot 80" },
  permission: words("verbatim", "run lbqos with sudo"),
};

function explain(words: string, engine: Partial<EndedEngine> = {}, ending: Partial<Ending> = {}) {
  const lines = words.split("\n").filter((line) => line !== "");
  return explainEnding(
    { ...ENGINE, ...engine },
    { status: 1, signal: null, spawnError: null, lines, ...ending },
  );
}

const NO_PERMISSION = "nosuch0: no permission to capture; run lbqos with sudo";
const FILTER =
  'capture filter "tcp prot 80": can\'t parse filter expression: syntax error; see man pcap-filter';
const DOWN = "dmy: the interface is down; bring it up: sudo ip link set dmy up";
const GONE = "the interface is gone, so the capture ended";

describe.each([
  [
    "dumpcap 4.0",
    'dumpcap: You do not have permission to capture on device "eth0".\n(socket: Operation not permitted)\nPlease check …',
    NO_PERMISSION,
  ],
  [
    "dumpcap 3.4",
    "Capturing on 'eth0'\ndumpcap: The capture session could not be initiated on interface 'eth0' (You don't have permission to capture on that device).\nPlease check …",
    NO_PERMISSION,
  ],
  [
    "tcpdump",
    "tcpdump: eth0: You don't have permission to capture on that device\n(socket: Operation not permitted)",
    NO_PERMISSION,
  ],
  [
    "cap",
    "Warning: eth0: no IPv4 address assigned - This may not actually work\nsocket: Operation not permitted",
    NO_PERMISSION,
  ],
  [
    "dumpcap",
    "dumpcap: Invalid capture filter \"tcp prot 80\" for interface 'eth0'.\nThat string isn't a valid capture filter (can't parse filter expression: syntax error).\nSee the User's Guide for a description of the capture filter syntax.",
    FILTER,
  ],
  ["tcpdump", "tcpdump: can't parse filter expression: syntax error", FILTER],
  ["cap", "can't parse filter expression: syntax error", FILTER],
  [
    "tcpdump, another word of libpcap",
    "tcpdump: no VLAN support for Linux cooked v2",
    'capture filter "tcp prot 80": no VLAN support for Linux cooked v2; see man pcap-filter',
  ],
  ["dumpcap", 'dumpcap: Device "dmy" is not up.\n(That device is not up)', DOWN],
  ["tcpdump", "tcpdump: dmy: That device is not up", DOWN],
  [
    "cap",
    "That device is not up",
    "nosuch0: the interface is down; bring it up: sudo ip link set nosuch0 up",
  ],
  [
    "dumpcap",
    'File: -\ndumpcap: The network adapter "eth7" is no longer attached; the capture has stopped.\nPackets captured: 2',
    `eth7: ${GONE}`,
  ],
  ["tcpdump", "tcpdump: pcap_loop: The interface disappeared\n0 packets captured", `nosuch0: ${GONE}`],
  [
    "cap",
    "node: ../src/binding.cc:190: static void Pcap::cb_packets(uv_poll_t*, int, int): Assertion `status == 0' failed.",
    `nosuch0: ${GONE}`,
  ],
])("%s", (_program, words, expected) => {
  test(expected, () => {
    const failure = explain(words);
    expect(failure.message).toBe(expected);
    expect(failure instanceof EngineUnsuited).toBe(expected === NO_PERMISSION);
  });
});

test.each([
  'dumpcap: There is no device named "nosuch0".\n(No such device exists)',
  "dumpcap: The capture session could not be initiated on interface 'nosuch0' (No such device exists).",
  "tcpdump: nosuch0: No such device exists\n(No such device exists)",
  "Warning: SIOCGIFADDR: nosuch0: No such device - This may not actually work\nNo such device exists",
])("no such interface: %s", (words) => {
  expect(explain(words).message).toMatch(/^nosuch0: no such interface; there are (\S+, )*lo(, \S+)*$/);
});

test("no such interface elsewhere: those here don't matter", () => {
  const request = { ...ENGINE.request, launcher: ["ip", "netns", "exec", "lab"] };
  expect(explain("tcpdump: nosuch0: No such device exists", { request }).message).toBe(
    "nosuch0: no such interface",
  );
});

describe("anything else", () => {
  test("is the program's last word", () => {
    const words =
      "Capturing on 'eth0'\ndumpcap: The specified data link type \"FOO\" isn't valid\nPackets captured: 0";
    expect(explain(words).message).toBe(
      'dumpcap ended by itself (status 1): The specified data link type "FOO" isn\'t valid',
    );
  });

  test("or its status, or the signal", () => {
    expect(explain("File: -").message).toBe("dumpcap ended by itself (status 1)");
    const killed = { status: null, signal: "SIGKILL" } as const;
    expect(explain("", {}, killed).message).toBe("dumpcap was ended by SIGKILL");
  });

  test("or why it could not be started", () => {
    const failure = explain("", {}, { status: null, spawnError: "EACCES" });
    expect(failure.message).toBe("dumpcap could not be started (EACCES)");
    expect(failure).toBeInstanceOf(EngineUnsuited);
  });
});

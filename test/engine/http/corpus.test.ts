/**
 * A second opinion on real captures: messages counted by the http room, fed by the rooms before it, against what tshark
 * 4.0.17 counted with default settings. Where the two differ, the capture is named here with the reason.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openCapture } from "../../../src/capture/open-capture.ts";
import type { ExchangeListener } from "../../../src/engine/http/exchange-listener.ts";
import { ExchangeTracker } from "../../../src/engine/streams/pair-exchanges.ts";
import { AddressTable } from "../../../src/engine/tcp/address-table.ts";
import { ConnectionTracker } from "../../../src/engine/tcp/track-connections.ts";
import { FrameDecoder } from "../../../src/packet/decode-frame.ts";

/** Captures of public test suites; not part of the project. */
const CORPUS =
  process.env["LBQOS_CORPUS"] ?? fileURLToPath(new URL("../../../../shared/corpus", import.meta.url));
const INDEX = `${CORPUS}/index.tsv`;

const SSDP = "tshark also counts SSDP, HTTP's messages in UDP";
const QUOTED = "tshark also counts messages quoted in ICMP errors and sFlow samples";
const OUT_OF_ORDER =
  "by default tshark doesn't put segments that were recorded out of order back in order; with tcp.reassemble_out_of_order it counts the same";
const HOLE = "tshark gives up a message with missing bytes, lbqos passes over them by their number";
const CUT = "a header is cut off in the capture: tshark counts it, lbqos tells only an exchange without end";

const STREAMS = "tshark counts the streams of HTTP/2 apart from HTTP";

/** Requests and responses that lbqos sees where tshark sees other numbers. */
const EXPLAINED: Readonly<Record<string, readonly [requests: number, responses: number, because: string]>> = {
  "AlexeyVasilev+PcapFlowLab__examples__showcase__pcap_flow_lab_showcase.pcap": [
    4,
    4,
    "a response has one byte more than its Content-Length says: tshark misses the next one",
  ],
  "NotYuSheng+TracePcap__sample-files__demo_all_rules.pcap": [15, 1, SSDP],
  "OISF+suricata-verify__tests__filestore-5408__input.pcap": [8, 8, QUOTED],
  "OISF+suricata-verify__tests__http-connect__http-connect-fragmented__input.pcap": [
    2,
    2,
    "tshark misses the response to a request that was split in a tunnel",
  ],
  "OISF+suricata-verify__tests__http-gap-beyond-body__input.pcap": [3, 2, HOLE],
  "OISF+suricata-verify__tests__http-gap-double__input.pcap": [3, 3, HOLE],
  "OISF+suricata-verify__tests__http-gap-simple__input.pcap": [3, 3, HOLE],
  "OISF+suricata-verify__tests__http-range-file__input.pcap": [15, 15, OUT_OF_ORDER],
  "OISF+suricata-verify__tests__http2-deflate__http2_deflate.pcap": [1, 2, STREAMS],
  "OISF+suricata-verify__tests__http2-keywords2__input.pcap": [2, 3, STREAMS],
  "OISF+suricata-verify__tests__http2-range__http2-range.pcap": [5, 8, STREAMS],
  "ntop+nDPI__tests__cfgs__default__pcap__http2.pcapng": [1, 1, STREAMS],
  "andrewf+pcap2har__tests__missing_response.pcap": [2, 1, OUT_OF_ORDER],
  "andrewf+pcap2har__tests__pcapr.net.pcap": [42, 42, OUT_OF_ORDER],
  "aol+moloch__tests__pcap__http-tcp-seq-issue.pcap": [1, 0, OUT_OF_ORDER],
  "chrissanders+packets__http_espn.pcapng": [61, 61, HOLE],
  "ntop+nDPI__tests__cfgs__default__pcap__KakaoTalk_talk.pcap": [
    1,
    1,
    "tshark takes the segment with the response for a retransmission and leaves it out",
  ],
  "ntop+nDPI__tests__cfgs__default__pcap__anyconnect-vpn.pcap": [9, 9, SSDP],
  "ntop+nDPI__tests__cfgs__default__pcap__fuzz-2006-09-29-28586.pcap": [4, 7, HOLE],
  "ntop+nDPI__tests__cfgs__default__pcap__instagram.pcap": [8, 2, HOLE],
  "ntop+nDPI__tests__cfgs__default__pcap__iphone.pcap": [1, 1, SSDP],
  "ntop+nDPI__tests__cfgs__default__pcap__wa_video.pcap": [0, 0, SSDP],
  "ntop+nDPI__tests__cfgs__default__pcap__wa_voice.pcap": [0, 0, SSDP],
  "ntop+nDPI__tests__cfgs__default__pcap__weibo.pcap": [16, 9, OUT_OF_ORDER],
  "seladb+PcapPlusPlus__Tests__Packet++Test__PacketExamples__SllPacket.pcap": [0, 0, CUT],
  "seladb+PcapPlusPlus__Tests__Pcap++Test__PcapExamples__4KHttpRequests.pcap": [
    245,
    0,
    "after a request whose rest is missing, tshark takes the following ones for that rest",
  ],
  "seladb+PcapPlusPlus__Tests__Pcap++Test__PcapExamples__pcapng-example.pcapng": [0, 0, CUT],
  "zeek+zeek__testing__btest__Traces__communityid__tcp.pcap": [0, 0, CUT],
  "zeek+zeek__testing__btest__Traces__erspan.pcap": [22, 17, HOLE],
  "zeek+zeek__testing__btest__Traces__http__concurrent-range-requests.pcap": [3, 3, OUT_OF_ORDER],
  "zeek+zeek__testing__btest__Traces__http__content-length-overflow.pcap": [
    1,
    0,
    "tshark counts a response whose connection ends in its body, lbqos calls it aborted",
  ],
  "zeek+zeek__testing__btest__Traces__http__entity_gap.pcap": [1, 1, HOLE],
};

interface CorpusFile {
  readonly name: string;
  readonly requests: number;
  readonly responses: number;
}

function readableFiles(): CorpusFile[] {
  const [header = "", ...lines] = readFileSync(INDEX, "utf8").trimEnd().split("\n");
  const columns = header.split("\t");
  return lines
    .map((line) => new Map(line.split("\t").map((value, column) => [columns[column], value])))
    .filter((row) => row.get("rc") === "0")
    .map((row) => ({
      name: row.get("file") ?? "",
      requests: Number(row.get("http_request")),
      responses: Number(row.get("http_response")),
    }));
}

class MessageCounts implements ExchangeListener {
  readonly counts = { request: 0, response: 0 };
  message(_connection: number, _side: number, isRequest: boolean): void {
    this.counts[isRequest ? "request" : "response"]++;
  }
  request(): void {}
  exchange(): void {}
  speaks(): void {}
  http2Frames(): void {}
  ping(): void {}
}

async function countMessages(path: string): Promise<MessageCounts> {
  const counts = new MessageCounts();
  const nothing = {
    connectionOpened() {},
    roundTrip() {},
    lost() {},
    unsure() {},
    lostEitherWay() {},
    turn() {},
    connectionClosed() {},
  };
  const tracker = new ConnectionTracker(new AddressTable(), nothing, new ExchangeTracker(counts, true));
  const capture = await openCapture(path);
  const decoder = new FrameDecoder();
  let frame = 0;
  let timeNs = 0;
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      frame++;
      timeNs = batch.timeNs[row] ?? 0;
      if (decoder.decode(batch, row) === 0) tracker.track(decoder.segment, timeNs, frame, 0);
    }
  }
  tracker.finish(timeNs, frame);
  await capture.close();
  return counts;
}

describe.skipIf(!existsSync(INDEX))("messages of public captures, as tshark counts them", () => {
  const files = existsSync(INDEX) ? readableFiles() : [];

  test("differences are named for captures that exist", () => {
    const names = files.map(({ name }) => name);
    expect(Object.keys(EXPLAINED).filter((name) => !names.includes(name))).toEqual([]);
  });

  for (const { name, requests, responses } of files) {
    const explained = EXPLAINED[name];
    const title = explained === undefined ? name : `${name} (but ${explained[2]})`;
    test(title, async () => {
      const { counts } = await countMessages(`${CORPUS}/${name}`);
      const [expectedRequests, expectedResponses] = explained ?? [requests, responses];
      expect([counts.request, counts.response]).toEqual([expectedRequests, expectedResponses]);
      if (explained !== undefined)
        expect([expectedRequests, expectedResponses]).not.toEqual([requests, responses]);
    });
  }
});

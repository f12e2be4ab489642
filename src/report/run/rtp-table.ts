/** RTP's streams: losses and jitter by RFC 3550. */
import type { RtpStreamMetrics } from "../../metrics/rtp-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block } from "../document.ts";

/** Streams that are shown, those with most packets; JSON has all. */
const SHOWN = 20;

/** A table of the streams, and how its numbers are counted; nothing where there are none. */
export function rtpBlocks(streams: readonly RtpStreamMetrics[], language: Language): readonly Block[] {
  if (streams.length === 0) return [];
  const { selections: words, report } = wordsOf(language);
  const { rtp } = words;
  return [
    {
      kind: "table",
      id: "rtp-streams",
      title: rtp.table,
      columns: [
        textColumn(rtp.stream),
        textColumn("SSRC"),
        textColumn(rtp.payloadTypes),
        countColumn(rtp.packets),
        countColumn(rtp.lost),
        numberColumn(report.columns.packetLoss, "%", DIGITS.percent),
        countColumn(rtp.copies),
        numberColumn(rtp.meanJitter, "ms", DIGITS.milliseconds),
        numberColumn(rtp.maxJitter, "ms", DIGITS.milliseconds),
      ],
      rows: streams.slice(0, SHOWN).map((stream) => {
        const { source, sourcePort, destination, destinationPort, ssrc, payloadTypes } = stream;
        const ends = `${endpoint(source, sourcePort)} → ${endpoint(destination, destinationPort)}`;
        return [
          text(ends),
          text(ssrc),
          text(payloadTypes.join(", ")),
          count(stream.packets),
          trouble(stream.lostPackets, "bad"),
          trouble(stream.packetLossPercent, "bad"),
          count(stream.duplicatePackets),
          measured(stream.meanJitterMs, rtp.noClock),
          measured(stream.maxJitterMs, rtp.noClock),
        ];
      }),
      total: null,
    },
    { kind: "paragraph", text: rtp.formulas },
    ...(streams.length > SHOWN ? [{ kind: "paragraph", text: rtp.more(streams.length) } as const] : []),
  ];
}

function endpoint(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

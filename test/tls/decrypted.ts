/** What goes on of a connection's records when the tls room has read them. */
import { CONNECTION_CLOSED, CONNECTION_CLOSED_SIZE } from "../../src/engine/records/connection-records.ts";
import { PROTOCOL, PROTOCOL_SIZE } from "../../src/engine/records/protocol-record.ts";
import type { RecordBatch } from "../../src/engine/records/record-batch.ts";
import {
  DATA,
  dataLength,
  GAP,
  STREAM_RECORD_SIZE,
  streamEnds,
  streamFrame,
  streamValue,
} from "../../src/engine/records/stream-records.ts";
import { TLS_STARTED, TLS_STARTED_SIZE } from "../../src/engine/records/tls-record.ts";
import { KeyLog } from "../../src/tls/key-log.ts";
import { nodeCrypto } from "../../src/tls/node-crypto.ts";
import { SessionKeys } from "../../src/tls/session-keys.ts";
import { TlsStreams } from "../../src/tls/tls-streams.ts";

export interface Decrypted {
  /** Text of each side; a hole as `[n missing]`. */
  readonly texts: readonly [string, string];
  /** The frame of each piece of text, in order. */
  readonly frames: readonly number[];
  readonly streams: TlsStreams;
}

export function decrypt(batches: readonly RecordBatch[], keys: string | null): Decrypted {
  const streams = new TlsStreams();
  if (keys !== null) {
    const log = new KeyLog();
    log.add(`${keys}\n`);
    streams.useKeys(new SessionKeys(log, nodeCrypto));
  }
  const texts: [string, string] = ["", ""];
  const frames: number[] = [];
  for (const batch of batches) {
    const { words, octets } = streams.read(batch);
    let octetsAt = 0;
    for (let at = 0; at < words.length; ) {
      const kind = words[at];
      if (kind === TLS_STARTED) at += TLS_STARTED_SIZE;
      else if (kind === CONNECTION_CLOSED) at += CONNECTION_CLOSED_SIZE;
      else if (kind === PROTOCOL) at += PROTOCOL_SIZE;
      else {
        const side = (streamEnds(words, at) & 1) as 0 | 1;
        if (kind === DATA) {
          const end = octetsAt + dataLength(words, at);
          texts[side] += Buffer.from(octets.subarray(octetsAt, end)).toString("latin1");
          octetsAt = end;
          frames.push(streamFrame(words, at));
        } else if (kind === GAP) texts[side] += `[${streamValue(words, at)} missing]`;
        at += STREAM_RECORD_SIZE;
      }
    }
  }
  return { texts, frames, streams };
}

/** A capture of one exchange whose every text would be markup if it were not escaped. */
import { pcapFile } from "../capture/build-pcap.ts";

const MARKUP = "/<script>alert(2)</script>\"'><img/src=x/onerror=alert(3)>";

export function hostileCapture(): Buffer {
  const request = `GET ${MARKUP} HTTP/1.1\r\nHost: "><svg/onload=alert(4)>\r\n\r\n`;
  const response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  const frames = [
    segment("client", 0, 0, 0x02, ""),
    segment("server", 0, 1, 0x12, ""),
    segment("client", 1, 1, 0x10, ""),
    segment("client", 1, 1, 0x18, request),
    segment("server", 1, 1 + request.length, 0x18, response),
    segment("client", 1 + request.length, 1 + response.length, 0x10, ""),
  ];
  return pcapFile(frames.map((data, at) => ({ seconds: 1_700_000_000, fraction: at * 1000, data })));
}

/** Ethernet, IPv4 and TCP, without checksums. */
function segment(
  from: "client" | "server",
  sequence: number,
  acked: number,
  flags: number,
  text: string,
): Buffer {
  const payload = Buffer.from(text, "latin1");
  const frame = Buffer.alloc(54 + payload.length);
  frame.writeUInt16BE(0x0800, 12);
  frame[14] = 0x45;
  frame.writeUInt16BE(40 + payload.length, 16);
  frame[22] = 64;
  frame[23] = 6;
  const [source, destination] = from === "client" ? [1, 2] : [2, 1];
  frame.set([10, 0, 0, source, 10, 0, 0, destination], 26);
  frame.writeUInt16BE(from === "client" ? 40_000 : 80, 34);
  frame.writeUInt16BE(from === "client" ? 80 : 40_000, 36);
  frame.writeUInt32BE(sequence, 38);
  frame.writeUInt32BE(acked, 42);
  frame[46] = 0x50;
  frame[47] = flags;
  frame.writeUInt16BE(65_535, 48);
  payload.copy(frame, 54);
  return frame;
}

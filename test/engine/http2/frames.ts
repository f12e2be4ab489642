/** Frames of HTTP/2, made by hand. */

export const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export const END_STREAM = 0x1;
export const END_HEADERS = 0x4;
export const PADDED = 0x8;
export const PRIORITY = 0x20;

/** @param stream 0 = the connection */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

/** Fields as literals that are not added to the table, without Huffman coding. */
export function literals(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(fields).map(([name, value]) =>
      Buffer.concat([
        Buffer.from([0, name.length]),
        Buffer.from(name),
        Buffer.from([value.length]),
        Buffer.from(value),
      ]),
    ),
  );
}

export const settings = (...values: readonly (readonly [setting: number, value: number])[]) =>
  frame(
    4,
    0,
    0,
    Buffer.concat(
      values.map(([setting, value]) => {
        const one = Buffer.alloc(6);
        one.writeUInt16BE(setting);
        one.writeUInt32BE(value, 2);
        return one;
      }),
    ),
  );

export const headers = (stream: number, fields: Readonly<Record<string, string>>, flags = END_HEADERS) =>
  frame(1, flags, stream, literals(fields));

export const data = (stream: number, content: string, flags = 0) =>
  frame(0, flags, stream, Buffer.from(content));

export const reset = (stream: number, code = 8) => frame(3, 0, stream, uint32(code));

export const windowUpdate = (stream: number, increment: number) => frame(8, 0, stream, uint32(increment));

export function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}

/** A request without content. */
export const get = (stream: number, path: string) =>
  headers(stream, { ":method": "GET", ":path": path, ":scheme": "http" }, END_HEADERS | END_STREAM);

/** A response without content. */
export const answer = (stream: number, status = 200) =>
  headers(stream, { ":status": `${status}` }, END_HEADERS | END_STREAM);

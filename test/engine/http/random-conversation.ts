/** Random valid conversations for property tests, with what the http room must make of them. */
import fc from "fast-check";
import type { Side } from "../tcp/side.ts";

/** Exchange i has the target `/i`, and its final response the status `FIRST_STATUS + i`. */
export const FIRST_STATUS = 400;

export interface PlannedExchange {
  readonly method: string;
  readonly request: Buffer;
  readonly interimResponses: number;
  /** Interim responses and the final one. */
  readonly responses: Buffer;
  readonly finalLength: number;
}

/** Bytes of one side that follow each other. */
export interface Block {
  readonly side: Side;
  readonly bytes: Buffer;
}

export interface PlannedConversation {
  readonly exchanges: readonly PlannedExchange[];
  /** In order of recording: the requests of a burst, then their responses, and so on. */
  readonly blocks: readonly Block[];
}

/** A segment as it goes over the wire. */
export interface RandomSegment extends Block {
  readonly frame: number;
}

type Body = { readonly kind: "none" | "length" | "chunked"; readonly size: number };

const body: fc.Arbitrary<Body> = fc.record({
  kind: fc.constantFrom<Body["kind"]>("none", "length", "chunked"),
  size: fc.integer({ min: 0, max: 60 }),
});

const exchangeShape = fc.record({
  method: fc.nat(),
  requestBody: body,
  responseBody: body,
  interimResponses: fc.constantFrom(0, 0, 0, 1, 2),
  padding: fc.integer({ min: 0, max: 40 }),
});

/**
 * Conversations of up to 30 exchanges. `burst`: most requests that are sent before their responses come; 1: the client
 * waits for every response.
 */
export function conversation(options: {
  readonly burst: number;
  readonly methods: readonly string[];
  readonly withInterim: boolean;
}): fc.Arbitrary<PlannedConversation> {
  const burst = fc.array(exchangeShape, { minLength: 1, maxLength: options.burst });
  return fc.array(burst, { minLength: 1, maxLength: Math.floor(30 / options.burst) }).map((bursts) => {
    const exchanges: PlannedExchange[] = [];
    const blocks: Block[] = [];
    for (const shapes of bursts) {
      const planned = shapes.map((shape, index) => {
        const method = options.methods[shape.method % options.methods.length] ?? "GET";
        const interimResponses = options.withInterim ? shape.interimResponses : 0;
        return plan({ ...shape, method, interimResponses }, exchanges.length + index);
      });
      exchanges.push(...planned);
      blocks.push({ side: 0, bytes: Buffer.concat(planned.map(({ request }) => request)) });
      blocks.push({ side: 1, bytes: Buffer.concat(planned.map(({ responses }) => responses)) });
    }
    return { exchanges, blocks };
  });
}

interface ExchangeShape {
  readonly method: string;
  readonly requestBody: Body;
  readonly responseBody: Body;
  readonly interimResponses: number;
  readonly padding: number;
}

function plan(shape: ExchangeShape, number: number): PlannedExchange {
  const padding = `X-Padding: ${"p".repeat(shape.padding)}\r\n`;
  const requestFields = padding + fieldsOf(shape.requestBody, false);
  const request = `${shape.method} /${number} HTTP/1.1\r\n${requestFields}\r\n${bytesOf(shape.requestBody)}`;
  const interim = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(shape.interimResponses);
  const finalHead = `HTTP/1.1 ${FIRST_STATUS + number} Some\r\n${padding}${fieldsOf(shape.responseBody, true)}\r\n`;
  const final = finalHead + (shape.method === "HEAD" ? "" : bytesOf(shape.responseBody));
  return {
    method: shape.method,
    request: Buffer.from(request),
    interimResponses: shape.interimResponses,
    responses: Buffer.from(interim + final),
    finalLength: final.length,
  };
}

/** A response without a body needs a length all the same, or it would run until close. */
function fieldsOf({ kind, size }: Body, isResponse: boolean): string {
  if (kind === "length") return `Content-Length: ${size}\r\n`;
  if (kind === "chunked") return "Transfer-Encoding: chunked\r\n";
  return isResponse ? "Content-Length: 0\r\n" : "";
}

function bytesOf({ kind, size }: Body): string {
  if (kind === "none") return "";
  if (kind === "length") return "b".repeat(size);
  const chunk = size === 0 ? "" : `${size.toString(16)};x=y\r\n${"c".repeat(size)}\r\n`;
  return `${chunk}0\r\nTrailer: t\r\n\r\n`;
}

/** Cuts blocks into segments of the given lengths, used over and over; every segment is a frame. */
export function segmentsOf(blocks: readonly Block[], lengths: readonly number[]): RandomSegment[] {
  const segments: RandomSegment[] = [];
  for (const { side, bytes } of blocks) {
    for (let at = 0; at < bytes.length; ) {
      const length = lengths[segments.length % lengths.length] ?? 1;
      segments.push({ side, bytes: bytes.subarray(at, at + length), frame: segments.length + 1 });
      at += length;
    }
  }
  return segments;
}

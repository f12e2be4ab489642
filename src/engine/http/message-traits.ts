/**
 * By what an exchange is known again behind a proxy, beside method, target and status: hashes of what a proxy mostly passes
 * on as it is. 0 = absent, or not known.
 */

/** First bytes of the request's body. */
export const REQUEST_BODY = 0;
/** First bytes of the response's body. */
export const RESPONSE_BODY = 1;
/** Length of the response's body. */
export const RESPONSE_LENGTH = 2;
/** ETag of the response, weak or not: who compresses an answer makes it weak. */
export const ETAG = 3;
/** X-Request-ID of the response. */
export const RESPONSE_ID = 4;
/** The first metric of Server-Timing: others may be added behind it. */
export const SERVER_TIMING = 5;
/** The first hop of Via, the one next to the origin. */
export const VIA = 6;
/** How many there are. */
export const TRAITS = 7;

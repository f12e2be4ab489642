/** What the Transfer-Encoding fields say of the last coding applied (RFC 9112 §6.1). */
export const NONE = 0;
export const CHUNKED = 1;
export const OTHER = 2;

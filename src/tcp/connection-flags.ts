/** Bits of `Field.FLAGS`: `ConnectionFlag` of connection.ts. */
export const IN_USE = 1;
/** Side 0 is the key's low endpoint. */
export const FIRST_IS_LOW = 2;
/** Some RST was seen. */
export const RESET = 4;
/** Some FIN was seen. */
export const FINISHING = 8;
/** The SYN of the connection was seen. */
export const SYN_SEEN = 32;
/** A SYN/ACK, or data or ACKs of both sides were seen: more than a knock on the door. */
export const ANSWERED = 64;

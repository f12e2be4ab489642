/** Which of a connection's round trips a sample is. */
/** SYN → SYN/ACK. */
export const HANDSHAKE = 0;
/** SYN/ACK → ACK. */
export const HANDSHAKE_REPLY = 1;
/** Data or FIN → the ACK that ends where it ends. */
export const DATA = 2;

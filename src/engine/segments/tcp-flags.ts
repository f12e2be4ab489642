/** TCP header flags (RFC 9293 §3.1), as in the 13th byte of the header: `TcpFlag` of segment.ts. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;
export const ECE = 0x40;
export const CWR = 0x80;

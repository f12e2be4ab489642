/**
 * Whether a recorder's count of dropped packets can be right. libpcap counts in 32 bits, and where the kernel's figures were
 * read out of order the difference went below zero (libpcap issue 994): 4,294,964,942 "dropped" beside 166 packets.
 */

/** From here on a 32-bit counter is one that went below zero; nobody drops two thousand million packets and goes on. */
const FIRST_WRAPPED = 2 ** 31;

/**
 * The count, or `null` where it can't be right.
 * @param received packets that the same counter saw, dropped ones included (pcap_stats(3PCAP)); `null`: not said
 */
export function credibleDrops(dropped: number, received: number | null): number | null {
  if (dropped >= FIRST_WRAPPED) return null;
  return received !== null && dropped > received ? null : dropped;
}

/** Two counts that are known, or `null`. */
export function sumOfDrops(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

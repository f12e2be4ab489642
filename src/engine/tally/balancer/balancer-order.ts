/**
 * Order by time; of two at the same time, the one that comes first in the list comes first. (AssemblyScript's `sort` leaves
 * equals in any order from 49 elements on.)
 */
export function inOrder(timeNs: f64, place: i32, otherTimeNs: f64, otherPlace: i32): i32 {
  if (timeNs < otherTimeNs) return -1;
  return timeNs > otherTimeNs ? 1 : place - otherPlace;
}

/** What WebAssembly exports: one follower per instance. Compiled by AssemblyScript only. */
import { FrameRows } from "./frame-rows.ts";
import { RowFollower } from "./follow-rows.ts";

const rows = new FrameRows();
const follower = new RowFollower();

export function reserveRows(capacity: i32): void { rows.reserveRows(capacity); }
export function reserveBytes(length: i32): void { rows.reserveBytes(length); }
export function bytesAt(): usize { return rows.bytes.dataStart; }
export function offsetAt(): usize { return rows.offset.dataStart; }
export function capturedLengthAt(): usize { return rows.capturedLength.dataStart; }
export function wireLengthAt(): usize { return rows.wireLength.dataStart; }
export function timeNsAt(): usize { return rows.timeNs.dataStart; }
export function linkTypeAt(): usize { return rows.linkType.dataStart; }
export function interfaceIndexAt(): usize { return rows.interfaceIndex.dataStart; }
export function begin(count: i32): void { rows.count = count; follower.findings.begin(rows.bytes); }
export function follow(first: i32): i32 { return follower.follow(rows, first); }
export function finish(): void { follower.finish(); }
export function valuesAt(): usize { return follower.findings.values.dataStart; }
export function valuesLength(): i32 { return follower.findings.length; }
export function copies(): i32 { return follower.findings.copies.length; }
export function copyAt(index: i32): usize { return follower.findings.copies[index].dataStart; }
export function copyLength(index: i32): i32 { return follower.findings.copies[index].length; }
export function frames(): i32 { return follower.frames; }
export function segments(): i32 { return follower.segments; }

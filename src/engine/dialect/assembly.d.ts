/**
 * Names of AssemblyScript (https://www.assemblyscript.org) that the hot path uses beside TypeScript's: it is compiled
 * twice, to WebAssembly for the product and as plain TypeScript for tests.
 */

/** A signed integer of 32 bits. In plain TypeScript nothing keeps it within its range: results are brought back by `| 0`. */
declare type i32 = number;
/** An unsigned integer of 32 bits; results are brought back by `>>> 0`. */
declare type u32 = number;
/** A double. */
declare type f64 = number;
/** Types of memory cells, and the integer that addresses them. */
declare type u8 = number;
declare type u16 = number;
declare type u64 = number;
declare type usize = number;
/** 0 in plain TypeScript, 1 in WebAssembly. */
declare const ASC_TARGET: i32;
/** What lies at an address: WebAssembly only. */
declare function load<T>(address: usize): T;
/** Puts something at an address: WebAssembly only. */
declare function store<T>(address: usize, value: T): void;
/** The same bits as another type: WebAssembly only. */
declare function reinterpret<T>(value: number): T;
/** What lies at an address is an object of this class: WebAssembly only. */
declare function changetype<T>(address: usize): T;
/** Where a new object lies, by its size and the number of its class; what is in it is not set: WebAssembly only. */
declare function __new(size: usize, id: i32): usize;
/** The number of a class: WebAssembly only. */
declare function idof<T>(): i32;
/** The number with its bytes in the other order: WebAssembly only. */
declare function bswap<T>(value: T): T;
/** Bytes copied from one address to another: WebAssembly only. */
declare const memory: { copy(to: usize, from: usize, length: usize): void };
/** Where views and arrays lie in memory: WebAssembly only. */
interface DataView {
  readonly dataStart: usize;
}
interface Uint8Array {
  readonly dataStart: usize;
}
interface Uint8ArrayConstructor {
  /** A view of a whole buffer: WebAssembly only. */
  wrap(buffer: ArrayBuffer): Uint8Array;
}
interface Int32Array {
  readonly dataStart: usize;
}
interface Int32ArrayConstructor {
  wrap(buffer: ArrayBuffer): Int32Array;
}
interface Uint16Array {
  readonly dataStart: usize;
}
interface Uint32Array {
  readonly dataStart: usize;
}
interface Float64Array {
  readonly dataStart: usize;
}
interface Float64ArrayConstructor {
  wrap(buffer: ArrayBuffer): Float64Array;
}

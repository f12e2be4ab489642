/** Places for connections: strangers' and readers', and no address has all of either. */
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { addressGroup, ConnectionPlaces } from "../../../src/monitor/server/connection-places.ts";

const LIMITS = { strangers: 4, strangersOfAddress: 2, readers: 4, readersOfAddress: 2, strangerMs: 1000 };

/** A socket as far as places know one. */
function socketOf(remoteAddress: string): Socket & { readonly destroyed: boolean } {
  const socket = Object.assign(new EventEmitter(), {
    remoteAddress,
    destroyed: false,
    destroy() {
      socket.destroyed = true;
      socket.emit("close");
    },
  });
  return socket as unknown as Socket;
}

/** New connections of addresses, in this order. */
function enter(places: ConnectionPlaces, ...addresses: string[]): Socket[] {
  return addresses.map((address) => {
    const socket = socketOf(address);
    places.enter(socket);
    return socket;
  });
}

const ended = (sockets: readonly Socket[]) => sockets.map(({ destroyed }) => destroyed);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("strangers", () => {
  test("make room for the next: the oldest of the same address, else the oldest of all", () => {
    const places = new ConnectionPlaces(LIMITS);
    const sockets = enter(places, "a", "b", "b", "b", "c", "d");
    expect(ended(sockets)).toEqual([true, true, false, false, false, false]);
  });

  test("have to go in time, readers have not", () => {
    const places = new ConnectionPlaces(LIMITS);
    const [stranger, reader] = enter(places, "a", "a");
    if (stranger === undefined || reader === undefined) throw new Error("no sockets");
    expect(places.admit(reader)).not.toBeNull();
    vi.advanceTimersByTime(1000);
    expect(ended([stranger, reader])).toEqual([true, false]);
  });
});

describe("readers", () => {
  test("are not touched by strangers, and have places per address", () => {
    const places = new ConnectionPlaces(LIMITS);
    const readers = enter(places, "a", "a");
    for (const reader of readers) expect(places.admit(reader)).not.toBeNull();
    const [third] = enter(places, "a");
    const others = enter(places, "a", "b", "b", "c", "c", "d", "d");
    expect(ended(readers)).toEqual([false, false]);
    if (third !== undefined) expect(places.admit(third)).toBeNull();
    const [last] = others.slice(-1);
    if (last !== undefined) expect(places.admit(last)).not.toBeNull();
  });

  test("that only wait make room, the one that has waited longest first", () => {
    const places = new ConnectionPlaces(LIMITS);
    const [first, second, third] = enter(places, "a", "a").concat(enter(places, "b"));
    if (first === undefined || second === undefined || third === undefined) throw new Error("no sockets");
    places.admit(first)?.();
    const leave = places.admit(second);
    places.admit(first)?.();
    leave?.();
    const [fourth] = enter(places, "a");
    if (fourth !== undefined) expect(places.admit(fourth)).not.toBeNull();
    expect(ended([first, second, third])).toEqual([false, true, false]);
  });
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
])("%s counts as %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});

/** Connections with a RST that was taken and has not come into force yet, oldest first. */
import type { Connection } from "./connection.ts";

/** Places that were given back are cut off when there are so many. */
const MAX_BEHIND: i32 = 1024;

export class PendingResets {
  private readonly connections: Connection[] = [];
  /** Number of the reset, and until when it waits. */
  private readonly numbers: f64[] = [];
  private readonly dueNs: f64[] = [];
  private first: i32 = 0;
  private added: f64 = 0;

  add(connection: Connection, dueNs: f64): void {
    this.added++;
    connection.resetNumber = this.added;
    this.connections.push(connection);
    this.numbers.push(this.added);
    this.dueNs.push(dueNs);
  }

  /** The next connection whose time has come by `timeNs`; `null`: none. */
  due(timeNs: f64): Connection | null {
    while (this.first < this.dueNs.length && (this.dueNs[this.first] as f64) < timeNs) {
      const connection = this.connections[this.first] as Connection;
      // It may have been taken back, or its connection may be gone.
      const isStill = connection.resetNumber === (this.numbers[this.first] as f64);
      this.first++;
      if (this.first >= MAX_BEHIND) this.cut();
      if (isStill) return connection;
    }
    return null;
  }

  private cut(): void {
    this.connections.splice(0, this.first);
    this.numbers.splice(0, this.first);
    this.dueNs.splice(0, this.first);
    this.first = 0;
  }
}

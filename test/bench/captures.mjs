/** The captures that programs are raced on: the testbed's, repeated, so that anybody can make them again. */
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { keptConnections, manyClients, neverAnswered } from "./kept-connections.mjs";
import { repeatCapture } from "./repeated-capture.mjs";

const fixtures = (path) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const fixture = (name) => fixtures(`captures/${name}.pcapng.gz`);
/** Short connections: 11 packets per request, on both sides of the balancer. */
const SHORT = fixture("round-robin-1");
/** Responses of some 60 kB, with losses. */
const LARGE_RESPONSES = fixture("loss-big-to2-from2");
/** HTTP/2 in TLS 1.3 on both sides of the balancer; its sessions come again with each repetition, and so one log opens them all. */
const ENCRYPTED = fixtures("protocols/http2-tls.pcapng.gz");
export const TLS_KEYS = fixtures("protocols/http2-tls.keys");
export const TLS = "TLS 1.3";
export const MILLION = "1,000,000 clients";

/**
 * Each with its maker, which returns the number of packets. `--large` adds the last one.
 * @type {Record<string, (folder: string) => Promise<{ file: string, packets: number }>>}
 */
export const CAPTURES = {
  small: (folder) => repeated(folder, "small", SHORT, 1),
  medium: (folder) => repeated(folder, "medium", SHORT, 50),
  [TLS]: (folder) => repeated(folder, "tls", ENCRYPTED, 1600),
  gzipped: async (folder) => {
    const { file, packets } = await repeated(folder, "to-gzip", SHORT, 50);
    await pipeline(createReadStream(file), createGzip(), createWriteStream(`${file}.gz`));
    rmSync(file);
    return { file: `${file}.gz`, packets };
  },
  "large responses": (folder) => repeated(folder, "responses", LARGE_RESPONSES, 40),
  "500,000 connections": async (folder) => {
    const made = await repeated(folder, "connections", SHORT, 250, true);
    if (made.connections !== 500_000) throw new Error(`${made.connections} connections are not 500,000`);
    return made;
  },
  "both directions": (folder) => keptConnections(join(folder, "both.pcap"), 300, 1000, 2),
  "one direction": (folder) => keptConnections(join(folder, "one.pcap"), 300, 1000, 1),
  "never answered": (folder) => neverAnswered(join(folder, "never.pcap"), 100_000),
  "200,000 clients": (folder) => manyClients(join(folder, "some-clients.pcap"), 200_000),
  [MILLION]: (folder) => manyClients(join(folder, "many-clients.pcap"), 1_000_000),
  large: (folder) => repeated(folder, "large", SHORT, 400),
};

async function repeated(folder, name, source, times, isSpread = false) {
  const file = join(folder, `${name}.pcap`);
  return { file, ...(await repeatCapture(source, file, times, isSpread)) };
}

// One recorded run against its truth: losses of each direction, and which backend answered whom.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { tsharkCounts } from "./other-tools.mjs";

const HOSTS = { lb: "103", fa: "109", fb: "113", fc: "110" };
const BACKENDS = ["fa", "fb", "fc"];
const WAYS = { to_backend: "toBackend", from_backend: "fromBackend" };

/**
 * The runs in a folder, in order: those of `lbqos lab run` (truth.json beside a capture), and captures with a truth of their own
 * name (NAME.truth.json).
 */
export function runsIn(folder) {
  const names = readdirSync(folder, { recursive: true }).filter(
    (name) => /(^|[/.])truth\.json$/.test(name) && !name.includes(".unfinished"),
  );
  return names.sort().flatMap((name) => {
    const own = join(folder, dirname(name));
    const stem = basename(name).replace(/\.?truth\.json$/, "");
    // The backends' taps lie beside it, as STEM.BACKEND.pcapng.
    const capture = readdirSync(own).find((one) => {
      const [, name = null] = /^([^.]+)\.pcapng(\.gz)?$/.exec(one) ?? [];
      return name !== null && (stem === "" || name === stem);
    });
    if (capture === undefined) return [];
    const read = (file) => (existsSync(join(own, file)) ? readFileSync(join(own, file), "utf8") : null);
    const facts = stem === "" ? JSON.parse(read("run.json") ?? "null") : null;
    return [
      {
        name: stem === "" ? dirname(name) : stem,
        capture: join(own, capture),
        truth: JSON.parse(read(basename(name))),
        log:
          stem === ""
            ? (read("nginx.jsonl")
                ?.trim()
                .split("\n")
                .map((line) => JSON.parse(line)) ?? [])
            : [],
        settings: facts?.settings ?? null,
        dropped: facts?.droppedBySwitch ?? null,
      },
    ];
  });
}

/** The group of a run by what is unusual about it. */
function groupOf(settings) {
  if (settings === null) return "plain IPv4";
  const { offload, ipv6, timestamps, sack, impairments } = settings;
  if (offload) return "segmentation offload";
  if (ipv6) return "IPv6";
  if (!timestamps && !sack) return "neither timestamps nor SACK";
  if (!timestamps) return "no timestamps";
  if (!sack) return "no SACK";
  if (impairments.some(({ bitsPerSecond }) => bitsPerSecond !== null)) return "queue drops";
  const disorder = ["delayMs", "jitterMs", "reorderMs", "burstPercent", "duplicatePercent"];
  if (impairments.some((one) => disorder.some((fault) => one[fault] > 0)))
    return "delay, reordering, bursts, copies";
  return "plain IPv4";
}

/**
 * @param analyze of the lbqos that is measured
 * @returns the run's directions, and how its requests were matched
 */
export async function measureRun(run, analyze) {
  const ipv6 = run.settings?.ipv6 === true;
  const addressOf = (host) => (ipv6 ? `fd00::56:${HOSTS[host]}` : `192.168.56.${HOSTS[host]}`);
  const rows = new Map();
  const balancer = addressOf("lb");
  const [metrics, tshark] = await Promise.all([
    analyze(run.capture, {
      balancer,
      backends: BACKENDS.map((name) => ({ name, address: addressOf(name) })),
      onBalancedExchange: (row) => rows.set(`${row.client} ${row.exchange}`, row),
    }),
    tsharkCounts(run.capture),
  ]);
  const directions = BACKENDS.flatMap((backend) => {
    const transport = metrics.pairs.find(({ name }) => name === backend)?.transport;
    return Object.entries(WAYS).map(([way, field]) => {
      const ours = transport?.[field];
      const ends = [balancer, addressOf(backend)];
      const direction = (way === "to_backend" ? ends : ends.toReversed()).join(">");
      return {
        run: run.name,
        group: groupOf(run.settings),
        backend,
        way,
        direction,
        sent: run.truth[backend][way].sent_seq,
        lost: run.truth[backend][way].lost_seq,
        lostAcks: run.truth[backend][way].lost - run.truth[backend][way].lost_seq,
        acksBefore: ours?.lostAcksBeforeTap ?? null,
        unexplained: run.truth[backend][way].unexplained ?? 0,
        isCounted: isCounted(run, backend, way),
        beyond: ours?.lostBeyondTap ?? 0,
        before: ours?.lostBeforeTap ?? 0,
        atLeast: ours?.lostAtLeast ?? 0,
        atMost: ours?.lostAtMost ?? 0,
        tshark: tshark && {
          retransmissions: tshark.retransmissions.get(direction) ?? 0,
          lostSegments: tshark.lostSegments.get(direction) ?? 0,
        },
      };
    });
  });
  return { directions, matching: matchingOf(run, rows) };
}

/**
 * Whether the truth is what the switch itself counted; `null` where it can't be told: its counters know random losses only, and what
 * was lost within the last moments was perhaps not recorded.
 */
function isCounted({ settings, dropped, truth }, backend, way) {
  if (dropped === null) return null;
  const direction = way.replace("_backend", "");
  const fault = settings.impairments.find((one) => one.backend === backend && one.direction === direction);
  if (fault === undefined || fault.burstPercent > 0 || fault.bitsPerSecond !== null) return null;
  return truth[backend][way].lost === (dropped[`${direction}-${backend}`] ?? 0);
}

/** Each of nginx's lines beside what lbqos says of that exchange: right if the last backend asked is the same. */
function matchingOf({ log, settings, name }, rows) {
  const sums = {
    run: name,
    group: balancerOf(settings),
    requests: 0,
    right: 0,
    marked: 0,
    markedRight: 0,
    wrongUnmarked: 0,
  };
  for (const { client, connectionRequests, upstreamAddress } of log) {
    if (!upstreamAddress.includes(":")) continue;
    const port = client.lastIndexOf(":");
    const host = client.slice(0, port);
    const endpoint = host.includes(":") ? `[${host}]${client.slice(port)}` : client;
    const row = rows.get(`${endpoint} ${connectionRequests}`);
    const isRight =
      row !== undefined && row.attempts.at(-1)?.server === upstreamAddress.split(/, | : /).at(-1);
    const isMarked = row?.uncertain === true;
    sums.requests += 1;
    sums.right += isRight ? 1 : 0;
    sums.marked += isMarked ? 1 : 0;
    sums.markedRight += isRight && isMarked ? 1 : 0;
    sums.wrongUnmarked += isRight || isMarked ? 0 : 1;
  }
  return sums;
}

function balancerOf(settings) {
  const workers = settings?.workers ?? 1;
  const kept = settings?.keepAlive ? "kept connections" : "new connections";
  return `${workers === 1 ? "1 worker" : `${workers} workers`}, ${kept}`;
}

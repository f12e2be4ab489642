/**
 * How far the queue and Prometheus carry, from what one of each was measured to use:
 *
 *   node scripts/simulate-scale.mjs
 *
 * prints the tables of docs/scale.md. The queue is simulated event by event: `compare` hashes captures one after the other and takes results
 * in between, Redis does one thing at a time, workers have a processor each, and the file server sends so many bytes a second. Times of
 * analyses vary as a log-normal does (σ 0.3); the numbers come from a seed, so the tables are always the same.
 */

/** Measured: `node test/bench/queue.mjs`, 40 and 200 captures of 22,000 packets, seconds of a processor per capture. */
const CAPTURE_BYTES = 507_000;
const ANALYSIS_SECONDS = 0.047;
const COMPARE_SECONDS = 0.0049;
const REDIS_SECONDS = 0.001;
/** SHA-256 of Node.js here, bytes per second of a processor: the part of COMPARE_SECONDS that grows with a capture. */
const HASH_BYTES_PER_SECOND = 1.3e9;
/** Measured: `node test/bench/prometheus-many.mjs`. */
const SERIES_PER_BALANCER = 552 + 72;
const SECONDS_PER_SAMPLE = 2.1e-6;
const BYTES_PER_SERIES = 4.6 * 1024;
const SCRAPE_SECONDS = 15;

const MAX_UNDER_WAY = 1_000;
const SIGMA = 0.3;

/** A number between 0 and 1 from a seed: mulberry32. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What will happen, by the time at which it does: a binary heap. */
class Agenda {
  now = 0;
  #events = [];

  after(seconds, happen) {
    const events = this.#events;
    let at = events.push({ time: this.now + seconds, happen }) - 1;
    for (let up = (at - 1) >> 1; at > 0 && events[up].time > events[at].time; at = up, up = (at - 1) >> 1)
      [events[at], events[up]] = [events[up], events[at]];
  }

  run() {
    const events = this.#events;
    while (events.length > 0) {
      const [first] = events;
      const last = events.pop();
      if (events.length > 0) {
        events[0] = last;
        for (let at = 0; ; ) {
          const [left, right] = [2 * at + 1, 2 * at + 2];
          let least = at;
          if (left < events.length && events[left].time < events[least].time) least = left;
          if (right < events.length && events[right].time < events[least].time) least = right;
          if (least === at) break;
          [events[at], events[least]] = [events[least], events[at]];
          at = least;
        }
      }
      this.now = first.time;
      first.happen();
    }
  }
}

/** Some places that do a thing each, and a line before them. */
class Station {
  busySeconds = 0;
  #agenda;
  #free;
  #line = [];

  constructor(agenda, places = 1) {
    this.#agenda = agenda;
    this.#free = places;
  }

  /** @param work is given what to call when it is over, and is asked to begin when a place is free */
  enter(work) {
    this.#line.push(work);
    this.#next();
  }

  /** Takes a place for so long. */
  use(seconds, then) {
    this.enter((leave) =>
      this.#agenda.after(seconds, () => {
        leave();
        then();
      }),
    );
  }

  #next() {
    if (this.#free === 0 || this.#line.length === 0) return;
    this.#free--;
    const begun = this.#agenda.now;
    this.#line.shift()(() => {
      this.busySeconds += this.#agenda.now - begun;
      this.#free++;
      this.#next();
    });
  }
}

/**
 * @param size how many times a capture is as large as the measured ones
 * @returns captures per second, and what of the time each station was busy, 0 to 1: `compare` and workers also while they wait for a file
 */
function simulate(workers, size, fileServerBytesPerSecond) {
  const next = random(workers * 1000 + size);
  const agenda = new Agenda();
  const [compare, redis, files] = [new Station(agenda), new Station(agenda), new Station(agenda)];
  const working = new Station(agenda, workers);
  const captures = Math.max(400, 20 * workers);
  const read = (CAPTURE_BYTES * size) / fileServerBytesPerSecond;
  const hash = (CAPTURE_BYTES * (size - 1)) / HASH_BYTES_PER_SECOND;
  let left = captures;
  let underWay = 0;

  const begin = () => {
    if (left === 0 || underWay === MAX_UNDER_WAY) return;
    left--;
    underWay++;
    compare.enter((leave) =>
      files.use(read, () =>
        agenda.after(COMPARE_SECONDS + hash, () => {
          leave();
          redis.use(REDIS_SECONDS / 2, analyze);
          begin();
        }),
      ),
    );
  };
  const analyze = () =>
    working.enter((leave) =>
      files.use(read, () =>
        agenda.after(analysisSeconds(size, next), () => {
          leave();
          redis.use(REDIS_SECONDS / 2, () => {
            if (underWay-- === MAX_UNDER_WAY) begin();
          });
        }),
      ),
    );
  begin();
  agenda.run();
  const share = (station, places = 1) => station.busySeconds / places / agenda.now;
  return {
    capturesPerSecond: captures / agenda.now,
    busy: {
      workers: share(working, workers),
      compare: share(compare),
      Redis: share(redis),
      "file server": share(files),
    },
  };
}

/** Log-normal around the measured mean; its normal distribution is Box and Muller's. */
function analysisSeconds(size, next) {
  const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return ANALYSIS_SECONDS * size * Math.exp(SIGMA * normal - (SIGMA * SIGMA) / 2);
}

const percent = (share) => `${Math.round(100 * share)} %`;
const GIGABIT = 125e6;

const lines = [
  "| workers | packets per capture | file server | captures/s | packets/s | workers busy | compare | Redis | file server | first limit |",
  "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |",
];
for (const [size, gigabits] of [
  [1, 10],
  [100, 1],
  [100, 10],
  [100, 100],
]) {
  for (const workers of [10, 100, 1000]) {
    const { capturesPerSecond, busy } = simulate(workers, size, gigabits * GIGABIT);
    // Whoever waits for the file server is busy, too.
    const [limit] =
      busy["file server"] > 0.9 ? ["file server"] : Object.entries(busy).sort(([, a], [, b]) => b - a)[0];
    const rate = capturesPerSecond.toPrecision(3);
    const packets = `${((capturesPerSecond * 22_000 * size) / 1e6).toPrecision(3)} M`;
    lines.push(
      `| ${workers} | ${(22_000 * size).toLocaleString("en")} | ${gigabits} Gbit/s | ${rate} | ${packets} | ${Object.values(busy).map(percent).join(" | ")} | ${limit} |`,
    );
  }
}
lines.push("", "| balancers | series | samples/s | processor | memory |", "| --: | --: | --: | --: | --: |");
for (const balancers of [10, 100, 1000]) {
  const series = balancers * SERIES_PER_BALANCER;
  const samples = series / SCRAPE_SECONDS;
  lines.push(
    `| ${balancers} | ${series.toLocaleString("en")} | ${Math.round(samples).toLocaleString("en")} | ${(100 * samples * SECONDS_PER_SAMPLE).toPrecision(2)} % of one | ${Math.round((series * BYTES_PER_SERIES) / 1e6).toLocaleString("en")} MB |`,
  );
}
console.log(lines.join("\n"));

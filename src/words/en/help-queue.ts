/** `lbqos worker --help`, and what compare has for the queue. */
export const helpQueue = {
  queue: "have workers analyze: redis://HOST:6379, or rediss:// for TLS",
  root: "the folder that workers see as their --root (default: this folder)",
  store: "a folder shared with the workers, for large results",
  part: "only analyze the Kth of N shares, K/N, and keep the results",
  worker: {
    queue: "the queue: redis://HOST:6379, or rediss:// for TLS",
    root: "open captures below this folder only (default: this folder)",
    store: "a folder shared by all, for large results, each kept by its content",
    concurrency: "captures at the same time (default: one per processor)",
    http: "serve metrics for Prometheus at [ADDRESS:]PORT (default: not at all)",
    after: `Takes jobs of the queue until it is ended (Ctrl-C: after those under way). The queue is
Redis 6.2 or later, or Valkey, and the npm packages bullmq and ioredis. Every machine
needs the same lbqos, and the captures at the same place below its --root: nothing
else is ever opened, and a job can't name a command. A worker that dies loses nothing:
others do its jobs. LBQOS_QUEUE_PASSWORD holds a password that should not stand in the
list of processes.`,
    exitStatus: "0 ended by a signal, 1 the queue can't be reached, 2 wrong usage.",
    examples: {
      start: "on each machine that sees the captures",
      compare: "and the comparison, from any machine that sees them",
    },
  },
};

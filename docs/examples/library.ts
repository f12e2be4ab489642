/** Which server of a capture is slowest, and its slowest requests by frame number, to look up in Wireshark. */
import { analyze, type ExchangeRow, Failure } from "lbqos";

const SHOWN = 3;

const [capture = "fixtures/captures/round-robin-1.pcapng.gz"] = process.argv.slice(2);
const exchanges: ExchangeRow[] = [];

try {
  const run = await analyze(capture, {
    balancer: "192.168.56.103",
    backends: [
      { name: "Flask A", address: "192.168.56.109" },
      { name: "Flask B", address: "192.168.56.113" },
      { name: "Flask C", address: "192.168.56.110" },
    ],
    onExchange: (exchange) => exchanges.push(exchange),
  });

  // What was not measured is null, so a server without answers can't look fast.
  const slowest = run.pairs
    .map(({ name, http }) => ({ name, p95: http.timeToFirstByteMs.p95 }))
    .filter((pair): pair is { name: string; p95: number } => pair.p95 !== null)
    .sort((a, b) => b.p95 - a.p95)[0];
  if (slowest === undefined) {
    console.log(`${capture}: no request was answered`);
  } else {
    console.log(`${slowest.name} is slowest: 95 % of its answers began within ${slowest.p95.toFixed(3)} ms`);
    const requests = exchanges
      .filter(({ pair }) => pair === slowest.name)
      .sort((a, b) => (b.timeToFirstByteMs ?? 0) - (a.timeToFirstByteMs ?? 0));
    for (const { method, target, timeToFirstByteMs, requestFrame } of requests.slice(0, SHOWN))
      console.log(`  ${method} ${target}: ${timeToFirstByteMs?.toFixed(3)} ms, frame ${requestFrame}`);
  }
  for (const { message, advice } of run.warnings) console.error(`${message}; ${advice}`);
} catch (error) {
  // A Failure is meant for the user, in one line. Anything else is a bug.
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error.status;
}

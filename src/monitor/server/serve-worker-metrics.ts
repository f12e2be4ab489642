/** What a worker of the queue has done, for Prometheus. */
import { createServer } from "node:http";
import type { WorkerCounts } from "../../study/queue/queue-worker.ts";
import { workerRegistry } from "../prometheus/worker-metrics.ts";
import { listen } from "./listen.ts";

/**
 * Serves `/metrics` until the function that it returns is called.
 * @throws Failure where the address can't be had
 */
export async function serveWorkerMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  counts: Readonly<WorkerCounts>,
): Promise<() => Promise<void>> {
  const registry = workerRegistry(counts);
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": registry.contentType }).end(await registry.metrics());
  });
  await listen(server, host, port);
  return async () => {
    server.closeAllConnections();
    server.close();
  };
}

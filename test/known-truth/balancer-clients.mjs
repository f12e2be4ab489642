/**
 * The clients of the balancer testbed: node balancer-clients.mjs BALANCER CLIENTS, the latter a JSON array of
 * { from, keepAlive, targets, gapMs, method?, headers?, giveUpMs?, body? }. Each client sends its requests one after the other, all
 * clients at once; ends when every answer is there.
 */
import { Agent, request } from "node:http";

const [host, plan] = process.argv.slice(2);

function ask(client, agent, path) {
  return new Promise((resolve) => {
    const asked = request(
      {
        host,
        path,
        agent,
        localAddress: client.from,
        method: client.method ?? "GET",
        headers: client.headers ?? {},
      },
      (response) => {
        response.resume();
        response.on("close", resolve);
      },
    );
    if (client.giveUpMs !== undefined) setTimeout(() => asked.destroy(), client.giveUpMs);
    asked.on("error", resolve);
    asked.end(client.body);
  });
}

await Promise.all(
  JSON.parse(plan).map(async (client) => {
    const agent = new Agent({ keepAlive: client.keepAlive, maxSockets: 1 });
    for (const target of client.targets) {
      await ask(client, agent, target);
      if (client.gapMs > 0) await new Promise((resolve) => setTimeout(resolve, client.gapMs));
    }
    agent.destroy();
  }),
);

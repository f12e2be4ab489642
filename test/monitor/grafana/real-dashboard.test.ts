/** Every query of the dashboard, asked of a real Prometheus that scrapes a real `lbqos live`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { alertRulesYaml } from "../../../src/monitor/grafana/alert-rules.ts";
import { workingFolder } from "../../cli/lbqos-command.ts";
import { capturePath } from "../../known-truth/captures.ts";
import { needs } from "../../real-part.ts";
import { RealPrometheus, until } from "../prometheus/real-prometheus.ts";
import { filledIn, panelQueries, SHIPPED } from "./dashboard-queries.ts";
import { type LiveReplay, startReplay } from "./live-replay.ts";

const OUTAGES = fileURLToPath(new URL("../../../fixtures/outages/outages.pcapng.gz", import.meta.url));
/**
 * What has to be empty here: a replay has no recorder that could drop frames, and there is no doubt about this capture.
 * `scraped.test.ts` fills both.
 */
const EMPTY = ["Frames missed per second, A", "Doubts about the data, A"];
/** When each server really went away. */
const TRUTH: Record<string, { fromUnixSeconds: string }> = JSON.parse(
  readFileSync(new URL("../../../fixtures/outages/outages.truth.json", import.meta.url), "utf8"),
);
/** What the dashboard's queries say of a state. */
const UP = 4;
const DOWN = 1;
/** Longest wait for a value, on a machine that is much slower than this one. */
const PATIENCE_MS = 120_000;

interface Watched {
  live: LiveReplay;
  prometheus: RealPrometheus;
}

async function watch(capture: string, speed: number): Promise<Watched> {
  const live = await startReplay(capture, speed, workingFolder());
  return { live, prometheus: await RealPrometheus.start(live.address) };
}

async function unwatch({ live, prometheus }: Watched): Promise<void> {
  await prometheus.stop();
  await live.stop();
}

needs("prometheus")("with lbqos live under way", () => {
  let watched: Watched;
  beforeAll(async () => {
    // Two thousand requests of a second, spread over half a minute.
    watched = await watch(capturePath("round-robin-1.pcapng.gz"), 1 / 30);
  }, PATIENCE_MS);
  afterAll(() => unwatch(watched));

  test.each(panelQueries())(
    "panel $place",
    async ({ place, expr }) => {
      const numbers = async () => {
        const series = await watched.prometheus.query(expr);
        const finite = series.filter(({ value }) => Number.isFinite(value));
        return finite.length > 0 ? finite : null;
      };
      if (EMPTY.includes(place)) expect(await numbers()).toBeNull();
      else expect(await until(numbers)).not.toBeNull();
    },
    PATIENCE_MS,
  );

  test("every choice of the reader has values", async () => {
    const found = async (name: string) => {
      const query = SHIPPED.templating.list.find((variable) => variable.name === name)?.query ?? "";
      const [, match = "", label = ""] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
      return watched.prometheus.labelValues(label, filledIn(match));
    };
    expect(await found("balancer")).toEqual(["192.168.56.103"]);
    expect(await found("backend")).toEqual(["Flask A", "Flask B", "Flask C"]);
    // No --method was given.
    expect(await found("method")).toEqual([]);
  });

  test(
    "requests by server are a third each, and together those of all servers",
    async () => {
      const { prometheus } = watched;
      const counts = async () => {
        const each = await prometheus.query("lbqos_requests_total");
        return each.every(({ value }) => value > 100) ? each : null;
      };
      const requests = (await until(counts)).map(({ value }) => value);
      expect(requests).toHaveLength(3);
      // Round-robin: at every moment they differ by one at most.
      expect(Math.max(...requests) - Math.min(...requests)).toBeLessThanOrEqual(1);
    },
    PATIENCE_MS,
  );

  test(
    "Prometheus evaluates every alert rule without an error",
    async () => {
      const rules = await until(async () => {
        const now = await watched.prometheus.rules();
        return now.some(({ health }) => health === "unknown") ? null : now;
      });
      const all = (parse(alertRulesYaml()) as { groups: { rules: unknown[] }[] }).groups.flatMap(
        (group) => group.rules,
      );
      expect(rules).toHaveLength(all.length);
      expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
    },
    PATIENCE_MS,
  );
});

needs("prometheus")("with servers that go away and return", () => {
  let watched: Watched;
  beforeAll(async () => {
    // Prometheus takes up to five seconds to its first scrape; the first outage lasts from second 6 to 14 of this.
    watched = await watch(OUTAGES, 1.25);
  }, PATIENCE_MS);
  afterAll(() => unwatch(watched));

  describe.each(Object.entries(TRUTH))("%s", (backend, { fromUnixSeconds }) => {
    test(
      "is shown DOWN for a time, then UP",
      async () => {
        const panel = panelQueries().find(({ panel: title }) => title === "State of each server");
        const story = await until(async () => {
          const bands = await watched.prometheus.queryRange(panel?.expr ?? "", PATIENCE_MS / 1000);
          const values = bands.find(({ labels }) => labels["backend"] === backend)?.values ?? [];
          const changes = values.filter((value, index) => value !== values[index - 1]);
          return changes.includes(DOWN) && changes.at(-1) === UP ? changes : null;
        });
        expect(story.slice(-2)).toEqual([DOWN, UP]);
      },
      PATIENCE_MS,
    );

    test("has the time at which it really went away, within 5 s", async () => {
      const change = `lbqos_backend_state_change_timestamp_seconds{backend="${backend}"}`;
      const whileDown = `${change} and on (backend) lbqos_backend_up{backend="${backend}"} == 0`;
      const [since] = await watched.prometheus.query(`max_over_time((${whileDown})[5m:500ms])`);
      const late = (since?.value ?? Number.NaN) - Number(fromUnixSeconds);
      expect(late).toBeGreaterThan(0);
      expect(late).toBeLessThan(5);
    });
  });

  test("the alert was on its way for each of them", async () => {
    const alerts = 'count by (backend) (last_over_time(ALERTS{alertname="LbqosBackendDown"}[5m]))';
    const seen = (await watched.prometheus.query(alerts)).map(({ labels }) => labels["backend"]).sort();
    expect(seen).toEqual(["Flask A", "Flask B", "Flask C"]);
  });
});

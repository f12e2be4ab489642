import { STUDY_HOSTS } from "../../src/lab/lab-hosts.ts";
import type { StudySettings } from "../../src/lab/study-plan.ts";

/** The study's own settings. */
export const STUDY_SETTINGS: StudySettings = {
  requests: 1000,
  requestsPerSecond: 1000,
  requestsPerConnection: 1,
  uri: "/",
  generator: "httperf",
  connections: 10,
  bodyBytes: 0,
  clients: 1,
  keepAlive: false,
  workers: 1,
  ...STUDY_HOSTS,
  weights: [1, 1, 1],
  impairments: [],
  events: [],
  taps: false,
};

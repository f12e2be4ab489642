/** Where the thresholds of the built-in profiles come from: in JSON and CSV, too. */
export const profileSources = {
  tiphon: "TIPHON (ETSI TR 101 329, 1999) as quoted by QoS papers, throughput in percent of the bandwidth",
  "tiphon-kbps": "TIPHON (ETSI TR 101 329, 1999) as quoted by QoS papers, throughput in kbps",
};

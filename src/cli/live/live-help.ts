/** What the help of `lbqos live` says below its options. */
import type { HelpTexts } from "../../words/help-texts.ts";
import { helpEnd } from "../help-text.ts";

export function liveHelp(words: HelpTexts["live"]): string {
  return helpEnd({
    text: words.after,
    exitStatus: words.exitStatus,
    examples: [
      [words.examples.replay, `lbqos live --replay fixtures/captures/round-robin-1.pcapng.gz --speed 20`],
      [
        words.examples.testbed,
        `sudo lbqos live --interface eth0 --balancer 192.168.56.103 \\
      --backend "Flask A=192.168.56.109" --backend "Flask B=192.168.56.113" \\
      --write run.pcapng --http 127.0.0.1:8080 --duration 60s`,
      ],
      [
        words.examples.experiment,
        `sudo lbqos live --interface eth0 --experiment experiment.yaml \\
      --method least-connection --run 3 --requests 1000`,
      ],
      [words.examples.rotated, `sudo lbqos live --interface any --write day.pcapng.gz --rotate-time 5m`],
      [words.examples.command, `lbqos live --command "ssh balancer tcpdump -U -w - -i eth0 tcp"`],
      [
        words.examples.peer,
        `sudo lbqos live --interface eth0 --capture-filter "host 192.168.56.109" \\
      --peer-command "ssh flask-a tcpdump -U -w - -i eth0 host 192.168.56.103"`,
      ],
      [words.examples.json, `lbqos live --replay fixtures/captures/ip-hash-1.pcapng.gz --speed max --json`],
    ],
  });
}

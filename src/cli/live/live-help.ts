/** What the help of `lbqos live` says below its options. */
export const LIVE_HELP = `
Ctrl-C (or kill) ends the capture in order: what the engine still holds is recorded
and analyzed, then the same report as "lbqos analyze" is printed. A second Ctrl-C
ends at once; the recording is whole all the same, as far as it was written.

Engines: dumpcap (of wireshark-common) and tcpdump record with the kernel's
timestamps; cap (the optional package) stamps frames when this process gets to see
them, so its jitter and its shortest times are those of the process. Capturing wants
root, or for dumpcap membership of the group wireshark. dumpcap writes pcapng, the
others pcap, whatever the recording is called.

The view stands on standard error where that is a terminal; elsewhere a plain line
is printed there every 10 seconds. Columns that don't fit are left out: first
Mbps →, RTT, TTFB p99, in flight, Mbps ←, TTFB p50, the last seconds, loss, no
answer, TTFB p95.

Exit status: 0 ended by Ctrl-C, --duration, --requests or the replay's end; 1 it
could not be captured or recorded, or no TCP packet was seen; 2 wrong usage;
130, 143, 129 ended at once by a second signal.

Examples:
  # a saved capture as if it happened now, twenty times as fast
  $ lbqos live --replay fixtures/captures/round-robin-1.pcapng.gz --speed 20

  # the study's testbed, recorded, with a live page and metrics, for a minute
  $ sudo lbqos live --interface eth0 --balancer 192.168.56.103 \\
      --backend "Flask A=192.168.56.109" --backend "Flask B=192.168.56.113" \\
      --write run.pcapng --http 127.0.0.1:8080 --duration 60s

  # the third run of a method, recorded where the experiment expects it
  $ sudo lbqos live --interface eth0 --experiment experiment.yaml \\
      --method least-connection --run 3 --requests 1000

  # every pair on every interface, a new file every five minutes
  $ sudo lbqos live --interface any --write day.pcapng.gz --rotate-time 5m

  # a balancer elsewhere, on which lbqos is not installed
  $ lbqos live --command "ssh balancer tcpdump -U -w - -i eth0 tcp"

  # the final figures of a replay as JSON
  $ lbqos live --replay fixtures/captures/ip-hash-1.pcapng.gz --speed max --json
`;

/**
 * No engine outlives lbqos, however that ends. An engine notices a closed pipe only when it writes the next frame, which
 * on a silent interface may be never; so a shell waits for the end of its standard input, which lbqos holds, and then
 * ends the engine.
 */
import { spawn } from "node:child_process";
import { Socket } from "node:net";

/**
 * `$1` is the engine's process group. A line on standard input says that the engine has ended. The guard goes when the
 * group has gone, 2 s after the interrupt at the latest.
 */
const SCRIPT = `read -r ended && exit
kill -s INT -- "-$1"
for step in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  kill -s 0 -- "-$1" || exit
  sleep 0.1
done
kill -s KILL -- "-$1"`;

/**
 * Watches over a process group from a session of its own, where the terminal's Ctrl-C doesn't reach.
 * @returns call it when the group has ended
 */
export function guardGroup(processGroup: number): () => void {
  const guard = spawn("/bin/sh", ["-c", SCRIPT, "sh", String(processGroup)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a shell there is no guard, and an engine on a silent interface may outlive lbqos.
  guard.on("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return () => guard.stdin.end("ended\n");
}

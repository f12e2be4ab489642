import { expect, test } from "vitest";
import { listenFailure } from "../../../src/monitor/server/listen.ts";

/** Those that a test can't bring about everywhere: root may listen on port 80, and no name may be looked up. */
test.each([
  [
    "EACCES",
    "127.0.0.1",
    80,
    /^No permission to listen on 127\.0\.0\.1:80: ports below 1024 need root; choose a higher/,
  ],
  [
    "ENOTFOUND",
    "balancer",
    8080,
    /no address is known for balancer; give an address such as 127\.0\.0\.1\.$/,
  ],
  ["EAI_AGAIN", "balancer", 8080, /no address is known for balancer/],
  ["EADDRINUSE", "::1", 8080, /^The web page's port \[::1\]:8080 is in use/],
  ["EMFILE", "127.0.0.1", 8080, /can't listen on 127\.0\.0\.1:8080: EMFILE/],
])("%s", (code, host, port, message) => {
  const failure = listenFailure(Object.assign(new Error("listen"), { code }), host, port);
  expect(failure.message).toMatch(message);
  expect(failure.message).not.toContain("\n");
  expect(failure.status).toBe(1);
});

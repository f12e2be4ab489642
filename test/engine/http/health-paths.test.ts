import { expect, test } from "vitest";
import { isHealthCheck } from "../../../src/engine/http/health-paths.ts";
import { pathHash } from "../../../src/engine/http/request-identity.ts";

const isCheck = (target: string) => isHealthCheck(pathHash(Buffer.from(target), 0, target.length));

test.each([
  "/health",
  "/healthz",
  "/healthcheck",
  "/health/live",
  "/health/ready",
  "/livez",
  "/readyz",
  "/ping",
  "/-/healthy",
  "/-/ready",
  "/actuator/health",
])("%s is a health check", (path) => {
  expect(isCheck(path)).toBe(true);
  expect(isCheck(`${path}?verbose`)).toBe(true);
});

test.each(["/", "/items/7", "/healthy-food", "/pings", "/api/health/records"])("%s is none", (path) => {
  expect(isCheck(path)).toBe(false);
});

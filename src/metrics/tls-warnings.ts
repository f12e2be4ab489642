/** What went wrong in TLS, and what could not be decrypted though there were keys, as warnings with advice. */
import { type Warning, warningOf } from "../failure.ts";
import { message } from "../words/message.ts";
import type { TlsServerMetrics } from "./tls-metrics.ts";

/** @param forgotten sessions of the key log that there was no room for @param kept those that there is room for */
export function keyLogWarnings(forgotten: number, kept: number): Warning[] {
  if (forgotten === 0) return [];
  return [
    warningOf("tls-keys", message("tlsKeysForgotten", forgotten, kept), message("tlsKeysForgottenAdvice")),
  ];
}

export function tlsWarnings(servers: readonly TlsServerMetrics[]): Warning[] {
  return servers.flatMap(({ server, failedHandshakes, lostRecords, withoutStart }) => {
    const warnings: Warning[] = [];
    const causes = Object.entries(failedHandshakes);
    if (causes.length > 0) {
      const failed = causes.reduce((sum, [, count]) => sum + count, 0);
      const named = causes.map(([cause, count]) => `${count} × ${cause}`).join(", ");
      const doubt = message("tlsHandshakesFailed", failed, server, named);
      warnings.push(warningOf("tls-handshakes", doubt, message("tlsHandshakesFailedAdvice"), server));
    }
    if (lostRecords > 0) {
      const doubt = message("tlsLostRecords", lostRecords, server);
      warnings.push(warningOf("tls-records", doubt, message("tlsLostRecordsAdvice"), server));
    }
    if (withoutStart > 0) {
      const doubt = message("tlsWithoutStart", withoutStart, server);
      warnings.push(warningOf("tls-start", doubt, message("tlsWithoutStartAdvice"), server));
    }
    return warnings;
  });
}

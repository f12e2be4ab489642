/** Hands secrets of TLS sessions to an analysis, with what decrypts by them: loaded once there are any. */
import type { TlsCrypto } from "../../tls/tls-crypto.ts";

/** Who decrypts. */
export interface Decrypting {
  /** @param text of a key log (RFC 9850); it may end within a line */
  addSecrets(text: string, arithmetic: TlsCrypto): void;
}

export async function addSecrets(analysis: Decrypting, text: string): Promise<void> {
  if (text === "") return;
  const { nodeCrypto } = await import("../../tls/node-crypto.ts");
  analysis.addSecrets(text, nodeCrypto);
}

/** Cipher suites: their names by number (IANA's registry), and what a name says of the records. */
import type { HashName } from "./tls-crypto.ts";

/** How records are protected. */
export interface RecordProtection {
  /** As OpenSSL names it. */
  readonly cipher: string;
  readonly kind: "aead" | "cbc" | "rc4";
  readonly keyBytes: number;
  /** Octets of an AEAD's tag, or of a MAC. */
  readonly tagBytes: number;
  /** Octets of the nonce that come with each record in TLS 1.2; of a block cipher, its block. */
  readonly explicitBytes: number;
  /** Of the MAC, where there is one. */
  readonly macHash: HashName;
  /** Of the key schedule. */
  readonly hash: HashName;
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x1301, "TLS_AES_128_GCM_SHA256"],
  [0x1302, "TLS_AES_256_GCM_SHA384"],
  [0x1303, "TLS_CHACHA20_POLY1305_SHA256"],
  [0x1304, "TLS_AES_128_CCM_SHA256"],
  [0x1305, "TLS_AES_128_CCM_8_SHA256"],
  [0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"],
  [0x0004, "TLS_RSA_WITH_RC4_128_MD5"],
  [0x0005, "TLS_RSA_WITH_RC4_128_SHA"],
  [0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"],
  [0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"],
  [0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"],
  [0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"],
  [0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA"],
  [0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"],
  [0x003c, "TLS_RSA_WITH_AES_128_CBC_SHA256"],
  [0x003d, "TLS_RSA_WITH_AES_256_CBC_SHA256"],
  [0x0041, "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA"],
  [0x0045, "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA"],
  [0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"],
  [0x006b, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"],
  [0x0084, "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA"],
  [0x0088, "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA"],
  [0x008c, "TLS_PSK_WITH_AES_128_CBC_SHA"],
  [0x008d, "TLS_PSK_WITH_AES_256_CBC_SHA"],
  [0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"],
  [0x009d, "TLS_RSA_WITH_AES_256_GCM_SHA384"],
  [0x009e, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"],
  [0x009f, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"],
  [0x00a8, "TLS_PSK_WITH_AES_128_GCM_SHA256"],
  [0x00a9, "TLS_PSK_WITH_AES_256_GCM_SHA384"],
  [0xc002, "TLS_ECDH_ECDSA_WITH_RC4_128_SHA"],
  [0xc007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"],
  [0xc00c, "TLS_ECDH_RSA_WITH_RC4_128_SHA"],
  [0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"],
  [0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"],
  [0xc009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"],
  [0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"],
  [0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"],
  [0xc013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"],
  [0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"],
  [0xc023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"],
  [0xc024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"],
  [0xc027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"],
  [0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"],
  [0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
  [0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
  [0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"],
  [0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
  [0xc035, "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA"],
  [0xc036, "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA"],
  [0xc09c, "TLS_RSA_WITH_AES_128_CCM"],
  [0xc09d, "TLS_RSA_WITH_AES_256_CCM"],
  [0xc09e, "TLS_DHE_RSA_WITH_AES_128_CCM"],
  [0xc09f, "TLS_DHE_RSA_WITH_AES_256_CCM"],
  [0xc0a0, "TLS_RSA_WITH_AES_128_CCM_8"],
  [0xc0a1, "TLS_RSA_WITH_AES_256_CCM_8"],
  [0xc0a2, "TLS_DHE_RSA_WITH_AES_128_CCM_8"],
  [0xc0a3, "TLS_DHE_RSA_WITH_AES_256_CCM_8"],
  [0xc0ac, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM"],
  [0xc0ad, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM"],
  [0xc0ae, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8"],
  [0xc0af, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8"],
  [0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
  [0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"],
  [0xccaa, "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
  [0xccab, "TLS_PSK_WITH_CHACHA20_POLY1305_SHA256"],
  [0xccac, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256"],
]);

/** Its key of 40 bits is made longer: see `exportKey`. */
export const EXPORT_RC4 = 0x0003;

/** The name of a suite; `0x00ff` of one that is not listed. */
export function suiteName(suite: number): string {
  return NAMES.get(suite) ?? `0x${suite.toString(16).padStart(4, "0")}`;
}

const PROTECTION =
  /(?:(AES|CAMELLIA)_(128|256)_(GCM|CCM_8|CCM|CBC)|(CHACHA20)_POLY1305|(3DES)_EDE_CBC|(RC4)_(?:40|128))(?:_(MD5|SHA|SHA256|SHA384))?$/;
const HASHES = { MD5: "md5", SHA: "sha1", SHA256: "sha256", SHA384: "sha384" } as const;
const MAC_BYTES = { md5: 16, sha1: 20, sha256: 32, sha384: 48 } as const;
const AES_BLOCK = 16;
const DES_BLOCK = 8;

/** How a suite protects records; `null` where that is not known. */
export function protectionOf(suite: number): RecordProtection | null {
  const found = PROTECTION.exec(NAMES.get(suite) ?? "");
  if (found === null) return null;
  const [, family = "", bits = "256", mode = "", chacha, des, rc4, hashName = "SHA256"] = found;
  const macHash = HASHES[hashName as keyof typeof HASHES];
  // TLS 1.2's own pseudorandom function takes SHA-256 where a suite names an older hash (RFC 5246 §5).
  const hash = macHash === "sha384" ? macHash : "sha256";
  const protect = (
    cipher: string,
    kind: RecordProtection["kind"],
    keyBytes: number,
    tagBytes: number,
    explicitBytes: number,
  ): RecordProtection => ({ cipher, kind, keyBytes, tagBytes, explicitBytes, macHash, hash });
  const macBytes = MAC_BYTES[macHash];
  if (chacha !== undefined) return protect("chacha20-poly1305", "aead", 32, 16, 0);
  if (des !== undefined) return protect("des-ede3-cbc", "cbc", 24, macBytes, DES_BLOCK);
  if (rc4 !== undefined) return protect("rc4", "rc4", suite === EXPORT_RC4 ? 5 : 16, macBytes, 0);
  const cipher = `${family.toLowerCase()}-${bits}-${mode.slice(0, 3).toLowerCase()}`;
  const keyBytes = Number(bits) / 8;
  if (mode === "CBC") return protect(cipher, "cbc", keyBytes, macBytes, AES_BLOCK);
  return protect(cipher, "aead", keyBytes, mode === "CCM_8" ? 8 : 16, 8);
}

/** What is spoken in front of the balancer and behind it, where that is not HTTP/1 as it is. */
import { join } from "node:path";
import { type Message, message } from "../words/message.ts";

/** Where a protocol is spoken: between clients and the balancer, between it and the backends, or on both sides. */
export const protocolPlaces = ["front", "behind", "both"] as const;
export type ProtocolPlace = (typeof protocolPlaces)[number];

export const tlsVersions = ["1.2", "1.3"] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** What one side speaks. */
export interface SideProtocols {
  /** `null`: no TLS. */
  readonly tls: TlsVersion | null;
  /** HTTP/2; without TLS by prior knowledge (RFC 9113 §3.3). Otherwise HTTP/1. */
  readonly http2: boolean;
}

export interface LabProtocols {
  readonly front: SideProtocols;
  readonly behind: SideProtocols;
  /** Whether requests are gRPC's calls; both sides speak HTTP/2 then. */
  readonly grpc: boolean;
}

/** Hosts that may speak more than HTTP/1. */
interface HasProtocols {
  /** Absent: HTTP/1 as it is, on both sides. */
  readonly protocols?: LabProtocols;
}

export const PLAIN_HTTP1: SideProtocols = { tls: null, http2: false };

/** The protocols of a lab: HTTP/1 on both sides where nothing else is said. */
export function protocolsOf({ protocols }: HasProtocols): LabProtocols {
  return protocols ?? { front: PLAIN_HTTP1, behind: PLAIN_HTTP1, grpc: false };
}

/** Whether Flask under gunicorn can't be the backend: it speaks HTTP/1 only. */
export function needsOwnBackends(hosts: HasProtocols): boolean {
  const { tls, http2 } = protocolsOf(hosts).behind;
  return tls !== null || http2;
}

/** Whether anybody speaks TLS. */
export function hasTls(hosts: HasProtocols): boolean {
  const { front, behind } = protocolsOf(hosts);
  return front.tls !== null || behind.tls !== null;
}

/** The port that a server listens on. */
export function serverPort({ tls }: SideProtocols): number {
  return tls === null ? 80 : 443;
}

/** The servers' name in their certificate. */
export const CERTIFICATE_NAME = "lab.test";

/** Files of a lab for TLS. The private key goes with the lab's folder; the key log is kept with each run. */
export function tlsFiles(folder: string): { certificate: string; privateKey: string; keys: string } {
  return {
    certificate: join(folder, "certificate.pem"),
    privateKey: join(folder, "private-key.pem"),
    keys: join(folder, "tls.keys"),
  };
}

/** A key and a certificate of its own, which the clients trust. */
export function certificateCommand(folder: string): string[] {
  const { certificate, privateKey } = tlsFiles(folder);
  return [
    ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "30", "-subj", `/CN=${CERTIFICATE_NAME}`],
    ...["-addext", `subjectAltName=DNS:${CERTIFICATE_NAME}`, "-keyout", privateKey, "-out", certificate],
  ];
}

/** Both sides in words; none where they are the study's. */
export function protocolTraits(hosts: HasProtocols): Message[] {
  if (hosts.protocols === undefined) return [];
  const { front, behind, grpc } = hosts.protocols;
  const said = ({ tls, http2 }: SideProtocols) => {
    const inside = grpc ? "gRPC" : http2 ? "HTTP/2" : "HTTP/1";
    return tls === null ? inside : `${inside} / TLS ${tls}`;
  };
  return [
    message("traitProtocols", said(front), said(behind)),
    ...(needsOwnBackends(hosts) ? [message("traitOwnBackends")] : []),
  ];
}

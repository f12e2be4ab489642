/** Who asks whom, in a run whose balancer or backends the user named, and what was recorded twice. */
import { ROLE_SIZE, type SidesReadings } from "../engine/readings/sides-readings.ts";
import type { Distribution } from "./distribution.ts";
import { endpointText } from "./endpoints.ts";
import { measureDistribution } from "./measure-distribution.ts";

/** Connections of one address, by its part in them. */
export interface MeasuredRole {
  readonly address: string;
  readonly asClient: number;
  readonly asServer: number;
  /** To named backends. */
  readonly toBackends: number;
  /** To, and from, the named balancer. */
  readonly toBalancer: number;
  readonly fromBalancer: number;
}

/** Connections that were recorded before and after their addresses were translated. */
export interface AddressTranslation {
  readonly connections: number;
  /** `address:port` of the first of them, as the client asked, and where it was passed on to. */
  readonly asked: string;
  readonly passedTo: string;
  readonly forwardingMs: Distribution;
}

export interface Sides {
  readonly roles: readonly MeasuredRole[];
  readonly translated: AddressTranslation | null;
}

/** @param addressText the text of an address by its number */
export function measureSides(readings: SidesReadings, addressText: (address: number) => string): Sides {
  const roles: MeasuredRole[] = [];
  for (let at = 0; at < readings.roles.length; at += ROLE_SIZE) {
    const [address = 0, asClient = 0, asServer = 0, toBackends = 0, toBalancer = 0, fromBalancer = 0] =
      readings.roles.subarray(at, at + ROLE_SIZE);
    roles.push({ address: addressText(address), asClient, asServer, toBackends, toBalancer, fromBalancer });
  }
  if (readings.translated === 0) return { roles, translated: null };
  const [asked = 0, askedPort = 0, passedTo = 0, passedToPort = 0] = readings.translatedEnds;
  const endpoint = (address: number, port: number) => endpointText(addressText(address), port);
  return {
    roles,
    translated: {
      connections: readings.translated,
      asked: endpoint(asked, askedPort),
      passedTo: endpoint(passedTo, passedToPort),
      forwardingMs: measureDistribution(readings.forwarding),
    },
  };
}

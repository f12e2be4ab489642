/** In what the hosts of a lab differ from the study's, in words. */
import { type Message, message } from "../words/message.ts";
import type { HostSettings } from "./lab-hosts.ts";

export function hostTraits({ ipv6, timestamps, sack, offload }: HostSettings): Message[] {
  return [
    ...(ipv6 ? [message("traitIpv6")] : []),
    ...(timestamps ? [] : [message("traitNoTimestamps")]),
    ...(sack ? [] : [message("traitNoSack")]),
    ...(offload ? [message("traitOffload")] : []),
  ];
}

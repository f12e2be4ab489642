/** Where a run's frames come from: an engine on this machine's interfaces, or a replay. */
import { captureFilter } from "../../capture/engines/capture-filter.ts";
import type { LiveCapture } from "../../capture/engines/live-capture.ts";
import { openEngine } from "../../capture/engines/open-engine.ts";
import { openReplay } from "../../live/replay.ts";
import type { PairRequest } from "../pair-option.ts";
import type { InterfacesRequest, ReplayRequest } from "./live-request.ts";

/** @throws Failure where it can't be captured, or replayed */
export function openSource(
  source: InterfacesRequest | ReplayRequest,
  pairs: PairRequest,
): Promise<LiveCapture> {
  if (source.kind === "replay") return openReplay(source.path, source.speed ?? "max");
  const { names, engine, filter, snapLengthBytes, bufferMebibytes, promiscuous } = source;
  return openEngine(
    {
      interfaces: names,
      filter: filter ?? captureFilter(pairs),
      snapLengthBytes,
      bufferMebibytes,
      promiscuous,
    },
    engine ?? undefined,
  );
}

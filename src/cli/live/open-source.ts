/** Where a run's frames come from: an engine on this machine's interfaces, a replay, a command. */
import { captureFilter } from "../../capture/engines/capture-filter.ts";
import { openCommand } from "../../capture/engines/command.ts";
import type { LiveCapture } from "../../capture/engines/live-capture.ts";
import { openEngine } from "../../capture/engines/open-engine.ts";
import { openReplay } from "../../live/replay.ts";
import type { PairRequest } from "../pair-option.ts";
import type { SourceRequest } from "./live-request.ts";

/** @throws Failure where it can't be captured, or replayed */
export async function openSource(source: SourceRequest, pairs: PairRequest): Promise<LiveCapture> {
  if (source.kind === "command") return openCommand(source.words);
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

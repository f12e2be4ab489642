import { useState } from "preact/hooks";
import { typedBandwidth } from "../../experiment/manifest/bandwidth.ts";
import { Failure } from "../../failure.ts";
import { categoryProfiles } from "../../metrics/category-profiles.ts";
import { UNASKED_GROUPS } from "../../metrics/selection-metrics.ts";
import { compileFilter } from "../../select/compile-filter.ts";
import { listText } from "../../words/language.ts";
import type { Message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import type { PageOptions, RunResult } from "../results.ts";
import { useTexts } from "../texts.ts";
import { type NamedServer, ServerFields, serversOf } from "./server-fields.tsx";

interface ServersFormProps {
  readonly result: RunResult;
  readonly onAnalyze: (options: PageOptions) => void;
}

/** What is measured: the balancer and the servers behind it as they were found, with names to edit, or frames by a filter. */
export function ServersForm({ result, onAnalyze }: ServersFormProps) {
  const { words, language } = useTexts();
  const { found, options, metrics } = result;
  const isNamed = options.backends !== undefined || options.balancer !== undefined;
  const [balancer, setBalancer] = useState(options.balancer ?? (isNamed ? "" : (found.balancer ?? "")));
  const [servers, setServers] = useState<readonly NamedServer[]>(
    serversOf(options.backends ?? found.backends),
  );
  const [profile, setProfile] = useState(typeof options.profile === "string" ? options.profile : "tiphon");
  const [bandwidth, setBandwidth] = useState("");
  const [filter, setFilter] = useState(options.selections?.[0]?.filter ?? "");
  const [wrong, setWrong] = useState<Message | null>(null);
  const { servers: texts } = words;

  const analyze = (event: Event): void => {
    event.preventDefault();
    try {
      onAnalyze(optionsOf({ balancer, servers, profile, bandwidth, filter }));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      setWrong(error.words);
    }
  };
  const addresses = [...new Set(metrics.pairs.flatMap(({ source, destination }) => [source, destination]))];
  return (
    <details class="servers">
      <summary>
        {texts.heading}
        {found.balancer !== null && !isNamed && (
          <span class="soft">
            {" "}
            {texts.found(
              found.balancer,
              listText(
                found.backends.map(({ address }) => address),
                language,
              ),
            )}
          </span>
        )}
      </summary>
      <form onSubmit={analyze}>
        <label>
          {texts.balancer}
          <input
            name="balancer"
            list="addresses"
            value={balancer}
            placeholder={texts.noBalancer}
            onInput={(event) => setBalancer(event.currentTarget.value)}
          />
        </label>
        <datalist id="addresses">
          {addresses.map((address) => (
            <option key={address} value={address} />
          ))}
        </datalist>
        <ServerFields servers={servers} onChange={setServers} />
        <div class="fields">
          <label>
            {texts.profile}
            <select value={profile} onChange={(event) => setProfile(event.currentTarget.value)}>
              {categoryProfiles.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {texts.bandwidth}
            <input
              name="bandwidth"
              value={bandwidth}
              placeholder={texts.bandwidthHint}
              onInput={(event) => setBandwidth(event.currentTarget.value)}
            />
          </label>
          <label class="wide">
            {texts.filter}
            <input
              name="filter"
              value={filter}
              placeholder={texts.filterHint}
              onInput={(event) => setFilter(event.currentTarget.value)}
            />
          </label>
        </div>
        {wrong !== null && (
          <p class="wrong" role="alert">
            {say(wrong, language)}
          </p>
        )}
        <p>
          <button type="submit" class="primary">
            {texts.apply}
          </button>{" "}
          <button type="button" onClick={() => onAnalyze({ groups: UNASKED_GROUPS })}>
            {texts.fresh}
          </button>
        </p>
      </form>
    </details>
  );
}

interface Fields {
  readonly balancer: string;
  readonly servers: readonly NamedServer[];
  readonly profile: string;
  readonly bandwidth: string;
  readonly filter: string;
}

/** @throws Failure for a filter or a bandwidth that can't be understood */
function optionsOf({ balancer, servers, profile, bandwidth, filter }: Fields): PageOptions {
  const backends = servers.filter(({ address }) => address.trim() !== "");
  const rating = {
    profile,
    ...(bandwidth.trim() === "" ? {} : { bandwidthBitsPerSecond: typedBandwidth(bandwidth) }),
  };
  if (filter.trim() !== "") {
    compileFilter(filter);
    return { ...rating, selections: [{ filter: filter.trim() }] };
  }
  if (balancer.trim() === "" && backends.length === 0) return { ...rating, groups: UNASKED_GROUPS };
  return {
    ...rating,
    ...(balancer.trim() === "" ? {} : { balancer: balancer.trim() }),
    ...(backends.length === 0 ? {} : { backends }),
  };
}

/** Warnings about what an experiment lacks: methods, runs, traffic. */

import { type Language, listText, textOf } from "../../words/language.ts";
import type { Experiment } from "../experiment.ts";
import { type ExperimentWarning, experimentWarning } from "../experiment-warning.ts";
import { MIN_RUNS } from "../statistics/significance.ts";
import type { MethodFacts, Observations } from "./observations.ts";
import type { RunTable } from "./run-tables.ts";

/** Everything that is missing, most serious first. */
export function coverageWarnings(
  experiment: Experiment,
  observations: Observations,
  tables: readonly RunTable[],
): ExperimentWarning[] {
  return [
    ...methodsWithoutRuns(observations),
    ...repeatedRuns(observations),
    ...fewRuns(observations),
    ...missingRuns(observations),
    ...backendsWithoutTraffic(observations, tables),
    ...unstatedUnits(experiment),
  ];
}

function runsOf(method: MethodFacts, { list }: Observations, backend?: string): number[] {
  const own = list.filter(
    (one) => one.method === method.name && (backend === undefined || one.backend === backend),
  );
  return [...new Set(own.map((one) => one.run))];
}

function methodsWithoutRuns(observations: Observations): ExperimentWarning[] {
  return observations.methods
    .filter((method) => runsOf(method, observations).length === 0)
    .map(({ name }) =>
      experimentWarning(
        "method-without-runs",
        {
          en: `method ${name} has no runs and is left out`,
          id: `metode ${name} tidak punya run dan tidak disertakan`,
        },
        {
          en: "Check its captures in the manifest, record its runs, or delete it there.",
          id: "Periksa capture-nya di manifest, rekam run-nya, atau hapus dari manifest.",
        },
      ),
    );
}

/** Methods with a single run, and with fewer than a verdict takes. */
function fewRuns(observations: Observations): ExperimentWarning[] {
  return observations.methods.flatMap((method) => {
    const n = runsOf(method, observations).length;
    if (n === 0 || n >= MIN_RUNS) return [];
    if (n === 1) {
      return [
        experimentWarning(
          "one-run",
          {
            en: `method ${method.name} has one run: no spread, no interval, no verdict`,
            id: `metode ${method.name} hanya punya satu run: tidak ada sebaran, selang kepercayaan, maupun kesimpulan`,
          },
          {
            en: `Repeat it: at least ${MIN_RUNS} runs per method, better 10.`,
            id: `Ulangi: paling sedikit ${MIN_RUNS} run per metode, sebaiknya 10.`,
          },
        ),
      ];
    }
    return [
      experimentWarning(
        "few-runs",
        {
          en: `method ${method.name} has ${n} runs, too few for a verdict`,
          id: `metode ${method.name} punya ${n} run, terlalu sedikit untuk kesimpulan`,
        },
        {
          en: `Record at least ${MIN_RUNS} runs per method, better 10.`,
          id: `Rekam paling sedikit ${MIN_RUNS} run per metode, sebaiknya 10.`,
        },
      ),
    ];
  });
}

/** Runs that other methods have, or in direct tests other backends. */
function missingRuns(observations: Observations): ExperimentWarning[] {
  const { methods, backends } = observations;
  const present = methods.filter((method) => runsOf(method, observations).length > 0);
  const all = [...new Set(present.flatMap((method) => runsOf(method, observations)))].sort((a, b) => a - b);
  return present.flatMap((method) => {
    const parts =
      method.algorithm === "direct" ? backends.map((backend) => ({ backend })) : [{ backend: undefined }];
    return parts.flatMap(({ backend }) => {
      const own = runsOf(method, observations, backend);
      const missing = all.filter((run) => !own.includes(run));
      if (missing.length === 0 || own.length === 0) return [];
      const where = backend === undefined ? method.name : `${method.name}, ${backend}`;
      return [
        experimentWarning(
          "missing-run",
          textOf((language) => {
            const runs = runList(missing, language);
            return language === "en"
              ? `${where}: ${runs} ${missing.length === 1 ? "is" : "are"} missing that other methods have`
              : `${where}: ${runs} tidak ada, padahal metode lain memilikinya`;
          }),
          {
            en: "The means go over unequal numbers of runs; record the missing ones under the same conditions.",
            id: "Rata-rata dihitung dari jumlah run yang tidak sama; rekam run yang kurang dalam kondisi yang sama.",
          },
        ),
      ];
    });
  });
}

function runList(runs: readonly number[], language: Language): string {
  const word = language === "en" && runs.length > 1 ? "runs" : "run";
  return `${word} ${listText(runs.map(String), language)}`;
}

function backendsWithoutTraffic({ methods }: Observations, tables: readonly RunTable[]): ExperimentWarning[] {
  return methods.flatMap((method) => {
    const own = tables.filter((table) => table.method === method.name);
    const idle = own.filter((table) => !table.hasTraffic).map((table) => table.backend);
    if (idle.length === 0) return [];
    const isHash = method.algorithm === "ip-hash";
    return [
      experimentWarning(
        "backend-without-traffic",
        textOf((language) =>
          language === "en"
            ? `${method.name} sent ${listText(idle, language)} no requests in any run`
            : `${method.name} tidak mengirim permintaan ke ${listText(idle, language)} di semua run`,
        ),
        isHash
          ? {
              en: "ip-hash sends one client to one backend: test it with several client addresses (in different /24 networks for nginx), or compare it on the one backend only.",
              id: "ip-hash mengirim satu klien ke satu backend: uji dengan beberapa alamat klien (pada nginx, di jaringan /24 yang berbeda), atau bandingkan hanya pada backend itu.",
            }
          : {
              en: "Check that the backend was up, its address in the manifest, and the balancer's configuration.",
              id: "Periksa apakah backend hidup, alamatnya di manifest, dan konfigurasi balancer.",
            },
      ),
    ];
  });
}

function repeatedRuns({ repeated, list }: Observations): ExperimentWarning[] {
  return repeated.map((one) => {
    const first = list.find(
      (other) => other.method === one.method && other.backend === one.backend && other.run === one.run,
    );
    const what = `${one.method}, ${one.backend}, run ${one.run}`;
    return experimentWarning(
      "repeated-run",
      {
        en: `${what} is there twice: ${first?.origin ?? ""} was used, ${one.origin} was not`,
        id: `${what} ada dua kali: ${first?.origin ?? ""} dipakai, ${one.origin} tidak`,
      },
      {
        en: "Give each run its own number, or take one of the two out.",
        id: "Beri setiap run nomor sendiri, atau keluarkan salah satunya.",
      },
    );
  });
}

function unstatedUnits({ tables }: Experiment): ExperimentWarning[] {
  return tables
    .filter((table) => table.withoutUnit.includes("packetLossPercent"))
    .map((table) =>
      experimentWarning(
        "loss-without-unit",
        {
          en: `${table.fileName} does not say whether packet loss is in percent or packets; it was taken as percent`,
          id: `${table.fileName} tidak menyebut apakah packet loss dalam persen atau paket; dianggap persen`,
        },
        {
          en: "Call the column packet_loss_percent if it is percent; counts of packets can't be rated.",
          id: "Beri nama kolom packet_loss_percent bila persen; jumlah paket tidak dapat dinilai kategorinya.",
        },
      ),
    );
}

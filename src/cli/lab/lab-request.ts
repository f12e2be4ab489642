/** What `lbqos lab` can be told to do. */
import type { LabPlace } from "../../lab/lab-place.ts";
import type { LabOptions } from "../../lab/plan-lab.ts";
import type { StudyOptions } from "../../lab/study-plan.ts";

export type LabRequest =
  | { readonly kind: "check" }
  | {
      readonly kind: "up";
      readonly place: LabPlace;
      readonly options: LabOptions;
      readonly dryRun: boolean;
      readonly quiet: boolean;
    }
  | {
      readonly kind: "run";
      readonly place: LabPlace;
      readonly options: StudyOptions;
      /** The experiment's folder. */
      readonly out: string;
      /** Whether the report is written when all runs are there. */
      readonly report: boolean;
      readonly dryRun: boolean;
      readonly quiet: boolean;
    }
  | { readonly kind: "status"; readonly json: boolean }
  | {
      readonly kind: "exec";
      /** `null`: the only lab that there is. */
      readonly place: LabPlace | null;
      readonly host: string;
      readonly command: readonly string[];
    }
  | {
      readonly kind: "down";
      /** `null`: the only lab that there is; `all`: every one. */
      readonly place: LabPlace | null | "all";
      readonly quiet: boolean;
    };

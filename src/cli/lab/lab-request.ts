/** What `lbqos lab` can be told to do. */
import type { LabPlace } from "../../lab/lab-place.ts";
import type { LabOptions } from "../../lab/plan-lab.ts";

export type LabRequest =
  | { readonly kind: "check" }
  | {
      readonly kind: "up";
      readonly place: LabPlace;
      readonly options: LabOptions;
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

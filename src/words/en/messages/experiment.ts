/** An experiment's manifest, tables and runs. */
export const experiment = {
  doubtOfRun: (run: string, doubt: string, others: number) =>
    `${run}: ${doubt}${others === 0 ? "" : ` (and the like in ${others} more ${others === 1 ? "run" : "runs"})`}`,
};

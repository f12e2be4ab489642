# Compares the methods of an experiment by their times to first byte, with base R only.
#
#   lbqos compare EXPERIMENT --out report
#   Rscript compare-methods.R report/runs.csv

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) stop("usage: Rscript compare-methods.R runs.csv")

# One row per method, backend and run; an empty field was not measured.
rows <- read.csv(arguments[1], na.strings = "")

# The backends of a run share its load, so a run counts once: with the mean over its backends. lbqos itself takes times over all
# requests of a run, which this table does not have (comparison.json: summaries, runs).
runs <- aggregate(timeToFirstByteP50Ms ~ run + method, data = rows, FUN = mean)
runs$method <- factor(runs$method, levels = unique(rows$method))

for (method in levels(runs$method)) {
  times <- runs$timeToFirstByteP50Ms[runs$method == method]
  cat(sprintf("%s: %d runs, mean of the medians %.3f ms\n", method, length(times), mean(times)))
}

balanced <- droplevels(runs[runs$method != "direct", ])
if (nlevels(balanced$method) > 2) {
  test <- kruskal.test(timeToFirstByteP50Ms ~ method, data = balanced)
  cat(sprintf("Kruskal-Wallis over the balanced methods: H = %.3f, p = %.3f\n", test$statistic, test$p.value))
}
if (min(table(balanced$method)) < 5) cat("Fewer than 5 runs per method: no verdict.\n")

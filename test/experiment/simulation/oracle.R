# The statistics of random results tables by R: one line "key|value" each, for oracle.ts to compare. Arguments: folder, number of tables.
args <- commandArgs(TRUE)
columns <- c("throughput_mbps", "packet_loss_percent", "delay_ms", "time_to_first_byte_mean_ms", "rtt_p50_ms")
keys <- c("throughputMbps", "packetLossPercent", "delayMs", "timeToFirstByteMeanMs", "rttP50Ms")
put <- function(...) cat(paste(..., sep = "|"), "\n", sep = "")
number <- function(x) sprintf("%.17g", x)
summary_of <- function(place, v, highest) {
  n <- length(v)
  put(place, "n", n); put(place, "mean", number(mean(v))); put(place, "median", number(median(v)))
  if (n < 2) return(invisible())
  half <- qt(.975, n - 1) * sd(v) / sqrt(n)
  factor <- if (half == 0) 1 else exp(half / mean(v))
  put(place, "standardDeviation", number(sd(v)))
  put(place, "confidenceLow", number(mean(v) / factor)); put(place, "confidenceHigh", number(min(highest, mean(v) * factor)))
}
for (e in seq_len(as.integer(args[2]))) {
  table <- read.csv(sprintf("%s/%03d.csv", args[1], e), na.strings = "", stringsAsFactors = FALSE)
  blocks <- e %% 2 == 0
  methods <- unique(table$method); backends <- unique(table$backend)
  family <- list(primary = list(id = c(), p = c()), exploratory = list(id = c(), p = c()))
  for (i in seq_along(columns)) for (scope in c("all", if (length(backends) > 1) backends)) {
    samples <- lapply(methods, function(m) {
      own <- table[table$method == m & (scope == "all" | table$backend == scope), ]
      v <- sapply(sort(unique(own$run)), function(r) {
        rows <- own[own$run == r & !is.na(own[[columns[i]]]), ]
        if (nrow(rows) == 0) return(NA)
        x <- as.numeric(rows[[columns[i]]])
        if (scope != "all") return(signif(x, 12))
        signif(if (i == 1) sum(x) else if (max(x) == min(x)) x[1] else sum(x * rows$requests) / sum(rows$requests), 12)
      })
      names(v) <- sort(unique(own$run)); v[!is.na(v)]
    })
    names(samples) <- methods
    place <- paste(e, keys[i], scope, sep = "|")
    if (scope == "all") for (m in methods) if (length(samples[[m]]) > 0) summary_of(paste(place, m, sep = "|"), samples[[m]], if (i == 2) 100 else Inf)
    judged <- samples[sapply(samples, length) >= 5]
    if (scope != "all" && sum(sapply(samples, length) > 0) < 2) next
    if (length(judged) >= 3) {
      if (blocks) {
        common <- Reduce(intersect, lapply(judged, names))
        overall <- if (length(common) > 1) friedman.test(sapply(judged, function(v) v[common])) else list(statistic = NaN)
      } else overall <- kruskal.test(unname(judged))
      if (!is.nan(overall$statistic)) { put(place, "overall", number(overall$statistic)); put(place, "overallP", number(overall$p.value)) }
    }
    if (length(judged) < 2) next
    for (a in 1:(length(judged) - 1)) for (b in (a + 1):length(judged)) {
      x <- judged[[a]]; y <- judged[[b]]
      if (blocks) { common <- intersect(names(x), names(y)); x <- x[common]; y <- y[common]; if (length(common) == 0) next }
      # Differences have the digits that their values have: equal ones are ties.
      scale <- 10^(11 - floor(log10(max(abs(c(x, y))))))
      d <- if (blocks) round((x - y) * scale) / scale else NULL
      test <- suppressWarnings(if (blocks) wilcox.test(d) else wilcox.test(x, y))
      pair <- paste(place, names(judged)[a], names(judged)[b], sep = "|")
      p <- if (is.nan(test$p.value)) 1 else test$p.value
      put(pair, "statistic", number(test$statistic)); put(pair, "p", number(p))
      ties <- if (blocks) anyDuplicated(abs(d)) || any(d == 0) else anyDuplicated(c(x, y))
      if (!ties && length(x) < 50 && length(y) < 50) {
        shift <- suppressWarnings(if (blocks) wilcox.test(d, conf.int = TRUE) else wilcox.test(x, y, conf.int = TRUE))
        put(pair, "shift", number(shift$estimate))
        # Below this R gives all there is, which covers the shift with less than 95 %.
        enough <- if (blocks) qsignrank(.025, length(x)) > 0 else qwilcox(.025, length(x), length(y)) > 0
        if (enough) { put(pair, "low", number(shift$conf.int[1])); put(pair, "high", number(shift$conf.int[2])) }
      }
      role <- if (keys[i] == "timeToFirstByteMeanMs" && scope == "all") "primary" else "exploratory"
      family[[role]]$id <- c(family[[role]]$id, pair); family[[role]]$p <- c(family[[role]]$p, p)
    }
  }
  for (role in names(family)) { h <- p.adjust(family[[role]]$p, "holm"); for (j in seq_along(h)) put(family[[role]]$id[j], "holm", number(h[j])) }
}

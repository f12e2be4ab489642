# Tests by their names, by R: one line "key|value" each. Arguments: a file with one sample a line ("set method values…"), numbers
# exact, and a file of power questions ("runs effect").
args <- commandArgs(TRUE)
put <- function(key, value) cat(key, "|", sprintf("%.17g", value), "\n", sep = "")
lines <- strsplit(readLines(args[1]), " ")
sets <- split(lines, sapply(lines, `[`, 1))
for (s in names(sets)) {
  samples <- lapply(sets[[s]], function(l) as.numeric(l[-(1:2)]))
  k <- length(samples); n <- sapply(samples, length)
  v <- unlist(samples); g <- factor(rep(seq_len(k), n))
  for (i in seq_len(k)) {
    w <- shapiro.test(samples[[i]])
    put(paste(s, i, "shapiroW", sep = "|"), w$statistic); put(paste(s, i, "shapiroP", sep = "|"), w$p.value)
  }
  a <- oneway.test(v ~ g, var.equal = TRUE); w <- oneway.test(v ~ g)
  z <- abs(v - ave(v, g, FUN = median)); b <- oneway.test(z ~ g, var.equal = TRUE)
  for (t in list(list("anova", a), list("welch", w), list("brown", b))) {
    put(paste(s, t[[1]], "f", sep = "|"), t[[2]]$statistic)
    put(paste(s, t[[1]], "within", sep = "|"), t[[2]]$parameter[2])
    put(paste(s, t[[1]], "p", sep = "|"), t[[2]]$p.value)
  }
  tukey <- TukeyHSD(aov(v ~ g))$g
  row <- 0
  for (i in seq_len(k - 1)) for (j in (i + 1):k) {
    row <- row + 1
    key <- paste(s, i, j, sep = "|")
    put(paste(key, "tukeyLow", sep = "|"), -tukey[row, "upr"]); put(paste(key, "tukeyHigh", sep = "|"), -tukey[row, "lwr"])
    put(paste(key, "tukeyP", sep = "|"), tukey[row, "p adj"])
    x <- samples[[i]]; y <- samples[[j]]
    u <- var(x) / length(x); o <- var(y) / length(y)
    df <- (u + o)^2 / (u^2 / (length(x) - 1) + o^2 / (length(y) - 1))
    q <- abs(mean(x) - mean(y)) / sqrt((u + o) / 2)
    half <- qtukey(.95, k, df) * sqrt((u + o) / 2)
    put(paste(key, "gamesP", sep = "|"), ptukey(q, k, df, lower.tail = FALSE))
    put(paste(key, "gamesHigh", sep = "|"), mean(x) - mean(y) + half)
    m <- .3
    p <- max(t.test(x, y, mu = -m, alternative = "greater")$p.value, t.test(x, y, mu = m, alternative = "less")$p.value)
    put(paste(key, "tostP", sep = "|"), p)
    put(paste(key, "tostLow", sep = "|"), t.test(x, y, conf.level = .9)$conf.int[1])
    c <- min(length(x), length(y)); d <- t.test(x[1:c], y[1:c], paired = TRUE)
    put(paste(key, "pairedP", sep = "|"), d$p.value); put(paste(key, "pairedLow", sep = "|"), d$conf.int[1])
    put(paste(key, "wilcoxonP", sep = "|"), suppressWarnings(wilcox.test(round(x[1:c] - y[1:c], 9))$p.value))
  }
}
for (l in strsplit(readLines(args[2]), " ")) {
  q <- as.numeric(l)
  put(paste("power", l[1], l[2], sep = "|"), power.t.test(n = q[1], delta = q[2], sd = 1, strict = TRUE)$power)
}

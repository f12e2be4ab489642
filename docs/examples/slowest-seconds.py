#!/usr/bin/env python3
"""The seconds in which a server was slowest, from the exchanges of one run.

    lbqos analyze CAPTURE --balancer ADDRESS --backend NAME=ADDRESS --exchanges out.csv
    python3 slowest-seconds.py out.csv
"""
import csv
import sys
from collections import defaultdict

SHOWN = 5
# 2026-11-22T20:55:17: the time without its fraction names a second.
SECOND = slice(0, 19)


def quantile(values, share):
    """Linear interpolation between the closest ranks (R's type 7), as lbqos computes its percentiles."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def main(path):
    times = defaultdict(list)
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            # Not measured is an empty field, never 0: the exchange was not answered, or its start was not captured.
            if row["pair"] and row["requestStart"] and row["timeToFirstByteMs"]:
                times[row["pair"], row["requestStart"][SECOND]].append(float(row["timeToFirstByteMs"]))
    slowest = sorted(times.items(), key=lambda item: -quantile(item[1], 0.95))
    print("server\tsecond (UTC)\trequests\tp95 (ms)")
    for (pair, second), values in slowest[:SHOWN]:
        print(f"{pair}\t{second}\t{len(values)}\t{quantile(values, 0.95):.3f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

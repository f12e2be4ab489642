"""Runs a command with its output thrown away; prints seconds of wall and CPU time, peak resident memory in MB, and its status.

The memory is at least that of Python itself, some 10 MB, which the command begins as.
"""

import os
import subprocess
import sys
import time

start = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
wall = time.monotonic() - start
print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))

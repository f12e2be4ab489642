#!/usr/bin/env python3
"""Runs a command in a terminal of its own, and acts on what it says.

run-in-terminal.py COLUMNS ROWS STEPS COMMAND…: STEPS is a JSON list of {"when": regular expression that the output
since the step before has to match, or null, "afterMs": …, "keys": …, "resize": [columns, rows], "signals": [names]}. Prints
a JSON object: output (latin-1 of its bytes), marks (bytes of output before each step), status, whether the terminal's
modes are as they were.
"""
import fcntl, json, os, pty, re, select, signal, struct, sys, termios, time

DEADLINE_SECONDS = 60


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


columns, rows, steps, command = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4:]
pid, terminal = pty.fork()
if pid == 0:
    # The size has to be there before the command looks.
    sys.stdin.readline()
    os.execvp(command[0], command)
resize(terminal, columns, rows)
modes = termios.tcgetattr(terminal)
os.write(terminal, b"\n")

output, marks, since, due = b"", [], 0, None
started = time.monotonic()
skipped_echo = False
while time.monotonic() - started < DEADLINE_SECONDS:
    ready, _, _ = select.select([terminal], [], [], 0.02)
    if ready:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        output += piece
        if not skipped_echo and output.startswith(b"\r\n"):
            output, skipped_echo = output[2:], True
    if not steps:
        continue
    step = steps[0]
    if due is None and (step.get("when") is None or re.search(step["when"].encode(), output[since:])):
        due = time.monotonic() + step.get("afterMs", 0) / 1000
    if due is not None and time.monotonic() >= due:
        marks.append(len(output))
        if "keys" in step:
            os.write(terminal, step["keys"].encode())
        if "resize" in step:
            resize(terminal, *step["resize"])
        for name in step.get("signals", []):
            os.kill(pid, getattr(signal, name))
        steps, since, due = steps[1:], len(output), None
else:
    os.kill(pid, signal.SIGKILL)
try:
    same_modes = termios.tcgetattr(terminal) == modes
except termios.error:
    same_modes = None
_, ended = os.waitpid(pid, 0)
status = os.waitstatus_to_exitcode(ended)
json.dump({"output": output.decode("latin-1"), "marks": marks, "status": status, "sameModes": same_modes,
           "stepsLeft": len(steps)}, sys.stdout)

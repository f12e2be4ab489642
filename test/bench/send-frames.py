#!/usr/bin/env python3
"""Usage: send-frames.py CAPTURE INTERFACE FRAMES_PER_SECOND
Sends every frame of a classic little-endian pcap of Ethernet frames on an interface, evenly paced, as fast as asked; prints
how many it sent and how many seconds that took. The capture's own times don't matter."""
import socket, struct, sys, time

FILE_HEADER, RECORD_HEADER = 24, 16
BURST_SECONDS = 0.002

path, interface, rate = sys.argv[1], sys.argv[2], float(sys.argv[3])
out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
out.bind((interface, 0))
out.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
sent = 0
started = time.monotonic()
with open(path, "rb") as capture:
    capture.read(FILE_HEADER)
    ended = False
    while not ended:
        due = int((time.monotonic() - started) * rate) + 1
        while sent < due:
            header = capture.read(RECORD_HEADER)
            if len(header) < RECORD_HEADER:
                ended = True
                break
            out.send(capture.read(struct.unpack_from("<I", header, 8)[0]))
            sent += 1
        time.sleep(BURST_SECONDS)
print(sent, round(time.monotonic() - started, 3))

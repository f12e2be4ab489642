/** A load generator of the lab's own, in Python: IPv6, requests with bodies, a given number of connections at a time. */
import { join } from "node:path";

/**
 * The program. Each connection sends its next request when it has the answer to the last one, and is replaced after its
 * requests. It prints one JSON object: requests, replies, errors, failures (statuses of 400 and above), seconds.
 */
export const LOAD_PROGRAM = `import json
import socket
import sys
import threading
import time

host, port, connections, requests, calls, uri, body, timeout = sys.argv[1:]
left = int(requests)
calls = int(calls)
body = b"x" * int(body)
lock = threading.Lock()
counts = {"requests": 0, "replies": 0, "errors": 0, "failures": 0}
name = f"[{host}]" if ":" in host else host


def count(what):
    with lock:
        counts[what] += 1


def take():
    global left
    with lock:
        if left == 0:
            return False
        left -= 1
        return True


def ask(connection, is_last):
    """Returns whether the server keeps the connection."""
    lines = [f"{'POST' if body else 'GET'} {uri} HTTP/1.1", f"Host: {name}"]
    lines += [f"Content-Length: {len(body)}"] if body else []
    lines += ["Connection: close"] if is_last else []
    count("requests")
    connection.sendall("\\r\\n".join([*lines, "", ""]).encode() + body)
    with connection.makefile("rb") as answer:
        status = int(answer.readline().split(b" ", 2)[1])
        fields = {}
        while (line := answer.readline()) not in (b"\\r\\n", b"\\n", b""):
            field, _, value = line.partition(b":")
            fields[field.strip().lower()] = value.strip().lower()
        length = fields.get(b"content-length")
        if length is not None:
            if len(answer.read(int(length))) < int(length):
                raise ConnectionError("cut")
        elif fields.get(b"transfer-encoding") == b"chunked":
            while size := int(answer.readline().split(b";")[0], 16):
                answer.read(size + 2)
            answer.readline()
        else:
            answer.read()
    count("replies")
    if status >= 400:
        count("failures")
    return fields.get(b"connection") != b"close" and not is_last


def work():
    connection = None
    sent = 0
    while take():
        try:
            if connection is None:
                connection = socket.create_connection((host, int(port)), timeout=float(timeout))
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sent = 0
            sent += 1
            if not ask(connection, sent == calls):
                connection.close()
                connection = None
        except (OSError, ValueError, IndexError):
            count("errors")
            if connection is not None:
                connection.close()
                connection = None
    if connection is not None:
        connection.close()


begin = time.monotonic()
workers = [threading.Thread(target=work) for _ in range(int(connections))]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(json.dumps({**counts, "seconds": time.monotonic() - begin}))
`;

/** Path of the program in a lab's folder. */
export function loadProgram(folder: string): string {
  return join(folder, "load.py");
}

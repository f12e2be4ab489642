/** The backends: a Flask application with answers of every kind, served by gunicorn as in the study. */
import { join } from "node:path";
import { endpointText } from "../metrics/endpoints.ts";

/** Debian's own Python: its Flask and gunicorn are packages of the system. */
export const PYTHON = "/usr/bin/python3";

/** How a backend treats requests: a word in a file that it reads at every request. */
export function behaviourPath(folder: string, backend: string): string {
  return join(folder, `${backend}.behaviour`);
}

/**
 * The application. `/` is the study's page; `/slow?s=SECONDS`, `/large?n=BYTES`, `/chunked?n=CHUNKS`, `/fail?status=CODE`
 * `/echo` and `/sink` (POST) answer as they are asked to. A file can make every answer slow or a failure.
 */
export const FLASK_APP = `import os
import time
from flask import Flask, Response, request

app = Flask(__name__)
NAME = os.environ["LAB_BACKEND"]
BEHAVIOUR = os.environ["LAB_BEHAVIOUR"]


@app.before_request
def behave():
    """slow SECONDS: every answer comes later; fail STATUS: every answer is a failure."""
    try:
        with open(BEHAVIOUR) as file:
            kind, value = file.read().split()
    except (FileNotFoundError, ValueError):
        return None
    if kind == "slow":
        time.sleep(float(value))
    if kind == "fail":
        return Response("failed on purpose\\n", status=int(value))
    return None


@app.get("/")
def index():
    return "Hello from " + NAME + "\\n"


@app.get("/slow")
def slow():
    time.sleep(float(request.args.get("s", "0.02")))
    return "slow\\n"


@app.get("/large")
def large():
    return Response(b"x" * int(request.args.get("n", "100000")))


@app.get("/chunked")
def chunked():
    count = int(request.args.get("n", "20"))
    return Response("chunk %d\\n" % number for number in range(count))


@app.get("/fail")
def fail():
    return Response("failed on purpose\\n", status=int(request.args.get("status", "500")))


@app.post("/echo")
def echo():
    return request.get_data()


@app.post("/sink")
def sink():
    return "%d bytes\\n" % len(request.get_data())
`;

/** gunicorn with one worker process of eight threads; its own files stay in `folder`. */
export function gunicornCommand(folder: string, address: string): string[] {
  return [
    ...[PYTHON, "-B", "-m", "gunicorn", "--chdir", folder, "--worker-tmp-dir", folder],
    ...["--workers", "1", "--worker-class", "gthread", "--threads", "8"],
    ...["--bind", endpointText(address, 80), "app:app"],
  ];
}

#!/usr/bin/env bash
# The demo's main job, after set-up: compares the methods of the shipped captures and writes the whole report, with all
# charts, into reports/demo/.
set -euo pipefail
cd "$(dirname "$0")/.."

command=(node dist/main.js compare fixtures/experiment.yaml -o reports/demo)
printf '\n$%s\n\n' "$(printf ' %q' "${command[@]}")"
exec "${command[@]}"

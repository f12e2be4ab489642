#!/usr/bin/env bash
# The demo's main job, after set-up: measures one recorded test run of the round-robin method.
set -euo pipefail
cd "$(dirname "$0")/../.."

command=(node dist/cli/main.js analyze fixtures/captures/round-robin-1.pcapng.gz
  --balancer 192.168.56.103
  --backend "Flask A=192.168.56.109"
  --backend "Flask B=192.168.56.113"
  --backend "Flask C=192.168.56.110")
printf '\n$%s\n\n' "$(printf ' %q' "${command[@]}")"
exec "${command[@]}"

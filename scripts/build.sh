#!/usr/bin/env bash
# Builds dist/ from src/: from nothing, so that no file outlives its source, and with a command that can be run.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf dist
node_modules/.bin/tsc -p tsconfig.build.json --emitDeclarationOnly
# Its list of files goes nowhere; errors come on standard error.
node_modules/.bin/rolldown -c scripts/bundle.config.mjs >/dev/null
chmod +x dist/main.js

#!/usr/bin/env bash
# Builds dist/ from src/: from nothing, so that no file outlives its source, and with a command that can be run.
# --debug: with source maps, and engine programs that check every index (src/engine/README.md says how to debug).
set -euo pipefail
cd "$(dirname "$0")/.."
[[ ${1:-} == --debug ]] && export DEBUG_BUILD=1
rm -rf dist
node_modules/.bin/tsc -p tsconfig.build.json --emitDeclarationOnly
node scripts/public-declarations.mjs
# Its list of files goes nowhere; errors come on standard error.
node_modules/.bin/rolldown -c scripts/bundle.config.mjs >/dev/null
chmod +x dist/main.js
node scripts/build-page.mjs

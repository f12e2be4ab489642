#!/usr/bin/env bash
# Usage: system-packages.sh [LIST]
# Installs the Debian packages that the tests use (LIST says which and why: system-packages.txt unless named). Without root or
# without apt it says what to run and lets the tests go on: those that need a missing program are skipped, visibly.
set -euo pipefail
cd "$(dirname "$0")"
list=${1:-system-packages.txt}
PATH="$PATH:/usr/sbin:/sbin"
LOCK_WAIT_SECONDS=300

missing=()
while read -r program package why; do
  case $program in '' | '#'*) continue ;; esac
  # A program on the PATH, or the path of a file.
  if command -v "$program" >/dev/null || [[ $program == /* && -e $program ]]; then continue; fi
  [ ${#missing[@]} -gt 0 ] || echo "Debian packages that the tests use and this machine lacks:"
  printf '  %-17s %s\n' "$package" "$why"
  missing+=("$package")
done <"$list"
[ ${#missing[@]} -gt 0 ] || exit 0

advise() {
  echo "$1. To run every test: sudo apt-get update && sudo apt-get install ${missing[*]}"
  echo "Going on without: the tests that need them will be skipped."
  exit 0
}
command -v apt-get >/dev/null || advise "This machine has no apt-get"
[ "$(id -u)" = 0 ] || advise "Not installing them, since this is not root"

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# apt waits for dpkg's lock by itself (DPkg::Lock::Timeout), but not for the lock on its package lists.
apt() {
  local deadline=$((SECONDS + LOCK_WAIT_SECONDS))
  until apt-get -q -y -o "DPkg::Lock::Timeout=$LOCK_WAIT_SECONDS" "$@" >"$log" 2>&1 </dev/null; do
    if ! grep -q 'Could not get lock' "$log" || [ "$SECONDS" -ge "$deadline" ]; then return 1; fi
    sleep 2
  done
}

echo "Installing them with apt-get (a minute or two) ..."
# A source that can't be reached must not keep the others from serving, so a failed update is not the end.
apt update || true
# tshark's package asks whether everybody may capture; the tests read files and need no such right.
echo 'wireshark-common wireshark-common/install-setuid boolean false' | debconf-set-selections || true
if ! apt install --no-install-recommends "${missing[@]}"; then
  tail -n 15 "$log"
  advise "apt-get could not install them (its last words stand above)"
fi
# npm packages that could not be compiled without these get another try (see node-packages.mjs).
rm -f ../node_modules/.package-lock.json

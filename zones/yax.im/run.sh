#!/usr/bin/env bash
# The main job on the example of this folder: keys, signed zones, verification, DS. Works on a copy, so the folder stays clean.
set -euo pipefail
danectl=$(realpath "${1:-.build/release/danectl}")
folder=$(mktemp -d "${TMPDIR:-/tmp}/danectl-yax.im.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cp "$(dirname "$0")"/*.zone "$(dirname "$0")"/danectl.yaml "$folder"
cd "$folder"

show() { printf '\n$ %s\n' "$*"; "$@"; }
danectl() { "$danectl" "$@"; }
show danectl check
show danectl sign
show danectl verify signed/yax.im.zone
show danectl verify signed/yaxim.org.zone
show danectl keys
show danectl ds yax.im
show danectl ds yaxim.org --format table

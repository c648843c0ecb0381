#!/usr/bin/env bash
# The main job on the example of this folder: services, TLSA, signed zones, DS, and the plan of a certificate rollover. Works on
# a copy, so the folder stays clean.
set -euo pipefail
danectl=$(realpath "${1:-.build/release/danectl}")
folder=$(mktemp -d "${TMPDIR:-/tmp}/danectl-yax.im.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cp "$(dirname "$0")"/*.zone "$(dirname "$0")"/danectl.yaml "$folder"
cd "$folder"

show() { printf '\n$ %s\n' "$*"; "$@"; }
danectl() { "$danectl" "$@"; }
# Self-signed certificates stand in for an authority's.
certificate() { # FILE KEY NAME…
    local file=$1 key=$2; shift 2
    danectl cert self-sign --key "$key" --validity 90d $(printf -- '--dns %s ' "$@") -o "$file"
}
mkdir -p live/web staged/web
certificate live/xmpp.crt live/xmpp.key yax.im chat.yax.im anon.yax.im xmpp.yaxim.org
cat live/xmpp.crt live/xmpp.key > live/xmpp.pem
certificate live/web/fullchain.pem live/web/privkey.pem yaxim.org www.yaxim.org

show danectl check
show danectl services
show danectl apply
show danectl verify signed/yax.im.zone
show danectl verify signed/yaxim.org.zone
show grep -P '\tTLSA\t' signed/yaxim.org.zone
show danectl keys
show danectl ds yax.im
show danectl ds yaxim.org --format table

# A day later the web server's certificate has been renewed with another key.
certificate staged/web/fullchain.pem staged/web/privkey.pem yaxim.org www.yaxim.org
later=$(date -u -d '+1 day' +%Y-%m-%dT%H:%M:%SZ)
show danectl plan web --now "$later"

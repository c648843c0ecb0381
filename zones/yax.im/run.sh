#!/usr/bin/env bash
# The main job on the example of this folder: services, TLSA, signed zones, DS, and the plan of a certificate rollover. Works on
# a copy, so the folder stays clean.
. "$(dirname "$0")/../example.sh"

# Self-signed certificates stand in for an authority's.
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
show danectl plan web --now "$(in_days 1)"

#!/usr/bin/env bash
# No authority: the certificate's successor is made by danectl, with the key whose record has been published long before.
. "$(dirname "$0")/../example.sh"

mkdir -p live staged
certificate live/xmpp.crt live/xmpp.key selfsigned.example xmpp.selfsigned.example

say "Two records: the key in use, and the next one, which danectl keeps."
show danectl apply
show grep -P '\tTLSA\t' signed/selfsigned.example.zone

pass_days 5 60
say "Two months later: a certificate with the next key is staged, and goes live at once."
show danectl rollover tlsa xmpp --now "$(in_days 60)"
show danectl apply --now "$(in_days 60)"
show danectl plan --now "$(in_days 60)"

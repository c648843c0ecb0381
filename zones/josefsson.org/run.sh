#!/usr/bin/env bash
# A private authority: its certificates change every month and DNS does not, until the authority itself changes.
. "$(dirname "$0")/../example.sh"

# A month's certificate, by the authority in a folder, with the names that RFC 6120 asks for.
month() { # AUTHORITY FILE NOW
    danectl cert request --key "$2.key" --dns josefsson.org --dns chat.sjd.se \
        --srv _xmpp-client.josefsson.org --srv _xmpp-server.josefsson.org > "$2.csr"
    danectl cert issue "$2.csr" --ca "$1.pem" --ca-key "$1.key" --validity 31d --now "$3" -o "$2.crt"
    cat "$2.crt" "$2.key" > "$2.pem"
}
mkdir -p live staged

say "The authority, and a certificate for the first month."
show danectl cert self-sign --authority --common-name "XMPP CA for josefsson.org" --validity 10950d --key ca.key -o ca.pem
month ca live/xmpp "$(in_days 0)"
show danectl cert lint
show danectl apply
show grep -P '\tTLSA\t' signed/sjd.se.zone

pass_days 5 25
say "The next month's certificate has another key; the record names the authority, and stays."
month ca staged/xmpp "$(in_days 25)"
show danectl plan --now "$(in_days 25)"
show danectl apply --now "$(in_days 25)"

pass_days 30 50
say "A new authority is a rollover: its record first, its certificate when every cache has it, then the old record goes."
danectl cert self-sign --authority --common-name "XMPP CA for josefsson.org" --validity 10950d --key new.key -o new.pem
rm staged/xmpp.key
month new staged/xmpp "$(in_days 50)"
show danectl plan --now "$(in_days 50)"

#!/usr/bin/env bash
# Mail, web and XMPP with RSA and ECDSA certificates: each record set matches every certificate that is presented there.
. "$(dirname "$0")/../example.sh"

names=(mail.example mx1.mail.example mx2.mail.example www.mail.example xmpp.mail.example)
mkdir -p live staged
openssl genrsa -out live/rsa.key 2048 2> /dev/null
for kind in ecdsa rsa; do certificate "live/$kind.crt" "live/$kind.key" "${names[@]}"; done

show danectl services
show danectl apply
show grep -P '\tTLSA\t' signed/mail.example.zone

pass_days 5 60
say "A new ECDSA certificate, two months later: the RSA one's records stay as they are."
certificate staged/ecdsa.crt staged/ecdsa.key "${names[@]}"
show danectl plan ecdsa --now "$(in_days 60)"

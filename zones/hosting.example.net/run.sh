#!/usr/bin/env bash
# Hosting: three domains of different people on one host, first in one hand, then a tenant by itself.
. "$(dirname "$0")/../example.sh"

mkdir -p live staged
certificate live/host.crt live/host.key hosting.example.net
cat live/host.crt live/host.key > live/host.pem

show danectl services
show danectl apply
show grep -P '\tTLSA\t' signed/hosting.example.net.zone

say "A tenant that keeps its zone in its own hands learns what the host must publish."
show danectl plan --manifest shire.yaml

say "A tenant whose zone cannot be signed: the document for /.well-known/posh/ (RFC 7711)."
show danectl posh mordor.example

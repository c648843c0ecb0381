/// Shell scripts that join an ACME client and danectl.
struct ACMEHook {
    let manifest: String
    let certificate: String
    let chain: String
    let key: String?

    /// The head of every script, with values that the shell takes as they are.
    private var head: String {
        """
        #!/bin/sh
        # Made by 'danectl hooks' for certificate '\(certificate.filter { !$0.isNewline })'.
        set -eu
        umask 077
        export DANECTL_MANIFEST=\(quoted(manifest))
        name=\(quoted(certificate))
        staged=\(quoted(chain))

        # Puts it live when it is safe; not yet (75) is no failure: 'danectl apply' from a timer does it then.
        deploy() { danectl deploy "$name" || [ $? -eq 75 ]; }

        """
    }

    /// A script to run from a timer: asks for a certificate for danectl's next key, when it is time.
    func request(_ client: ACMEClient) -> String {
        let ask =
            switch client {
            case .certbot:
                """
                # 'certbot renew' leaves certificates that were made from a request alone: this script renews them.
                certbot certonly --non-interactive --csr "$work/request.pem" \\
                    --cert-path "$work/cert.pem" --chain-path "$work/chain.pem" --fullchain-path "$work/new.pem" "$@"
                """
            case .lego:
                """
                # lego needs --email, --accept-tos and a challenge: pass them to this script.
                lego --path "$work/lego" --csr "$work/request.pem" "$@" run
                cat "$work"/lego/certificates/*.crt > "$work/new.pem"
                """
            case .acmeSh:
                """
                # acme.sh needs a challenge, such as --webroot /var/www: pass it to this script.
                acme.sh --signcsr --csr "$work/request.pem" --fullchain-file "$work/new.pem" "$@"
                """
            case .dehydrated:
                """
                # dehydrated writes the chain to its standard output.
                dehydrated --signcsr "$work/request.pem" --full-chain "$@" > "$work/new.pem"
                """
            }
        return head + """

            # Nothing to do while the live certificate has more than a third of its life left.
            danectl cert due "$name" || { deploy; exit 0; }

            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            danectl cert request --certificate "$name" > "$work/request.pem"
            \(ask)
            # danectl keeps the key: the chain alone is staged.
            mkdir -p "$(dirname "$staged")"
            cp "$work/new.pem" "$staged.part"
            mv "$staged.part" "$staged"
            deploy

            """
    }

    /// A hook that the client calls when it has a new certificate.
    func deployment(_ client: ACMEClient) -> String {
        let (how, from): (String, String) =
            switch client {
            case .certbot:
                (
                    "# certbot renew --deploy-hook THIS-SCRIPT; the server must not load from certbot's own folder.",
                    "new_chain=$RENEWED_LINEAGE/fullchain.pem new_key=$RENEWED_LINEAGE/privkey.pem"
                )
            case .lego:
                (
                    "# lego … renew --renew-hook THIS-SCRIPT",
                    "new_chain=$LEGO_CERT_PATH new_key=$LEGO_CERT_KEY_PATH"
                )
            case .acmeSh:
                (
                    "# acme.sh --issue … --renew-hook THIS-SCRIPT",
                    "new_chain=$CERT_FULLCHAIN_PATH new_key=$CERT_KEY_PATH"
                )
            case .dehydrated:
                (
                    "# HOOK=THIS-SCRIPT in dehydrated's config",
                    "[ \"${1:-}\" = deploy_cert ] || exit 0\nnew_key=$3 new_chain=$5"
                )
            }
        let copy =
            key.map {
                """
                key=\(quoted($0))
                mkdir -p "$(dirname "$staged")" "$(dirname "$key")"
                # The key first: danectl uses no chain whose key is not there.
                cp "$new_key" "$key.part"
                mv "$key.part" "$key"
                cp "$new_chain" "$staged.part"
                mv "$staged.part" "$staged"
                """
            } ?? """
                mkdir -p "$(dirname "$staged")"
                cat "$new_chain" "$new_key" > "$staged.part"
                mv "$staged.part" "$staged"
                """
        return head + "\n\(how)\n\(from)\n\(copy)\ndeploy\n"
    }

    /// A word for the shell.
    private func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

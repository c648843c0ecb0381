#ifndef DANECTL_CTLS_SHIM_H
#define DANECTL_CTLS_SHIM_H

// OpenSSL's TLS, which judges what the tool decides in some tests; the tool itself needs none.

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline int danectl_ssl_ctx_add_chain_certificate(SSL_CTX *ctx, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(ctx, certificate);
}

/* Judges a chain as the TLS client that `ssl` stands for would, without a handshake; the result is X509_verify_cert's,
   and the error is kept where SSL_get_verify_result reads it. */
static inline int danectl_ssl_verify_chain(SSL *ssl, STACK_OF(X509) *chain) {
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    if (context == NULL) return -1;
    int result = -1;
    X509_STORE *store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
    if (X509_STORE_CTX_init(context, store, sk_X509_value(chain, 0), chain)
        && X509_STORE_CTX_set_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx(), ssl)) {
        X509_STORE_CTX_set_default(context, "ssl_server");
        X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(context), SSL_get0_param(ssl));
        X509_STORE_CTX_set0_dane(context, SSL_get0_dane(ssl));
        result = X509_verify_cert(context);
        SSL_set_verify_result(ssl, X509_STORE_CTX_get_error(context));
    }
    X509_STORE_CTX_free(context);
    return result;
}

#endif

#ifndef DANECTL_COPENSSL_X509_SHIM_H
#define DANECTL_COPENSSL_X509_SHIM_H

// What X.509, PKCS #7, PKCS #12 and TLS need beyond functions that Swift can call: macros and typed stacks.

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline int danectl_x509_stack_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *danectl_x509_stack_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
static inline STACK_OF(X509) *danectl_x509_stack_new(void) { return sk_X509_new_null(); }
/* Takes ownership of the certificate when it returns a positive number. */
static inline int danectl_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) { return sk_X509_push(stack, certificate); }
static inline void danectl_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

/* The certificates of a signed-data or signed-and-enveloped-data object, borrowed; NULL for any other type. */
static inline STACK_OF(X509) *danectl_pkcs7_certificates(PKCS7 *object) {
    if (PKCS7_type_is_signed(object)) return object->d.sign ? object->d.sign->cert : NULL;
    if (PKCS7_type_is_signedAndEnveloped(object))
        return object->d.signed_and_enveloped ? object->d.signed_and_enveloped->cert : NULL;
    return NULL;
}

static inline EVP_PKEY *danectl_generate_rsa(unsigned int bits) { return EVP_RSA_gen(bits); }
static inline EVP_PKEY *danectl_generate_ec(const char *curve) { return EVP_EC_gen(curve); }
static inline EVP_PKEY *danectl_generate_named(const char *name) { return EVP_PKEY_Q_keygen(NULL, NULL, name); }

static inline long danectl_bio_contents(BIO *bio, const unsigned char **start) { return BIO_get_mem_data(bio, (char **)start); }

static inline int danectl_ssl_set_server_name(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }
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

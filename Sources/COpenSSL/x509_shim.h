#ifndef DANECTL_COPENSSL_X509_SHIM_H
#define DANECTL_COPENSSL_X509_SHIM_H

// What X.509, PKCS #7 and PKCS #12 need beyond functions that Swift can call: macros and typed stacks.

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/rsa.h>
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

#endif

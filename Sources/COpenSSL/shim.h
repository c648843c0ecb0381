#ifndef DANECTL_COPENSSL_SHIM_H
#define DANECTL_COPENSSL_SHIM_H

// The digest functions below are deprecated in OpenSSL 3 in favour of EVP, which costs twice as much on the short
// messages of DNSSEC (a name to hash, an RRset to sign); so is that which signs with ECDSA without writing DER.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/conf.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <string.h>

#include "x509_shim.h"

// What makes up a key, for EVP_PKEY_fromdata: macros that Swift cannot read.
static const int danectl_public_key = EVP_PKEY_PUBLIC_KEY;
static const int danectl_key_pair = EVP_PKEY_KEYPAIR;

/// Makes a table of multiples of a group's generator; 0 where the library cannot. Deprecated in OpenSSL 3 without a
/// successor.
static inline int danectl_precompute_multiples(EC_GROUP *group, BN_CTX *context) {
#if OPENSSL_VERSION_MAJOR < 4
    return EC_GROUP_precompute_mult(group, context) == 1 && EC_GROUP_have_precompute_mult(group) == 1;
#else
    (void)group;
    (void)context;
    return 0;
#endif
}

/// Gives points the third coordinate 1, with one inverse for all of them; 0 where the library cannot. Deprecated in OpenSSL 3
/// without a successor.
static inline int danectl_make_affine(const EC_GROUP *group, size_t count, EC_POINT **points, BN_CTX *context) {
#if OPENSSL_VERSION_MAJOR < 4
    return EC_POINTs_make_affine(group, count, points, context);
#else
    (void)group, (void)count, (void)points, (void)context;
    return 0;
#endif
}

/// The first coordinate of a point whose third one is 1. OpenSSL's function for affine coordinates inverts that 1, too.
static inline int danectl_affine_x(const EC_GROUP *group, const EC_POINT *point, BIGNUM *x, BN_CTX *context) {
#if OPENSSL_VERSION_MAJOR < 4
    return EC_POINT_get_Jprojective_coordinates_GFp(group, point, x, NULL, NULL, context);
#else
    return EC_POINT_get_affine_coordinates(group, point, x, NULL, context);
#endif
}

/// The state of one message digest; `kind` is the digest's length in octets: 20, 32, 48 or 64.
typedef struct {
    int kind;
    union {
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } state;
} danectl_digest;

static inline void danectl_digest_start(danectl_digest *digest) {
    switch (digest->kind) {
    case SHA_DIGEST_LENGTH: SHA1_Init(&digest->state.sha1); break;
    case SHA256_DIGEST_LENGTH: SHA256_Init(&digest->state.sha256); break;
    case SHA384_DIGEST_LENGTH: SHA384_Init(&digest->state.sha512); break;
    default: SHA512_Init(&digest->state.sha512); break;
    }
}

static inline void danectl_digest_update(danectl_digest *digest, const void *octets, size_t count) {
    switch (digest->kind) {
    case SHA_DIGEST_LENGTH: SHA1_Update(&digest->state.sha1, octets, count); break;
    case SHA256_DIGEST_LENGTH: SHA256_Update(&digest->state.sha256, octets, count); break;
    case SHA384_DIGEST_LENGTH: SHA384_Update(&digest->state.sha512, octets, count); break;
    default: SHA512_Update(&digest->state.sha512, octets, count); break;
    }
}

/// Writes `kind` octets to `output`.
static inline void danectl_digest_finish(danectl_digest *digest, unsigned char *output) {
    switch (digest->kind) {
    case SHA_DIGEST_LENGTH: SHA1_Final(output, &digest->state.sha1); break;
    case SHA256_DIGEST_LENGTH: SHA256_Final(output, &digest->state.sha256); break;
    case SHA384_DIGEST_LENGTH: SHA384_Final(output, &digest->state.sha512); break;
    default: SHA512_Final(output, &digest->state.sha512); break;
    }
}

/// Writes the SHA-1 of a message of at most 55 octets, which stands at the start of a block and is padded there
/// (FIPS 180-4 §5.1.1): without what update and final do about blocks that are begun. `output` may be `block`.
static inline void danectl_sha1_of_block(unsigned char *block, size_t count, unsigned char *output) {
    memset(block + count, 0, SHA_CBLOCK - count);
    block[count] = 0x80;
    block[SHA_CBLOCK - 2] = (unsigned char)(count >> 5);
    block[SHA_CBLOCK - 1] = (unsigned char)(count << 3);
    SHA_CTX context;
    SHA1_Init(&context);
    SHA1_Transform(&context, block);
    const uint32_t words[] = {htonl(context.h0), htonl(context.h1), htonl(context.h2), htonl(context.h3),
                              htonl(context.h4)};
    memcpy(output, words, sizeof words);
}

#endif

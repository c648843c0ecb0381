/* What the machine can do at most: the calls of OpenSSL alone, one context a thread.
 *
 * usage: raw sha1|p256-sign|p256-verify THREADS SECONDS      prints how often a second
 *
 * SHA-1 is computed with the calls that cost least, those that OpenSSL 3 calls deprecated: the others look a digest up and
 * pass through two layers more, which takes as long as the block itself where the processor knows SHA. The names are those
 * that `DANEKitBenchmarks rates hash` hashes.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_int finished;
static const char *work;

static void check(int good) {
    if (!good) {
        fputs("OpenSSL refuses\n", stderr);
        exit(1);
    }
}

static long hash(void) {
    enum { names = 10000, round = 1000 };
    static _Thread_local unsigned char name[names][32];
    static _Thread_local size_t length[names];
    for (int index = 0; index < names; index += 1) {
        unsigned char *octet = name[index];
        octet[0] = (unsigned char)sprintf((char *)octet + 1, "host%d", index * 7919 % 1000000);
        memcpy(octet + 1 + octet[0], "\7example\3org", 13);
        length[index] = 1 + (size_t)octet[0] + 13;
    }
    SHA_CTX context;
    unsigned char digest[SHA_DIGEST_LENGTH];
    long count = 0;
    for (; !finished; count += round) {
        for (int index = 0; index < round; index += 1) {
            size_t next = (size_t)(count + index) % names;
            check(SHA1_Init(&context) && SHA1_Update(&context, name[next], length[next]) && SHA1_Final(digest, &context));
        }
    }
    return count;
}

static long sign_or_verify(int verifies) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    EVP_PKEY_CTX *signing = EVP_PKEY_CTX_new(key, NULL), *verifying = EVP_PKEY_CTX_new(key, NULL);
    unsigned char digest[32] = {1}, signature[80];
    size_t length = sizeof signature;
    check(EVP_PKEY_sign_init(signing) > 0 && EVP_PKEY_verify_init(verifying) > 0);
    check(EVP_PKEY_sign(signing, signature, &length, digest, sizeof digest) > 0);
    long count = 0;
    for (; !finished; count += 1) {
        if (verifies) {
            check(EVP_PKEY_verify(verifying, signature, length, digest, sizeof digest) > 0);
        } else {
            length = sizeof signature;
            check(EVP_PKEY_sign(signing, signature, &length, digest, sizeof digest) > 0);
        }
    }
    EVP_PKEY_CTX_free(signing);
    EVP_PKEY_CTX_free(verifying);
    EVP_PKEY_free(key);
    return count;
}

static void *run(void *result) {
    *(long *)result = strcmp(work, "sha1") == 0 ? hash() : sign_or_verify(strcmp(work, "p256-verify") == 0);
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    work = arguments[1];
    int threads = atoi(arguments[2]), seconds = atoi(arguments[3]);
    pthread_t thread[256];
    long done[256], sum = 0;
    if (threads < 1 || threads > 256 || seconds < 1) return 64;
    for (int index = 0; index < threads; index += 1) check(pthread_create(&thread[index], NULL, run, &done[index]) == 0);
    sleep((unsigned)seconds);
    finished = 1;
    for (int index = 0; index < threads; index += 1) {
        pthread_join(thread[index], NULL);
        sum += done[index];
    }
    printf("%ld\n", sum / seconds);
    return 0;
}

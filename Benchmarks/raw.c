/* What the machine can do at most: the calls of OpenSSL alone, one context a thread.
 *
 * usage: raw sha1|p256-sign|p256-verify THREADS SECONDS      prints how often a second
 */
#include <openssl/ec.h>
#include <openssl/evp.h>
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
    EVP_MD *sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char name[25] = {10, 'd'}, digest[20];
    long count = 0;
    for (; !finished; count += 1) {
        check(EVP_DigestInit_ex(context, sha1, NULL) && EVP_DigestUpdate(context, name, sizeof name)
              && EVP_DigestFinal_ex(context, digest, NULL));
    }
    EVP_MD_CTX_free(context);
    EVP_MD_free(sha1);
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

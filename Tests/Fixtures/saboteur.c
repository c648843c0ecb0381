/* Loaded into a process before libc: the N-th step of its writing (SABOTEUR_STEP) kills it, or fails as a full disk does.
 *
 * A step is a call that changes what is on the disk. Writes to standard output and error are not counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(void) {
    static int steps;
    const char *wanted = getenv("SABOTEUR_STEP");
    if (wanted == NULL || ++steps != atoi(wanted)) return 0;
    const char *mode = getenv("SABOTEUR_MODE");
    if (mode != NULL && strcmp(mode, "full") == 0) {
        errno = ENOSPC;
        return 1;
    }
    kill(getpid(), SIGKILL);
    return 1;
}

ssize_t write(int descriptor, const void *octets, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (real == NULL) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (descriptor <= 2) return real(descriptor, octets, count);
    /* Killed in the middle of a write: half of it is there. */
    const char *mode = getenv("SABOTEUR_MODE");
    if (mode != NULL && strcmp(mode, "half") == 0 && count > 1) {
        ssize_t half = real(descriptor, octets, count / 2);
        if (fails()) return -1;
        ssize_t rest = real(descriptor, (const char *)octets + half, count - (size_t)half);
        return rest < 0 ? half : half + rest;
    }
    return fails() ? -1 : real(descriptor, octets, count);
}

int fsync(int descriptor) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    return fails() ? -1 : real(descriptor);
}

int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (real == NULL) real = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    return fails() ? -1 : real(from, to);
}

int unlink(const char *path) {
    static int (*real)(const char *);
    if (real == NULL) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    return fails() ? -1 : real(path);
}

int open(const char *path, int flags, ...) {
    static int (*real)(const char *, int, ...);
    if (real == NULL) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if ((flags & O_CREAT) && fails()) return -1;
    return real(path, flags, mode);
}

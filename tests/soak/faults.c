/* A disk that fails on purpose: preloaded into a process under test.

   Counts the calls that touch files under FAULT_UNDER. At call number FAULT_AT
   of the kinds named in FAULT_CALLS, a list between commas, it kills the
   process (FAULT_DO=kill) or fails with that errno, from then on (FAULT_DO=5).
   Without FAULT_AT it writes their number to the file FAULT_COUNT at the end. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long seen;

static int fails(const char *call, const char *path) {
    const char *under = getenv("FAULT_UNDER"), *calls = getenv("FAULT_CALLS");
    const char *at = getenv("FAULT_AT"), *act = getenv("FAULT_DO");
    char wanted[64];
    if (!under || !calls || !path || !strstr(path, under)) return 0;
    snprintf(wanted, sizeof wanted, ",%s,", call);
    if (!strstr(calls, wanted)) return 0;
    long now = __sync_add_and_fetch(&seen, 1);
    if (!at || !act || now < atol(at)) return 0;
    if (!strcmp(act, "kill")) { if (now == atol(at)) kill(getpid(), SIGKILL); return 0; }
    errno = atoi(act);
    return 1;
}

static int fails_fd(const char *call, int fd) {
    int kept = errno;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    errno = kept;
    if (size < 0) return 0;
    path[size] = 0;
    return fails(call, path);
}

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path && seen ? fopen(path, "w") : NULL;
    if (file) { fprintf(file, "%ld", seen); fclose(file); }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define BY_FD(kind, result, name, parameters, arguments)                        \
    result name parameters {                                                    \
        if (fails_fd(kind, fd)) return -1;                                      \
        return REAL(name) arguments;                                            \
    }

BY_FD("sync", int, fsync, (int fd), (fd))
BY_FD("sync", int, fdatasync, (int fd), (fd))
BY_FD("truncate", int, ftruncate, (int fd, off_t size), (fd, size))
BY_FD("truncate", int, ftruncate64, (int fd, off64_t size), (fd, size))
BY_FD("write", ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
BY_FD("write", ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
BY_FD("write", ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
BY_FD("read", ssize_t, pread, (int fd, void *data, size_t size, off_t at), (fd, data, size, at))
BY_FD("read", ssize_t, pread64, (int fd, void *data, size_t size, off64_t at), (fd, data, size, at))

int rename(const char *from, const char *to) {
    if (fails("rename", from)) return -1;
    return REAL(rename)(from, to);
}
int unlink(const char *path) {
    if (fails("unlink", path)) return -1;
    return REAL(unlink)(path);
}

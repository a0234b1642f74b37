// Stands between a .NET program and the disk: loaded before libc, it sees every call that changes a file below DISK_ROOT.
// The calls are those that the framework makes (nm -D libSystem.Native.so); one that is not followed here aborts.
// DISK_LOG: where each is written down once it is done: name, path, second path, offset, length, a line, then the bytes.
// DISK_KILL: the process dies at that call, before it is done; a write is done by half.
// DISK_FAIL: that call fails with DISK_ERRNO.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define PASS 0
#define FAIL 1

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static long calls, kill_at, fail_at;
static int fail_with, log_to = -1;

static long number(const char *name) { const char *text = getenv(name); return text ? atol(text) : 0; }

__attribute__((constructor)) static void begin(void) {
    root = getenv("DISK_ROOT");
    kill_at = number("DISK_KILL");
    fail_at = number("DISK_FAIL");
    fail_with = (int)number("DISK_ERRNO");
    const char *path = getenv("DISK_LOG");
    if (path) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        log_to = fcntl(fd, F_DUPFD_CLOEXEC, 900);
        syscall(SYS_close, fd);
    }
}

static int inside(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return inside(path);
}

static void put(const void *bytes, size_t length) {
    for (const char *at = bytes; length > 0;) {
        ssize_t done = syscall(SYS_write, log_to, at, length);
        if (done < 0) abort();
        at += done;
        length -= done;
    }
}

static void note(const char *name, const char *path, const char *second, long offset, const void *bytes, size_t length) {
    if (log_to >= 0) {
        char line[2 * PATH_MAX + 128];
        put(line, snprintf(line, sizeof line, "%s\t%s\t%s\t%ld\t%zu\n", name, path, second, offset, length));
        put(bytes, length);
    }
}

// Called under the gate.
static int enter(void) {
    calls++;
    if (calls == kill_at) return -1;
    if (calls == fail_at) { errno = fail_with; return FAIL; }
    return PASS;
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

// A call on paths: CALL is the real one, 0 when it succeeds.
#define ON_PATH(name, path, second, CALL) \
    if (!inside(path)) return CALL; \
    pthread_mutex_lock(&gate); \
    int state = enter(); \
    if (state < 0) die(); \
    int result = state == FAIL ? -1 : CALL; \
    int error = errno; \
    if (result == 0) note(name, path, second, 0, "", 0); \
    pthread_mutex_unlock(&gate); \
    errno = error; \
    return result;

int rename(const char *from, const char *to) { ON_PATH("rename", from, to, REAL(rename)(from, to)) }
int link(const char *from, const char *to) { ON_PATH("link", from, to, REAL(link)(from, to)) }
int unlink(const char *path) { ON_PATH("unlink", path, "", REAL(unlink)(path)) }
int rmdir(const char *path) { ON_PATH("rmdir", path, "", REAL(rmdir)(path)) }
int mkdir(const char *path, mode_t mode) { ON_PATH("mkdir", path, "", REAL(mkdir)(path, mode)) }

#define ON_FILE(name, fd, offset, CALL) \
    char path[PATH_MAX]; \
    if (!path_of(fd, path)) return CALL; \
    pthread_mutex_lock(&gate); \
    int state = enter(); \
    if (state < 0) die(); \
    path_of(fd, path); \
    int result = state == FAIL ? -1 : CALL; \
    int error = errno; \
    if (result == 0) note(name, path, "", offset, "", 0); \
    pthread_mutex_unlock(&gate); \
    errno = error; \
    return result;

int fsync(int fd) { ON_FILE("fsync", fd, 0, REAL(fsync)(fd)) }
int ftruncate64(int fd, off64_t length) { ON_FILE("truncate", fd, length, REAL(ftruncate64)(fd, length)) }

static void refuse(int fd) { char path[PATH_MAX]; if (path_of(fd, path)) abort(); }
int fallocate64(int fd, int mode, off64_t from, off64_t length) { refuse(fd); return REAL(fallocate64)(fd, mode, from, length); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) { refuse(fd); return REAL(pwritev64)(fd, parts, count, offset); }
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { refuse(to); return REAL(sendfile64)(to, from, offset, length); }

static ssize_t write_at(int fd, const void *bytes, size_t length, off_t offset, int moves) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return syscall(moves ? SYS_write : SYS_pwrite64, fd, bytes, length, offset);
    pthread_mutex_lock(&gate);
    int state = enter();
    if (moves) offset = lseek(fd, 0, (fcntl(fd, F_GETFL) & O_APPEND) ? SEEK_END : SEEK_CUR);
    if (state < 0) {
        syscall(SYS_pwrite64, fd, bytes, length / 2, offset);
        die();
    }
    path_of(fd, path);
    ssize_t result = state == FAIL ? -1 : moves ? syscall(SYS_write, fd, bytes, length) : syscall(SYS_pwrite64, fd, bytes, length, offset);
    int error = errno;
    if (result >= 0) note("write", path, "", offset, bytes, (size_t)result);
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

ssize_t write(int fd, const void *bytes, size_t length) { return write_at(fd, bytes, length, 0, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return write_at(fd, bytes, length, offset, 0); }

static int open_at(const char *path, int flags, mode_t mode) {
    struct stat known;
    int exists = stat(path, &known) == 0;
    int changes = (flags & O_CREAT && !exists) || (flags & O_TRUNC && exists);
    if (!inside(path) || !changes) return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    pthread_mutex_lock(&gate);
    int state = enter();
    if (state < 0) die();
    int result = state == FAIL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    int error = errno;
    if (result >= 0) note(exists ? "truncate" : "create", path, "", 0, "", 0);
    pthread_mutex_unlock(&gate);
    errno = error;
    return result;
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_at(path, flags, mode);
}

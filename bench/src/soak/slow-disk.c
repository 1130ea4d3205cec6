/* A disk that takes 20 ms to keep anything: put before the system's own calls with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

typedef int (*sync_call)(int);

static int slowly(const char *name, int fd) {
  usleep(20000);
  return ((sync_call)dlsym(RTLD_NEXT, name))(fd);
}

int fdatasync(int fd) { return slowly("fdatasync", fd); }
int fsync(int fd) { return slowly("fsync", fd); }

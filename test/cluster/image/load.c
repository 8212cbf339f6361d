/* The program of every pod of the test cluster: each mode uses one kind of memory, or CPU time. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define MIB (1024L * 1024L)

/* The first process of a container ignores SIGTERM unless it handles it. */
static void leave(int signal_number) { (void)signal_number; _exit(0); }

static void fail(const char *what) { perror(what); exit(1); }

static double now(clockid_t clock) {
	struct timespec t;
	clock_gettime(clock, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void nap(double seconds) {
	struct timespec t = {(time_t)seconds, (long)(fmod(seconds, 1) * 1e9)};
	nanosleep(&t, NULL);
}

/* Every so often, a little work: a container that used no CPU time at all is left out of metrics. */
static void idle(void) { for (;;) nap(5); }

static char *take(long mib, int flags, int file) {
	char *memory = mmap(NULL, mib * MIB, PROT_READ | PROT_WRITE, flags, file, 0);
	if (memory == MAP_FAILED) fail("mmap");
	return memory;
}

static int write_file(const char *path, long mib) {
	static char block[MIB];
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (file < 0) fail(path);
	memset(block, 'w', sizeof block);
	for (long i = 0; i < mib; i++)
		if (write(file, block, sizeof block) != (ssize_t)sizeof block) fail(path);
	fsync(file); /* dirty pages can't be dropped */
	return file;
}

static void read_file(int file) {
	static char block[MIB];
	lseek(file, 0, SEEK_SET);
	while (read(file, block, sizeof block) > 0) {}
}

/* Computes in slices of a tenth of a second, between LOW and HIGH percent of one core; a whole wave
   takes PERIOD seconds. */
static void burn(double low, double high, double period) {
	volatile double sum = 0;
	for (;;) {
		double middle = (low + high) / 2, swing = (high - low) / 2;
		double share = (middle + swing * sin(2 * M_PI * now(CLOCK_MONOTONIC) / period)) / 100;
		double end = now(CLOCK_PROCESS_CPUTIME_ID) + share / 10;
		while (now(CLOCK_PROCESS_CPUTIME_ID) < end)
			for (int i = 0; i < 10000; i++) sum += i;
		if (share < 1) nap((1 - share) / 10);
	}
}

static void usage(void) {
	fputs("load pause                        does nothing\n"
	      "load anonymous MIB                private memory\n"
	      "load shared MIB                   memory that two processes share\n"
	      "load copy MIB WRITTEN             a child that writes WRITTEN MiB of its parent's memory\n"
	      "load grow MIB SECONDS             one MiB more every SECONDS up to MIB\n"
	      "load write FILE MIB               a file written once: inactive cache\n"
	      "load reread FILE MIB SECONDS      a file read again every SECONDS: active cache\n"
	      "load map FILE MIB                 a file mapped into memory\n"
	      "load burn LOW HIGH PERIOD [MIB]   CPU time: percent of a core, a wave of PERIOD seconds\n"
	      "load exit SECONDS STATUS          ends after SECONDS\n", stderr);
	exit(2);
}

int main(int count, char **words) {
	const char *mode = count > 1 ? words[1] : "";
	const char *first = count > 2 ? words[2] : "", *second = count > 3 ? words[3] : "";
	const char *third = count > 4 ? words[4] : "";
	signal(SIGTERM, leave);
	signal(SIGINT, leave);
	signal(SIGCHLD, SIG_IGN); /* no zombies */

	if (!strcmp(mode, "pause")) {
		for (;;) pause();
	} else if (!strcmp(mode, "anonymous")) {
		memset(take(atol(first), MAP_PRIVATE | MAP_ANONYMOUS, -1), 1, atol(first) * MIB);
	} else if (!strcmp(mode, "shared")) {
		memset(take(atol(first), MAP_SHARED | MAP_ANONYMOUS, -1), 1, atol(first) * MIB);
		if (fork() < 0) fail("fork");
	} else if (!strcmp(mode, "copy")) {
		char *memory = take(atol(first), MAP_PRIVATE | MAP_ANONYMOUS, -1);
		memset(memory, 1, atol(first) * MIB);
		if (fork() == 0) memset(memory, 2, atol(second) * MIB);
	} else if (!strcmp(mode, "grow")) {
		for (long i = 0; i < atol(first); i++) {
			memset(take(1, MAP_PRIVATE | MAP_ANONYMOUS, -1), 1, MIB);
			nap(atof(second));
		}
	} else if (!strcmp(mode, "write")) {
		write_file(first, atol(second));
	} else if (!strcmp(mode, "reread")) {
		int file = write_file(first, atol(second));
		for (;;) { read_file(file); nap(atof(third)); }
	} else if (!strcmp(mode, "map")) {
		long mib = atol(second), sum = 0;
		char *memory = take(mib, MAP_SHARED, write_file(first, mib));
		for (long i = 0; i < mib * MIB; i += 4096) sum += memory[i];
		printf("%ld\n", sum); /* or the compiler may leave the reading out */
	} else if (!strcmp(mode, "burn")) {
		long mib = count > 5 ? atol(words[5]) : 0;
		if (mib) memset(take(mib, MAP_PRIVATE | MAP_ANONYMOUS, -1), 1, mib * MIB);
		burn(atof(first), atof(second), atof(third));
	} else if (!strcmp(mode, "exit")) {
		nap(atof(first));
		return atoi(second);
	} else {
		usage();
	}
	fflush(stdout);
	idle();
}

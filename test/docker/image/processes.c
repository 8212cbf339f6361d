/* What the test cluster's program (test/cluster/image/load.c) doesn't do: memory that several processes have in
   common without having written to it since, and memory that only the kernel holds. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MIB (1024L * 1024L)

/* The first process of a container ignores SIGTERM unless it handles it. */
static void leave(int signal_number) { (void)signal_number; _exit(0); }

static void fail(const char *what) { perror(what); exit(1); }

/* Every child has all of its parent's pages in its page tables, and none of its own. */
static void fork_all(long children, long mib) {
	char *memory = mmap(NULL, mib * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) fail("mmap");
	memset(memory, 1, mib * MIB);
	for (long i = 0; i < children; i++) {
		pid_t child = fork();
		if (child < 0) fail("fork");
		if (child == 0) return;
	}
}

/* What was written to a pipe and not yet read lies in pages of the kernel. */
static void fill_pipes(long pipes) {
	static char block[4096];
	for (long i = 0; i < pipes; i++) {
		int ends[2];
		if (pipe2(ends, O_NONBLOCK) < 0) fail("pipe2");
		while (write(ends[1], block, sizeof block) > 0) {}
	}
}

int main(int count, char **words) {
	const char *mode = count > 1 ? words[1] : "";
	signal(SIGTERM, leave);
	signal(SIGINT, leave);
	if (count == 4 && !strcmp(mode, "fork")) {
		fork_all(atol(words[2]), atol(words[3]));
	} else if (count == 3 && !strcmp(mode, "pipes")) {
		fill_pipes(atol(words[2]));
	} else {
		fputs("processes fork CHILDREN MIB   children that have their parent's memory, and don't write to it\n"
		      "processes pipes PIPES         pipes filled to the brim\n", stderr);
		return 2;
	}
	puts("ready");
	fflush(stdout);
	for (;;) pause();
}

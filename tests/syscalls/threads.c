/* SPDX-License-Identifier: MIT */
/* Threads: how they begin, wait for each other, are told of signals, and end. */
#include "check.h"

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

/* --- mutexes, conditions, semaphores, barriers, thread-local variables ------------- */

enum { WORKERS = 7, ROUNDS = 500 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static int turn, total;
static _Thread_local long mine = 5;

/* One after the other: each waits for its turn. */
static void *take_turns(void *arg)
{
	long self = (long)arg;
	double sum = 0;

	mine += self;
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&mutex);
		while (turn != self)
			pthread_cond_wait(&changed, &mutex);
		turn = (turn + 1) % WORKERS;
		total += self;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&mutex);
		sum += self * 0.5;
	}
	pthread_barrier_wait(&barrier);
	return (void *)(mine * 1000 + (long)sum / ROUNDS);
}

static void check_turns(void)
{
	pthread_t worker[WORKERS];

	pthread_barrier_init(&barrier, NULL, WORKERS + 1);
	for (long i = 0; i < WORKERS; i++)
		R(pthread_create(&worker[i], NULL, take_turns, (void *)i));
	pthread_barrier_wait(&barrier);
	for (long i = 0; i < WORKERS; i++) {
		void *result;
		pthread_join(worker[i], &result);
		SAY("worker %ld: %ld\n", i, (long)result);
	}
	SAY("total %d, mine %ld\n", total, mine);
}

/* Recursion while others run: each thread has its own stack. */
static unsigned long depth(unsigned n)
{
	volatile unsigned here = n;

	if (n % 50 == 0)
		sched_yield();
	return n ? depth(n - 1) + here : 0;
}

static void *deep(void *arg) { return (void *)depth((long)arg); }

static void check_stacks(void)
{
	pthread_t thread[5];
	void *result;

	for (long i = 0; i < 5; i++)
		pthread_create(&thread[i], NULL, deep, (void *)(100 + 100 * i));
	for (int i = 0; i < 5; i++) {
		pthread_join(thread[i], &result);
		SAY("deep %lu\n", (unsigned long)result);
	}
}

static sem_t items, room;
static int ring[4], in, out;

static void *produce(void *arg)
{
	for (int i = 1; i <= 300; i++) {
		sem_wait(&room);
		ring[in++ % 4] = i;
		sem_post(&items);
	}
	return arg;
}

static void check_semaphores(void)
{
	pthread_t producer;
	long sum = 0;

	sem_init(&items, 0, 0);
	sem_init(&room, 0, 4);
	pthread_create(&producer, NULL, produce, NULL);
	for (int i = 0; i < 300; i++) {
		sem_wait(&items);
		sum = sum * 3 + ring[out++ % 4];
		sem_post(&room);
	}
	pthread_join(producer, NULL);
	SAY("consumed %ld\n", sum);
}

/* --- sleeping and waiting for files ----------------------------------------------- */

static int ends[2];

static void *write_later(void *arg)
{
	struct timespec ts = { 0, 20000000 };

	nanosleep(&ts, NULL);
	return (void *)(long)write(ends[1], arg, strlen(arg));
}

/* More than the pipe holds, so that it has to wait in the middle. */
static void *write_much(void *arg)
{
	static char many[300000];

	memset(many, 'm', sizeof(many));
	long n = write(ends[1], many, sizeof(many));
	close(ends[1]);
	return (void *)n;
}

static void check_pipe(void)
{
	struct pollfd p = { .events = POLLIN };
	pthread_t writer;
	char buffer[7000];
	void *result;
	long n, sum = 0;

	R(pipe(ends));
	p.fd = ends[0];
	pthread_create(&writer, NULL, write_later, "first");
	R(read(ends[0], buffer, sizeof(buffer)));
	pthread_join(writer, NULL);
	pthread_create(&writer, NULL, write_later, "second");
	R(poll(&p, 1, 10000));
	R(read(ends[0], buffer, sizeof(buffer)));
	pthread_join(writer, NULL);
	R(poll(&p, 1, 5));
	pthread_create(&writer, NULL, write_much, NULL);
	while ((n = read(ends[0], buffer, sizeof(buffer))) > 0)
		sum += n;
	pthread_join(writer, &result);
	SAY("read %ld, written %ld\n", sum, (long)result);
	close(ends[0]);
}

static char sent[100000], got[200000];
static size_t got_size;

static void *read_slowly(void *arg)
{
	ssize_t n;

	while ((n = read(ends[0], got + got_size, 3000)) > 0)
		got_size += n;
	return arg;
}

/* Calls that have done a part when they have to wait: nothing is sent twice, nothing gets lost. */
static void check_parts(void)
{
	struct iovec two[2] = { { sent, 70000 }, { sent + 70000, 30000 } };
	size_t written = 0;
	pthread_t reader;
	ssize_t n;
	int file = open("parts", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (size_t i = 0; i < sizeof(sent); i++)
		sent[i] = 'a' + i % 23;
	R(write(file, sent, sizeof(sent)));
	R(lseek(file, 0, SEEK_SET));
	R(pipe(ends));
	pthread_create(&reader, NULL, read_slowly, NULL);
	R(writev(ends[1], two, 2));
	while (written < sizeof(sent) && (n = sendfile(ends[1], file, NULL, sizeof(sent) - written)) > 0)
		written += n;
	close(ends[1]);
	pthread_join(reader, NULL);
	SAY("sent %zu, got %zu, %d %d\n", written, got_size, memcmp(sent, got, sizeof(sent)),
	    memcmp(sent, got + sizeof(sent), sizeof(sent)));
	close(ends[0]);
	close(file);
	unlink("parts");
	/* the second part finds nothing, and does not wait */
	char few[3], more[10];
	struct iovec in[2] = { { few, 3 }, { more, 10 } };
	R(pipe(ends));
	R(write(ends[1], "abc", 3));
	R(readv(ends[0], in, 2));
	close(ends[0]);
	close(ends[1]);
}

static void *read_one(void *arg)
{
	*(long *)arg = read(ends[0], (char *)arg + sizeof(long), 1);
	return NULL;
}

/* Who sleeps with a file keeps it, though its number be closed or another file's. */
static void check_closed(void)
{
	pthread_t reader;
	struct { long n; char c; } got = { 0, '-' };
	int other[2];

	R(pipe(ends));
	R(pipe(other));
	pthread_create(&reader, NULL, read_one, &got);
	usleep(30000);
	R(write(other[1], "O", 1));
	dup2(other[0], ends[0]);
	usleep(10000);
	R(write(ends[1], "E", 1));
	pthread_join(reader, NULL);
	SAY("read %ld %c\n", got.n, got.c);
	close(ends[0]);
	close(ends[1]);
	close(other[0]);
	close(other[1]);
}

static void check_times(void)
{
	struct timespec until;
	sem_t never;

	sem_init(&never, 0, 0);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 30000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	R(sem_timedwait(&never, &until));
	pthread_mutex_lock(&mutex);
	R(pthread_cond_timedwait(&changed, &mutex, &until));
	pthread_mutex_unlock(&mutex);
}

/* --- signals ------------------------------------------------------------------------ */

static volatile int told[2];
static _Thread_local int which;

static void tell(int sig)
{
	(void)sig;
	told[which]++;
}

static void *pause_here(void *arg)
{
	sigset_t usr1;

	which = 1;
	sem_post(&items);
	while (!told[1])
		usleep(1000000);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &usr1, NULL);
	sem_post(&items);
	int sig = 0;
	sigwait(&usr1, &sig);
	return (void *)(long)sig;
}

static void check_signals(void)
{
	struct sigaction action = { .sa_handler = tell };
	struct timespec second = { 1, 0 };
	sigset_t usr1, old;
	pthread_t sleeper;
	void *result;

	sigaction(SIGUSR1, &action, NULL);
	sem_init(&items, 0, 0);
	pthread_create(&sleeper, NULL, pause_here, NULL);
	sem_wait(&items);
	R(pthread_kill(sleeper, SIGUSR1));
	sem_wait(&items);
	SAY("told %d %d\n", told[0], told[1]);
	/* to the process: blocked here, awaited there */
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &usr1, &old);
	R(kill(getpid(), SIGUSR1));
	pthread_join(sleeper, &result);
	SAY("waited for %d, told %d %d\n", (int)(long)result == SIGUSR1, told[0], told[1]);
	R(sigtimedwait(&usr1, NULL, &(struct timespec){ 0, 1000 }));
	R(raise(SIGUSR1));
	SAY("pending %d\n", (sigpending(&usr1), sigismember(&usr1, SIGUSR1)));
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	SAY("told %d %d\n", told[0], told[1]);
	R(nanosleep(&(struct timespec){ 0, 1000 }, &second));
}

static volatile int busy;

static void *keep_calling(void *arg)
{
	while (busy)
		syscall(SYS_getppid);
	return arg;
}

static void *nap(void *arg)
{
	struct timespec ts = { 0, 50000000 };

	R(nanosleep(&ts, NULL));
	return arg;
}

/* Signals to the process are for the first thread, and ignored ones wake nobody. */
static void check_whose(void)
{
	struct itimerval soon = { .it_value = { 0, 30000 } };
	struct sigaction action = { .sa_handler = tell };
	pthread_t thread;
	sigset_t all;

	sigaction(SIGALRM, &action, NULL);
	told[0] = told[1] = 0;
	busy = 1;
	pthread_create(&thread, NULL, keep_calling, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	R(pause());
	busy = 0;
	pthread_join(thread, NULL);
	SAY("told %d %d\n", told[0], told[1]);

	signal(SIGUSR2, SIG_IGN);
	pthread_create(&thread, NULL, nap, NULL);
	usleep(10000);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	R(kill(getpid(), SIGUSR2));
	R(kill(getpid(), SIGCHLD));
	pthread_join(thread, NULL);
	sigemptyset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
}

/* --- numbers, and ends ------------------------------------------------------------------ */

static void cleanup(void *arg) { SAY("cleaned %s\n", (char *)arg); }

static void *be_cancelled(void *arg)
{
	pthread_cleanup_push(cleanup, arg);
	sem_post(&items);
	for (;;)
		sleep(1000);
	pthread_cleanup_pop(0);
	return NULL;
}

static pthread_mutex_t robust;

static void *die_with_it(void *arg)
{
	pthread_mutex_lock(&robust);
	return arg;
}

static void *say_who(void *arg)
{
	long *tid = arg;

	*tid = syscall(SYS_gettid);
	SAY("same pid %d\n", getpid() == (int)tid[1]);
	R(syscall(SYS_tgkill, getpid(), *tid, 0));
	R(syscall(SYS_tgkill, getpid() + 1, *tid, 0));
	return NULL;
}

static void check_ends(void)
{
	pthread_mutexattr_t attr;
	pthread_t thread;
	void *result;
	long tid[2] = { 0, getpid() };

	pthread_create(&thread, NULL, be_cancelled, "up");
	sem_wait(&items);
	int err = pthread_cancel(thread);
	pthread_join(thread, &result);
	SAY("cancelled %d %d\n", err, result == PTHREAD_CANCELED);

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&robust, &attr);
	pthread_create(&thread, NULL, die_with_it, NULL);
	pthread_join(thread, NULL);
	SAY("owner died %d\n", pthread_mutex_lock(&robust) == EOWNERDEAD);

	pthread_create(&thread, NULL, say_who, tid);
	pthread_join(thread, NULL);
	SAY("own tid %d\n", tid[0] > 0 && tid[0] != getpid());
	/* Linux wakes who joins it just before it is gone */
	while (!syscall(SYS_tgkill, getpid(), (int)tid[0], 0))
		sched_yield();
	SAY("gone %d\n", errno == ESRCH);
	R(syscall(SYS_clone, 0x10000, 0, 0, 0, 0));
	R(syscall(SYS_clone, 0x10800, 0, 0, 0, 0));
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void say_once(void) { SAY("once\n"); }

/* The last one to end, after main has: the process's status is its exit()'s. */
static void *outlive(void *arg)
{
	pthread_once(&once, say_once);
	usleep(20000);
	SAY("main is gone\n");
	fflush(stdout);
	exit(7);
	return arg;
}

int main(void)
{
	pthread_t last;

	check_turns();
	check_stacks();
	check_semaphores();
	check_pipe();
	check_parts();
	check_closed();
	check_times();
	check_signals();
	check_whose();
	check_ends();
	pthread_once(&once, say_once);
	fflush(stdout);
	pthread_create(&last, NULL, outlive, NULL);
	pthread_exit(NULL);
}

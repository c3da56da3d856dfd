/* SPDX-License-Identifier: MIT */
/*
 * The guest's ABI: structures and numbers of arm64 Linux as user programs see
 * them, byte for byte.  Nothing here is ours to choose.
 */
#ifndef KERNEL_ABI_H
#define KERNEL_ABI_H

#include "types.h"

/* --- files ------------------------------------------------------------ */
enum {
	AT_FDCWD = -100,
	AT_SYMLINK_NOFOLLOW = 0x100, AT_REMOVEDIR = 0x200, AT_SYMLINK_FOLLOW = 0x400,
	AT_NO_AUTOMOUNT = 0x800, AT_EMPTY_PATH = 0x1000, AT_EACCESS = 0x200,
	AT_STATX_SYNC_TYPE = 0x6000,

	O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_ACCMODE = 3,
	O_CREAT = 0100, O_EXCL = 0200, O_NOCTTY = 0400, O_TRUNC = 01000,
	O_APPEND = 02000, O_NONBLOCK = 04000, O_DSYNC = 010000, O_ASYNC = 020000,
	O_DIRECTORY = 040000, O_NOFOLLOW = 0100000, O_DIRECT = 0200000,
	O_LARGEFILE = 0400000, O_NOATIME = 01000000, O_CLOEXEC = 02000000,
	O_SYNC = 04010000, O_PATH = 010000000, O_TMPFILE = 020040000,

	S_IFMT = 0170000, S_IFSOCK = 0140000, S_IFLNK = 0120000, S_IFREG = 0100000,
	S_IFBLK = 0060000, S_IFDIR = 0040000, S_IFCHR = 0020000, S_IFIFO = 0010000,

	SEEK_SET = 0, SEEK_CUR = 1, SEEK_END = 2, SEEK_DATA = 3, SEEK_HOLE = 4,
	F_OK = 0, X_OK = 1, W_OK = 2, R_OK = 4,

	F_DUPFD = 0, F_GETFD = 1, F_SETFD = 2, F_GETFL = 3, F_SETFL = 4,
	F_GETLK = 5, F_SETLK = 6, F_SETLKW = 7, F_SETOWN = 8, F_GETOWN = 9,
	F_OFD_GETLK = 36, F_OFD_SETLK = 37, F_OFD_SETLKW = 38,
	F_DUPFD_CLOEXEC = 1030, F_SETPIPE_SZ = 1031, F_GETPIPE_SZ = 1032,
	FD_CLOEXEC = 1,
	F_RDLCK = 0, F_WRLCK = 1, F_UNLCK = 2,
	LOCK_SH = 1, LOCK_EX = 2, LOCK_NB = 4, LOCK_UN = 8,

	UTIME_NOW = 0x3fffffff, UTIME_OMIT = 0x3ffffffe,
	RENAME_NOREPLACE = 1, RENAME_EXCHANGE = 2, RENAME_WHITEOUT = 4,
	FALLOC_FL_KEEP_SIZE = 1,
	IOV_MAX = 1024,
	MAX_RW_COUNT = 0x7ffff000,

	DT_UNKNOWN = 0, DT_FIFO = 1, DT_CHR = 2, DT_DIR = 4, DT_BLK = 6, DT_REG = 8,
	DT_LNK = 10, DT_SOCK = 12,

	POLLIN = 1, POLLPRI = 2, POLLOUT = 4, POLLERR = 8, POLLHUP = 16, POLLNVAL = 32,
	POLLRDNORM = 64, POLLRDBAND = 128, POLLWRNORM = 256, POLLWRBAND = 512,
};

struct abi_timespec { s64 sec, nsec; };
struct abi_timeval { s64 sec, usec; };
struct abi_itimerval { struct abi_timeval interval, value; };
struct abi_iovec { u64 base, len; };

struct abi_stat {
	u64 dev, ino;
	u32 mode, nlink, uid, gid;
	u64 rdev, pad1;
	s64 size;
	s32 blksize, pad2;
	s64 blocks;
	struct abi_timespec atime, mtime, ctime;
	u32 unused[2];
};
_Static_assert(sizeof(struct abi_stat) == 128, "struct stat of arm64");

struct abi_statx_time { s64 sec; u32 nsec; s32 pad; };
struct abi_statx {
	u32 mask, blksize;
	u64 attributes;
	u32 nlink, uid, gid;
	u16 mode, pad1;
	u64 ino, size, blocks, attributes_mask;
	struct abi_statx_time atime, btime, ctime, mtime;
	u32 rdev_major, rdev_minor, dev_major, dev_minor;
	u64 mnt_id;
	u32 dio_mem_align, dio_offset_align;
	u64 spare[12];
};
_Static_assert(sizeof(struct abi_statx) == 256, "struct statx");
enum { STATX_BASIC_STATS = 0x7ff, STATX_BTIME = 0x800 };

struct abi_statfs {
	u64 type, bsize, blocks, bfree, bavail, files, ffree;
	s32 fsid[2];
	u64 namelen, frsize, flags, spare[4];
};
_Static_assert(sizeof(struct abi_statfs) == 120, "struct statfs");

struct abi_dirent64 {
	u64 ino;
	s64 off;
	u16 reclen;
	u8 type;
	char name[];
};

struct abi_flock { s16 type, whence; u32 pad; s64 start, len; s32 pid; u32 pad2; };
struct abi_epoll_event { u32 events, pad; u64 data; };
struct abi_pollfd { s32 fd; s16 events, revents; };

/* --- terminals -------------------------------------------------------- */
enum {
	TCGETS = 0x5401, TCSETS = 0x5402, TCSETSW = 0x5403, TCSETSF = 0x5404,
	TCGETA = 0x5405, TCSBRK = 0x5409, TCXONC = 0x540a, TCFLSH = 0x540b,
	TIOCSCTTY = 0x540e, TIOCGPGRP = 0x540f, TIOCSPGRP = 0x5410, TIOCOUTQ = 0x5411,
	TIOCGWINSZ = 0x5413, TIOCSWINSZ = 0x5414, FIONREAD = 0x541b, FIONBIO = 0x5421,
	TIOCGSID = 0x5429, TIOCNOTTY = 0x5422, FIONCLEX = 0x5450, FIOCLEX = 0x5451,
	FIOASYNC = 0x5452,
};
struct abi_termios { u32 iflag, oflag, cflag, lflag; u8 line, cc[19]; };
_Static_assert(sizeof(struct abi_termios) == 36, "struct termios of the kernel");
struct abi_winsize { u16 rows, cols, xpixels, ypixels; };

/* --- memory ----------------------------------------------------------- */
enum {
	PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4,
	MAP_SHARED = 1, MAP_PRIVATE = 2, MAP_SHARED_VALIDATE = 3, MAP_TYPE = 15,
	MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_GROWSDOWN = 0x100,
	MAP_FIXED_NOREPLACE = 0x100000, MAP_HUGETLB = 0x40000,
	MREMAP_MAYMOVE = 1, MREMAP_FIXED = 2, MREMAP_DONTUNMAP = 4,
	MS_ASYNC = 1, MS_INVALIDATE = 2, MS_SYNC = 4,
	MADV_DONTNEED = 4, MADV_FREE = 8, MADV_REMOVE = 9, MADV_COLD = 20,
	MADV_POPULATE_WRITE = 23, MADV_HWPOISON = 100,
};

/* --- processes -------------------------------------------------------- */
enum {
	RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS,
	RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS, RLIMIT_LOCKS,
	RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME,
	RLIM_NLIMITS,
};
#define RLIM_INFINITY (~(u64)0)
struct abi_rlimit { u64 cur, max; };

struct abi_rusage {
	struct abi_timeval utime, stime;
	s64 maxrss, ixrss, idrss, isrss, minflt, majflt, nswap, inblock, oublock,
	    msgsnd, msgrcv, nsignals, nvcsw, nivcsw;
};
struct abi_tms { s64 utime, stime, cutime, cstime; };
struct abi_utsname { char sysname[65], nodename[65], release[65], version[65], machine[65], domain[65]; };
struct abi_sysinfo {
	s64 uptime;
	u64 loads[3], totalram, freeram, sharedram, bufferram, totalswap, freeswap;
	u16 procs, pad;
	u32 pad2;
	u64 totalhigh, freehigh;
	u32 mem_unit;
	u32 pad3;
};
_Static_assert(sizeof(struct abi_sysinfo) == 112, "struct sysinfo");

/* --- time ------------------------------------------------------------- */
enum {
	CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID,
	CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME,
	CLOCK_REALTIME_ALARM, CLOCK_BOOTTIME_ALARM, CLOCK_TAI = 11,
	TIMER_ABSTIME = 1,
	ITIMER_REAL = 0, ITIMER_VIRTUAL = 1, ITIMER_PROF = 2,
	CLK_TCK = 100,
};

/* --- signals ---------------------------------------------------------- */
enum {
	SIGHUP = 1, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL,
	SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGSTKFLT, SIGCHLD, SIGCONT,
	SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF,
	SIGWINCH, SIGIO, SIGPWR, SIGSYS, SIGRTMIN, SIG_COUNT = 64,

	SIG_DFL = 0, SIG_IGN = 1,
	SIG_BLOCK = 0, SIG_UNBLOCK = 1, SIG_SETMASK = 2,
	SA_NOCLDSTOP = 1, SA_NOCLDWAIT = 2, SA_SIGINFO = 4,
	SA_RESTORER = 0x04000000, SA_ONSTACK = 0x08000000, SA_RESTART = 0x10000000,
	SA_NODEFER = 0x40000000,
	SS_ONSTACK = 1, SS_DISABLE = 2,
	MINSIGSTKSZ = 5120,

	SI_USER = 0, SI_KERNEL = 0x80, SI_QUEUE = -1, SI_TIMER = -2, SI_TKILL = -6,
	ILL_ILLOPC = 1, FPE_INTDIV = 1, SEGV_MAPERR = 1, SEGV_ACCERR = 2, BUS_ADRALN = 1,
	TRAP_BRKPT = 1,
};
#define SA_RESETHAND 0x80000000u
#define SS_AUTODISARM (1u << 31)

struct abi_sigaction { u64 handler, flags, restorer, mask; };

struct abi_siginfo {
	s32 signo, error, code, pad;
	union {
		struct { s32 pid; u32 uid; u64 value; } kill;
		struct { u64 addr; } fault;
		s32 raw[28];
	};
};
_Static_assert(sizeof(struct abi_siginfo) == 128, "siginfo_t");

struct abi_stack { u64 sp; s32 flags; u32 pad; u64 size; };

struct abi_fpsimd {
	u32 magic, size, fpsr, fpcr;
	u64 v[32][2];
};
enum { FPSIMD_MAGIC = 0x46508001, ESR_MAGIC = 0x45535201 };
_Static_assert(sizeof(struct abi_fpsimd) == 0x210, "struct fpsimd_context");

struct abi_sigcontext {
	u64 fault_address, regs[31], sp, pc, pstate;
	u8 reserved[4096] __attribute__((aligned(16)));
};

struct abi_ucontext {
	u64 flags, link;
	struct abi_stack stack;
	u64 sigmask;
	u8 unused[128 - 8];
	struct abi_sigcontext mcontext;
};

struct abi_rt_sigframe {
	struct abi_siginfo info;
	struct abi_ucontext uc;
};
_Static_assert(sizeof(struct abi_rt_sigframe) == 128 + 176 + 280 + 8 + 4096, "struct rt_sigframe of arm64");
/* Pushed above the signal frame, so that x29 in a handler continues the frame chain. */
struct abi_frame_record { u64 fp, lr; };

/* --- ELF -------------------------------------------------------------- */
enum {
	EI_NIDENT = 16, ELFCLASS64 = 2, ELFDATA2LSB = 1, EV_CURRENT = 1,
	ET_EXEC = 2, ET_DYN = 3, EM_AARCH64 = 183,
	PT_LOAD = 1, PT_DYNAMIC = 2, PT_INTERP = 3, PT_TLS = 7,
	PF_X = 1, PF_W = 2, PF_R = 4,

	AT_NULL = 0, AT_PHDR = 3, AT_PHENT = 4, AT_PHNUM = 5, AT_PAGESZ = 6, AT_BASE = 7,
	AT_FLAGS = 8, AT_ENTRY = 9, AT_UID = 11, AT_EUID = 12, AT_GID = 13, AT_EGID = 14,
	AT_PLATFORM = 15, AT_HWCAP = 16, AT_CLKTCK = 17, AT_SECURE = 23, AT_RANDOM = 25,
	AT_HWCAP2 = 26, AT_EXECFN = 31, AT_MINSIGSTKSZ = 51,
};
#define PT_GNU_STACK 0x6474e551u

struct elf64_ehdr {
	u8 ident[EI_NIDENT];
	u16 type, machine;
	u32 version;
	u64 entry, phoff, shoff;
	u32 flags;
	u16 ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};
struct elf64_phdr {
	u32 type, flags;
	u64 offset, vaddr, paddr, filesz, memsz, align;
};

#endif

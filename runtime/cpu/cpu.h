/* SPDX-License-Identifier: MIT */
/*
 * The state of one guest thread, and the map of the program memory around it.
 *
 * cpu.wasm, lifted code and the kernel agree on this layout.  Native builds keep
 * the same one in an arena (mem.h).  Only the fields after `v` may be moved.
 */
#ifndef RUNTIME_CPU_H
#define RUNTIME_CPU_H

#include <stddef.h>

#include "../../lifter/a64/sem/types.h"

/*
 * The runtime's area: the part of program memory that is not the program's.  It
 * is what lies below most programs.  Of those that are linked lower (Go's), it
 * begins at CPU_AREA_HIGH.
 */
enum {
	CPU_AREA_SIZE = 0x400000,
	CPU_AREA_HIGH = 0x10000000,
	CPU_LOW_IMAGE_MAX = CPU_AREA_HIGH - 0x1000000,   /* where they end at the latest: their stack follows */
	CPU_IMAGE_MIN = 0x10000,   /* all programs begin here or above; vm.mmap_min_addr of Linux */
	CPU_PAGE_SHIFT = 12,
};
static inline u32 cpu_area(u64 image_start) { return image_start < CPU_AREA_SIZE ? CPU_AREA_HIGH : 0; }

/* What stands where in the area. */
enum {
	CPU_BASE = 0x10000,        /* struct cpu */
	CPU_LIFTED_MAP = 0x10f00,  /* one module only: text base, size, bitmap, threads as in section aw.map */
	CPU_HEAP = 0x40000,        /* one module only: the kernel's, to the protection map */
	CPU_PROT_MAP = 0x100000,   /* one byte a guest page, see PAGE_* */
	CPU_LIFTED_DATA = 0x200000, /* bitmap of lifted code, one bit an instruction */
	CPU_OTHER_DATA = 0x300000, /* of lifted code; one module only: of all C */
	/* Of a stack that follows data; one before data has the room from 0 on, but struct cpu is in its way there. */
	CPU_STACK_SIZE = CPU_HEAP - CPU_BASE - (1 << CPU_PAGE_SHIFT),
};

/* Bytes of the protection map; 0 is an unmapped page.  Linux's PROT_ bits. */
enum { PAGE_READ = 1, PAGE_WRITE = 2, PAGE_EXEC = 4 };

/* Slots of x[] beyond the general registers. */
enum {
	X_SP = 31,
	X_ZERO = 32,               /* source; always 0 */
	X_SINK = 33,               /* where writes to ZR land; never read */
};

/* What cpu_fault() is told: the kind of wasm trap that ended lifted code. */
enum cpu_trap {
	CPU_TRAP_MEMORY = 1,       /* beyond the memory, or a bad table index */
	CPU_TRAP_UNREACHABLE,
	CPU_TRAP_ARITHMETIC,
	CPU_TRAP_STACK,            /* the wasm stack is full */
	CPU_TRAP_OTHER,
};

/* AARCH64_WASM_STATS: what the interpreter ran.  A stretch begins where lifted
 * code or the start of the program hands over to it. */
enum cpu_stats_mode {
	STATS_OFF,
	STATS_ON,
	STATS_ALL,                 /* as if nothing had been lifted */
};
struct cpu_stats {
	u32 mode;                  /* enum cpu_stats_mode, set before the program starts */
	u32 nsites;
	u64 insns, stretches;
	u64 steps;                 /* single instructions in the middle of lifted code; not in insns */
	struct cpu_site {
		u32 pc, stretches;
		u64 insns;
	} site[128];               /* [0]: all those that found no room */
};

struct cpu {
	u64 x[34];
	u64 pc;                    /* where to go on */
	u64 resume_pc;             /* see dispatch.c */
	u64 tpidr;
	u32 nzcv;                  /* bits 31..28 */
	u32 fpcr;
	u32 fpsr;
	u32 pending;               /* kernel: a signal waits for delivery */
	struct {
		u64 va;
		u64 lo, hi;        /* value seen by the load */
		u64 size;          /* bytes; 0: monitor is open */
	} excl;
	v128 v[32] __attribute__((aligned(16)));
	u32 unwinding;             /* one module only: everybody returns, see leave_frames() */
	/*
	 * Where the function returns to that the dispatcher called.  If that function
	 * itself goes on elsewhere, it need only return and say where to: else the
	 * host's stack would grow with each operation of an interpreter that jumps from
	 * one to the next.  caller_sp is ~0 where another return could be mistaken for
	 * that one: below calls without a frame of their own, jumps to functions with
	 * SP above what came, and in re-entry bodies.
	 */
	u64 caller_pc, caller_sp;
	u64 entered;               /* what the dispatcher enters: re-entry bodies, which then make it 0, are for it alone */
	struct cpu_stats stats;
};

_Static_assert(offsetof(struct cpu, pc) == 272, "layout is shared");
_Static_assert(offsetof(struct cpu, nzcv) == 296, "layout is shared");
_Static_assert(offsetof(struct cpu, pending) == 308, "layout is shared");
_Static_assert(offsetof(struct cpu, excl) == 312, "layout is shared");
_Static_assert(offsetof(struct cpu, v) == 352, "layout is shared");
_Static_assert(CPU_BASE + sizeof(struct cpu) <= CPU_LIFTED_MAP, "one page for both");

#endif

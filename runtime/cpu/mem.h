/* SPDX-License-Identifier: MIT */
/*
 * Guest memory as the interpreter reaches it: every access is checked against
 * the page protections, and one that may not be ends in mem_fault(), which
 * does not come back.  Semantics do all loads before any write, so the
 * faulting instruction has changed nothing.
 *
 * In wasm a guest address is a pointer; natively it is an offset into an arena
 * of 4 GiB with the same layout.
 */
#ifndef RUNTIME_MEM_H
#define RUNTIME_MEM_H

#include "cpu.h"

/* Where the runtime's area is.  In wasm only the linker knows: it puts data at __global_base, CPU_DATA (CMakeLists.txt) behind. */
#ifdef __wasm__
extern u8 __global_base[];
#define CPU_AREA ((u32)(uintptr_t)__global_base - CPU_DATA)
_Static_assert(CPU_DATA == CPU_HEAP || CPU_DATA == CPU_OTHER_DATA, "as the linker is told");
PURE void *mem_ptr(u64 va) { return (void *)(uintptr_t)va; }
#else
extern u32 mem_area;
#define CPU_AREA mem_area
extern u8 *mem_arena;
PURE void *mem_ptr(u64 va) { return mem_arena + (u32)va; }
#endif

/* Linux turns on top-byte-ignore for EL0: in the lower half of the addresses,
 * that is where bit 55 is 0.  The other half is never mapped. */
PURE u64 mem_untag(u64 va) { return va & (u64)((s64)(va << 8) >> 8); }
/* The same for the accesses themselves, where both end in a fault. */
PURE u64 mem_untag_low(u64 va) { return va & (((u64)1 << 56) - 1); }

PURE u8 mem_prot(u32 va)
{
	return ((const u8 *)mem_ptr(CPU_AREA + CPU_PROT_MAP))[va >> CPU_PAGE_SHIFT];
}

/*
 * SIGSEGV at `va`; pc is the faulting instruction's.  Neither comes back, but
 * for a module that cannot throw (leave_frames()): there the instruction goes
 * to its end on memory that is nobody's, and what it did to struct cpu is undone.
 */
#ifdef AW_ONE_MODULE
#define MEM_FAULT void *
#else
#define MEM_FAULT _Noreturn void *
#endif
MEM_FAULT mem_fault(struct cpu *cpu, u64 va, u32 size, u8 need);
/* SIGBUS, BUS_ADRALN: see mem_aligned(). */
MEM_FAULT mem_misaligned(struct cpu *cpu, u64 va);

/* The host address of `size` accessible bytes at `va`; size <= 4096. */
PURE void *mem_access(struct cpu *cpu, u64 va, u32 size, u8 need)
{
	u64 first = mem_untag_low(va), last = first + size - 1;

	if (__builtin_expect(last >> 32 != 0, 0) ||
	    __builtin_expect(!(mem_prot(first) & mem_prot(last) & need), 0))
		return mem_fault(cpu, va, size, need);
	return mem_ptr(first);
}

/* FEAT_LSE2: exclusives and atomics may stand anywhere within 16 aligned bytes. */
PURE void *mem_aligned(struct cpu *cpu, u64 va, u32 size, u8 need)
{
	if ((va & 15) + size > 16)
		return mem_misaligned(cpu, va);
	return mem_access(cpu, va, size, need);
}

/* Size is 1, 2, 4 or 8 and constant wherever speed matters. */
PURE u64 mem_read(const void *p, u32 size)
{
	u64 v = 0;

	__builtin_memcpy(&v, p, size);
	return v;
}

PURE void mem_write(void *p, u32 size, u64 v)
{
	__builtin_memcpy(p, &v, size);
}

#endif

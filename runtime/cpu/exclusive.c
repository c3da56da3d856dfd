/* SPDX-License-Identifier: MIT */
/*
 * Exclusives and atomics on guest memory, one guest thread at a time.
 *
 * The monitor remembers address and value, and a store-exclusive succeeds when
 * memory still holds the value: what qemu does, and what a compare-and-swap
 * can do once several threads share a memory.
 */
#include "holes.h"

u64 load_excl(struct cpu *cpu, u32 size, u64 va)
{
	u64 v = mem_read(mem_aligned(cpu, va, size, PAGE_READ), size);

	cpu->excl.va = va;
	cpu->excl.size = size;
	cpu->excl.lo = v;
	return v;
}

/* Opens the monitor; was it ours for this access?  If not, memory is not looked at. */
static bool take_monitor(struct cpu *cpu, u32 size, u64 va)
{
	bool ours = cpu->excl.size == size && cpu->excl.va == va;

	cpu->excl.size = 0;
	return ours;
}

u32 store_excl(struct cpu *cpu, u32 size, u64 va, u64 v)
{
	if (!take_monitor(cpu, size, va))
		return 1;
	void *p = mem_aligned(cpu, va, size, PAGE_WRITE);
	bool same = mem_read(p, size) == cpu->excl.lo;
	if (same)
		mem_write(p, size, v);
	return !same;
}

static u64x2 read_pair(const u8 *p, u32 size)
{
	return (u64x2){mem_read(p, size), mem_read(p + size, size)};
}

u64x2 load_excl_pair(struct cpu *cpu, u32 size, u64 va)
{
	u64x2 v = read_pair(mem_aligned(cpu, va, 2 * size, PAGE_READ), size);

	cpu->excl.va = va;
	cpu->excl.size = 2 * size;
	cpu->excl.lo = v[0];
	cpu->excl.hi = v[1];
	return v;
}

static bool same_pair(u64x2 a, u64x2 b, u32 size)
{
	u64 mask = size == 8 ? ~(u64)0 : 0xffffffff;

	return !(((a[0] ^ b[0]) | (a[1] ^ b[1])) & mask);
}

u32 store_excl_pair(struct cpu *cpu, u32 size, u64 va, u64x2 v)
{
	if (!take_monitor(cpu, 2 * size, va))
		return 1;
	u8 *p = mem_aligned(cpu, va, 2 * size, PAGE_WRITE);
	bool same = same_pair(read_pair(p, size), (u64x2){cpu->excl.lo, cpu->excl.hi}, size);
	if (same) {
		mem_write(p, size, v[0]);
		mem_write(p + size, size, v[1]);
	}
	return !same;
}

/* Atomics read and write: a page that may not be written faults before the read. */
static void *mem_atomic(struct cpu *cpu, u64 va, u32 size)
{
	mem_aligned(cpu, va, size, PAGE_READ);
	return mem_aligned(cpu, va, size, PAGE_WRITE);
}

static s64 sign_extend(u64 v, u32 size)
{
	u32 unused = 64 - 8 * size;

	return (s64)(v << unused) >> unused;
}

static u64 rmw_result(u32 kind, u32 size, u64 old, u64 v)
{
	s64 sold = sign_extend(old, size), sv = sign_extend(v, size);
	u64 mask = ~(u64)0 >> (64 - 8 * size);

	switch (kind) {
	case RMW_ADD: return old + v;
	case RMW_CLR: return old & ~v;
	case RMW_EOR: return old ^ v;
	case RMW_SET: return old | v;
	case RMW_SMAX: return sold > sv ? old : v;
	case RMW_SMIN: return sold < sv ? old : v;
	case RMW_UMAX: return old > (v & mask) ? old : v;
	case RMW_UMIN: return old < (v & mask) ? old : v;
	}
	return v;
}

u64 atomic_rmw(struct cpu *cpu, u32 kind, u32 size, u64 va, u64 v)
{
	void *p = mem_atomic(cpu, va, size);
	u64 old = mem_read(p, size);

	mem_write(p, size, rmw_result(kind, size, old, v));
	return old;
}

u64 atomic_cas(struct cpu *cpu, u32 size, u64 va, u64 expect, u64 v)
{
	void *p = mem_atomic(cpu, va, size);
	u64 old = mem_read(p, size), mask = ~(u64)0 >> (64 - 8 * size);

	if (old == (expect & mask))
		mem_write(p, size, v);
	return old;
}

u64x2 atomic_cas_pair(struct cpu *cpu, u32 size, u64 va, u64x2 expect, u64x2 v)
{
	u8 *p = mem_atomic(cpu, va, 2 * size);
	u64x2 old = read_pair(p, size);

	if (same_pair(old, expect, size)) {
		mem_write(p, size, v[0]);
		mem_write(p + size, size, v[1]);
	}
	return old;
}

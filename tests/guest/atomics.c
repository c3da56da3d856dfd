/* SPDX-License-Identifier: MIT */
/* Atomic builtins of all sizes and orders. */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#define EXERCISE(T) \
	static __attribute__((noinline)) void do_##T(void) \
	{ \
		static T v = 5; \
		T expected = 7, wanted = 99; \
		unsigned long h = 0; \
		h = h * 31 + __atomic_fetch_add(&v, 250, __ATOMIC_SEQ_CST); \
		h = h * 31 + __atomic_sub_fetch(&v, 3, __ATOMIC_RELAXED); \
		h = h * 31 + __atomic_fetch_and(&v, 0x7d, __ATOMIC_ACQUIRE); \
		h = h * 31 + __atomic_fetch_or(&v, 0x82, __ATOMIC_RELEASE); \
		h = h * 31 + __atomic_xor_fetch(&v, 0x55, __ATOMIC_ACQ_REL); \
		h = h * 31 + __atomic_fetch_nand(&v, 0x3c, __ATOMIC_SEQ_CST); \
		h = h * 31 + __atomic_exchange_n(&v, 7, __ATOMIC_SEQ_CST); \
		h = h * 31 + __atomic_compare_exchange_n(&v, &expected, wanted, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED); \
		h = h * 31 + __atomic_compare_exchange_n(&v, &expected, 3, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE); \
		h = h * 31 + expected + __atomic_load_n(&v, __ATOMIC_ACQUIRE); \
		while (!__atomic_compare_exchange_n(&v, &expected, v * 3, 1, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) \
			; \
		__atomic_store_n(&v, v + 1, __ATOMIC_RELEASE); \
		__atomic_fetch_sub(&v, -10, __ATOMIC_SEQ_CST); \
		printf(#T " %lx %lx\n", h, (unsigned long)v); \
	}
EXERCISE(uint8_t)
EXERCISE(int16_t)
EXERCISE(uint32_t)
EXERCISE(int64_t)

static _Atomic double real = 1.5;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static _Atomic(int *) pointer;

int main(void)
{
	static int array[4];

	do_uint8_t();
	do_int16_t();
	do_uint32_t();
	do_int64_t();
	for (int i = 0; i < 5; i++)
		real = real + i * 0.25;
	printf("%g\n", real);
	int first = atomic_flag_test_and_set(&flag), second = atomic_flag_test_and_set(&flag);
	atomic_flag_clear(&flag);
	printf("%d %d\n", first, second);
	pointer = array;
	pointer = pointer + 2;
	atomic_thread_fence(memory_order_seq_cst);
	printf("%d %d\n", (int)(pointer - array), __sync_val_compare_and_swap(&array[1], 0, 5) + array[1]);
	printf("%d\n", __sync_lock_test_and_set(&array[2], 9) + __sync_fetch_and_add(&array[2], 1) + array[2]);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * An interpreter for a little register machine: one dense switch in a loop.
 * Its program counts the Collatz steps of the numbers below a bound.
 */
#include "kernel.h"

enum op { SET, MOVE, ADD, ADDI, MUL, MULI, SUB, AND, XOR, SHR, JUMP, JZ, JNZ, JLT, LOAD, STORE, HALT };

struct insn {
	u8 op, a, b, c;
	s32 imm;
};

enum { N, X, STEPS, BOUND, BIT, TOTAL, SLOT };

static const struct insn program[] = {
	/*  0 */ { SET, N, 0, 0, 1 },
	/*  1 */ { MOVE, X, N, 0, 0 },
	/*  2 */ { SET, STEPS, 0, 0, 0 },
	/*  3 */ { ADDI, BIT, X, 0, -1 },
	/*  4 */ { JZ, BIT, 0, 0, 13 },
	/*  5 */ { SET, BIT, 0, 0, 1 },
	/*  6 */ { AND, BIT, BIT, X, 0 },
	/*  7 */ { ADDI, STEPS, STEPS, 0, 1 },
	/*  8 */ { JNZ, BIT, 0, 0, 11 },
	/*  9 */ { SHR, X, X, 0, 1 },
	/* 10 */ { JUMP, 0, 0, 0, 3 },
	/* 11 */ { MULI, X, X, 0, 3 },
	/* 12 */ { ADDI, X, X, 0, 1 },
	/* 13 */ { JNZ, BIT, 0, 0, 3 },		/* BIT: 1 from an odd step, 0 from X == 1 */
	/* 14 */ { SET, BIT, 0, 0, 63 },
	/* 15 */ { AND, SLOT, N, BIT, 0 },
	/* 16 */ { LOAD, BIT, SLOT, 0, 0 },
	/* 17 */ { XOR, BIT, BIT, STEPS, 0 },
	/* 18 */ { STORE, BIT, SLOT, 0, 0 },
	/* 19 */ { ADD, TOTAL, TOTAL, STEPS, 0 },
	/* 20 */ { ADDI, N, N, 0, 1 },
	/* 21 */ { JLT, N, BOUND, 0, 1 },
	/* 22 */ { HALT, 0, 0, 0, 0 },
};

static s64 memory[64];

static __attribute__((noinline)) s64 interpret(const struct insn *code, s64 bound)
{
	s64 r[16] = { 0 };

	r[BOUND] = bound;
	for (const struct insn *i = code;; i++) {
		switch ((enum op)i->op) {
		case SET: r[i->a] = i->imm; break;
		case MOVE: r[i->a] = r[i->b]; break;
		case ADD: r[i->a] = r[i->b] + r[i->c]; break;
		case ADDI: r[i->a] = r[i->b] + i->imm; break;
		case MUL: r[i->a] = r[i->b] * r[i->c]; break;
		case MULI: r[i->a] = r[i->b] * i->imm; break;
		case SUB: r[i->a] = r[i->b] - r[i->c]; break;
		case AND: r[i->a] = r[i->b] & r[i->c]; break;
		case XOR: r[i->a] = r[i->b] ^ r[i->c]; break;
		case SHR: r[i->a] = r[i->b] >> i->imm; break;
		case JUMP: i = code + i->imm - 1; break;
		case JZ: i = r[i->a] == 0 ? code + i->imm - 1 : i; break;
		case JNZ: i = r[i->a] != 0 ? code + i->imm - 1 : i; break;
		case JLT: i = r[i->a] < r[i->b] ? code + i->imm - 1 : i; break;
		case LOAD: r[i->a] = memory[r[i->b] & 63]; break;
		case STORE: memory[r[i->b] & 63] = r[i->a]; break;
		case HALT: return r[TOTAL];
		}
	}
}

static u64 run(unsigned n)
{
	u64 sum = 0;

	memset(memory, 0, sizeof memory);
	while (n--)
		sum = mix(sum, interpret(program, 3000 + n));
	for (int i = 0; i < 64; i++)
		sum = mix(sum, memory[i]);
	return sum;
}

KERNEL("interp", 4)

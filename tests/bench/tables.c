/* SPDX-License-Identifier: MIT */
/*
 * Which kernels there are, and which ways to compile and run them.
 */
#include "bench.h"

const struct kernel kernels[] = {
	/* name        source         lua    whole  fuses */
	{ "sieve",     "sieve.c",     false, 60 },
	{ "linpack",   "linpack.c",   false, 150,   true },
	{ "mnist",     "mnist.c",     false, 250,   true },
	{ "fib",       "fib.c",       false, 200 },
	{ "quicksort", "quicksort.c", false, 25 },
	{ "queens",    "queens.c",    false, 700 },
	{ "nbody",     "nbody.c",     false, 1600,  true },
	{ "spectral",  "spectral.c",  false, 90,    true },
	{ "sha256",    "sha256.c",    false, 150 },
	{ "interp",    "interp.c",    false, 48 },
	{ "funcptr",   "funcptr.c",   false, 900 },
	{ "blend",     "blend.c",     false, 500 },
	{ "core",      "core.c",      false, 3500 },
	{ "lua",       "lua.c",       true,  120 },
	{ "empty",     "empty.c",     false, 1 },
};
const size_t kernel_count = sizeof kernels / sizeof *kernels;

/* -ffp-contract=off but for the last two: wasm has no fused multiply-add, and outputs must be equal. */
const struct way ways[WAYS] = {
	[EMCC] = {
		.name = "emcc",
		.compile = "{emcc} -O3 -msimd128 -ffp-contract=off -sSTACK_SIZE=8388608 -sALLOW_MEMORY_GROWTH "
			   "{source} -o {program}.js",
		.lua = "-sSUPPORT_LONGJMP=wasm",
		.run = "{node} {program}.js",
		.wasm = "{program}.wasm",
		.steady = 40,
	},
	[LIFTED] = {
		.name = "lifted",
		.compile = "{cc} -O3 -ffp-contract=off {source} -o {program} -lm",
		.lua = "-DLUA_USE_POSIX",
		.run = "{program}",
		.lift = "{lift} {program}.elf -o {program}.wasm",
		.wasm = "{program}.wasm",
		.steady = 40,
	},
	[NATIVE] = {
		.name = "native",
		.compile = "{native} -O3 -ffp-contract=off {source} -o {program} -lm",
		.lua = "-DLUA_USE_POSIX",
		.run = "{program}",
		.steady = 40,
	},
	[QEMU] = {
		.name = "qemu",
		.compile = "{guest} -O3 -static -ffp-contract=off {source} -o {program} -lm",
		.lua = "-DLUA_USE_POSIX",
		.run = "{qemu} {program}",
		.steady = 8,
		.rounds = 2,
	},
	[INTERPRETED] = {
		.name = "interpreted",
		.compile = "{cc} -mlift=never -O3 -ffp-contract=off {source} -o {program} -lm",
		.lua = "-DLUA_USE_POSIX",
		.run = "{program}",
		.steady = 8,
		.rounds = 2,
		.counted = true,
	},
	[FUSED] = {
		.name = "fused",
		.compile = "{cc} -O3 -ffp-contract=fast {source} -o {program} -lm",
		.run = "{program}",
		.steady = 40,
	},
	[SOFTWARE] = {
		.name = "software",
		.compile = "{cc} -O3 -ffp-contract=fast {source} -o {program} -lm",
		.run = "env AARCH64_WASM_FMA=software {program}",
		.steady = 40,
	},
};

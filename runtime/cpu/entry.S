/* SPDX-License-Identifier: MIT */
/*
 * What C cannot say: a call through the program's own function table, which is
 * not the one that C's function pointers use, and a fresh stack for cpu_run().
 */
#ifdef AW_ONE_MODULE
/* One table for both: the linker puts C's functions behind the program's. */
#define lifted_table __indirect_function_table
	.tabletype	__indirect_function_table, funcref
#else
	.tabletype	lifted_table, funcref
	.import_module	lifted_table, env
	.import_name	lifted_table, __indirect_function_table
#endif
	.globaltype	__stack_pointer, i32
	.functype	cpu_run_from_top () -> ()

	.section	.text.lifted_call,"",@
	.globl	lifted_call
	.type	lifted_call,@function
lifted_call:
	.functype	lifted_call (i32, i64, i64, i64, i64, i64) -> (i64)
	local.get	1
	local.get	2
	local.get	3
	local.get	4
	local.get	5
	local.get	0
	call_indirect	lifted_table, (i64, i64, i64, i64, i64) -> (i64)
	end_function

/* host_unwind() leaves frames behind on our stack: none of them counts here. */
	.section	.text.cpu_run,"",@
	.globl	cpu_run
#ifndef AW_ONE_MODULE
	.export_name	cpu_run, cpu_run
#endif
	.type	cpu_run,@function
cpu_run:
	.functype	cpu_run () -> ()
	i32.const	__stack_high
	global.set	__stack_pointer
	call	cpu_run_from_top
	end_function

/* An assembler does not note the features it was given; the linker asks. */
	.section	.custom_section.target_features,"",@
	.int8	1
	.int8	43                      # '+'
	.int8	15
	.ascii	"reference-types"

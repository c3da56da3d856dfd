/* SPDX-License-Identifier: MIT */
/*
 * Reading the data segment that holds the guest ELF.  The packer makes it the
 * module's first, so that its number is known here: no code of the linker's
 * names segments.
 */
	.section	.text.image_copy,"",@
	.globl	image_copy
	.hidden	image_copy
	.type	image_copy,@function
image_copy:
	.functype	image_copy (i32, i32, i32) -> ()
	local.get	0
	local.get	1
	local.get	2
	memory.init	0, 0
	end_function

	.section	.text.image_drop,"",@
	.globl	image_drop
	.hidden	image_drop
	.type	image_drop,@function
image_drop:
	.functype	image_drop () -> ()
	data.drop	0
	end_function

	.section	.custom_section.target_features,"",@
	.int8	1
	.int8	43                      # '+'
	.int8	11
	.ascii	"bulk-memory"

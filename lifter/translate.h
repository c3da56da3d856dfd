/* SPDX-License-Identifier: MIT */
/* The program as the lifter knows it becomes objects, then program.wasm. */
#ifndef LIFTER_TRANSLATE_H
#define LIFTER_TRANSLATE_H

#include "lifter/build.h"
#include "lifter/emit.h"

struct translate_options {
	struct build_options build;
	struct emit_options emit;
	u32 part_insns;            /* instructions translated at a time; 0: as many as are right */
};

/* The module has the templates (tmpl_load()), and is used up. */
void translate(struct program *, LLVMModuleRef templates, const struct translate_options *);

#endif

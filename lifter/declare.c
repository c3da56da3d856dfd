/* SPDX-License-Identifier: MIT */
/* Declaring functions that are not the guest's. */
#include <string.h>

#include "lifter/build.h"
#include "lifter/emit.h"

void add_attribute(struct builder *b, value_t f, const char *name)
{
	u32 kind = LLVMGetEnumAttributeKindForName(name, strlen(name));

	LLVMAddAttributeAtIndex(f, LLVMAttributeFunctionIndex, LLVMCreateEnumAttribute(b->context, kind, 0));
}

value_t declare_pure(struct builder *b, const char *name, LLVMTypeRef type)
{
	value_t f = LLVMGetNamedFunction(b->module, name);

	if (!f) {
		static const char *const pure[] = { "nounwind", "willreturn", "nosync", "nofree", "memory" };
		f = LLVMAddFunction(b->module, name, type);
		for (u32 i = 0; i < sizeof pure / sizeof *pure; i++)
			add_attribute(b, f, pure[i]);
	}
	return f;
}

value_t unlikely(struct builder *b, value_t condition)
{
	LLVMTypeRef type = LLVMFunctionType(b->t.i32, &b->t.i32, 1, false);
	value_t arg = LLVMBuildZExt(b->ir, condition, b->t.i32, "");
	value_t same = LLVMBuildCall2(b->ir, type, declare_pure(b, UNLIKELY, type), &arg, 1, "");

	return LLVMBuildICmp(b->ir, LLVMIntNE, same, const_i32(b, 0), "");
}

/*
 * LLVM 22 leaves one result of a call on wasm's stack where an operand below it
 * is another result of the same call, and reads that before the call has set it
 * (WebAssemblyRegStackify with -target-abi=experimental-mv).  It does not so
 * with what goes through an assembly statement, be it an empty one.
 */
value_t in_local(struct builder *b, value_t v)
{
	LLVMTypeRef type = LLVMTypeOf(v), f = LLVMFunctionType(type, &type, 1, false);
	value_t same = LLVMGetInlineAsm(f, "", 0, "=r,0", 4, false, false, LLVMInlineAsmDialectATT, false);
	value_t call = LLVMBuildCall2(b->ir, f, same, &v, 1, "");
	static const char *const pure[] = { "memory", "nounwind", "willreturn" };

	for (u32 i = 0; i < sizeof pure / sizeof *pure; i++) {
		u32 kind = LLVMGetEnumAttributeKindForName(pure[i], strlen(pure[i]));
		LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex, LLVMCreateEnumAttribute(b->context, kind, 0));
	}
	return call;
}

value_t call_result(struct builder *b, value_t call, u32 i, u32 n)
{
	return n == 1 ? call : in_local(b, LLVMBuildExtractValue(b->ir, call, i, ""));
}

bool calls(value_t v, const char *prefix)
{
	size_t n;

	if (!LLVMIsACallInst(v))
		return false;
	value_t f = LLVMGetCalledValue(v);
	return LLVMIsAFunction(f) && !strncmp(LLVMGetValueName2(f, &n), prefix, strlen(prefix));
}

/* SPDX-License-Identifier: MIT */
/*
 * See unwind.h.  Functions that only compute, and call only such, stay as they
 * are: what may unwind is found from the runtime's functions upwards.
 */
#include "lifter/unwind.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lifter/util.h"

/* What of the runtime may come back with cpu->unwinding set: what runs the program or the kernel, and what may fault. */
static const char *const unwinders[] = {
	"cpu_jump", "cpu_leave", "cpu_miss", "cpu_return", "cpu_step", "cpu_syscall", "cpu_unwind",
	"cpu_atomic_cas_pair", "cpu_dc_zva", "cpu_load_excl_pair", "cpu_store_excl_pair",
};

struct values { LIST(LLVMValueRef) list; };

struct pass {
	LLVMContextRef context;
	LLVMBuilderRef ir;
	u32 area;
	struct values todo;          /* functions found to unwind, whose callers are not yet */
	LLVMValueRef weights;        /* "hardly ever" */
};

/* The note that a function may unwind is an attribute of its own. */
static const char note[] = "aw-unwinds";

static bool is_noted(LLVMValueRef f)
{
	return LLVMGetStringAttributeAtIndex(f, LLVMAttributeFunctionIndex, note, strlen(note));
}

void unwind_note(LLVMValueRef f)
{
	LLVMContextRef context = LLVMGetModuleContext(LLVMGetGlobalParent(f));

	LLVMAddAttributeAtIndex(f, LLVMAttributeFunctionIndex, LLVMCreateStringAttribute(context, note, strlen(note), "", 0));
}

static void take_note(struct pass *p, LLVMValueRef f)
{
	if (is_noted(f))
		return;
	unwind_note(f);
	list_push(&p->todo.list, f);
}

static LLVMValueRef function_of(LLVMValueRef instruction)
{
	return LLVMGetBasicBlockParent(LLVMGetInstructionParent(instruction));
}

static bool is_indirect(LLVMValueRef call)
{
	LLVMValueRef callee = LLVMGetCalledValue(call);

	return !LLVMIsAFunction(callee) && !LLVMIsAInlineAsm(callee);
}

static bool call_may_unwind(LLVMValueRef call)
{
	LLVMValueRef callee = LLVMGetCalledValue(call);

	return is_indirect(call) || (LLVMIsAFunction(callee) && is_noted(callee));
}

static void note_callers(struct pass *p, LLVMValueRef f)
{
	for (LLVMUseRef u = LLVMGetFirstUse(f); u; u = LLVMGetNextUse(u)) {
		LLVMValueRef user = LLVMGetUser(u);
		if (LLVMIsACallInst(user))
			take_note(p, function_of(user));
	}
}

#define EACH_BLOCK(b, f) LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b; b = LLVMGetNextBasicBlock(b)
#define EACH_INSTRUCTION(i, b) LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i)
#define EACH_FUNCTION(f, m) LLVMValueRef f = LLVMGetFirstFunction(m); f; f = LLVMGetNextFunction(f)

static void find_unwinding(struct pass *p, LLVMModuleRef m)
{
	for (EACH_FUNCTION(f, m))
		if (is_noted(f))
			list_push(&p->todo.list, f);
	for (size_t i = 0; i < sizeof unwinders / sizeof *unwinders; i++) {
		LLVMValueRef f = LLVMGetNamedFunction(m, unwinders[i]);
		if (f)
			take_note(p, f);
	}
	for (EACH_FUNCTION(f, m))
		for (EACH_BLOCK(b, f))
			for (EACH_INSTRUCTION(i, b))
				if (LLVMIsACallInst(i) && is_indirect(i))
					take_note(p, f);
	for (u32 i = 0; i < p->todo.list.count; i++)
		note_callers(p, p->todo.list.at[i]);
}

static void return_nothing(struct pass *p, LLVMValueRef f)
{
	LLVMTypeRef type = LLVMGetReturnType(LLVMGlobalGetValueType(f));

	if (LLVMGetTypeKind(type) == LLVMVoidTypeKind)
		LLVMBuildRetVoid(p->ir);
	else
		LLVMBuildRet(p->ir, LLVMGetUndef(type));
}

static LLVMValueRef is_unwinding(struct pass *p)
{
	LLVMTypeRef i32 = LLVMInt32TypeInContext(p->context);
	LLVMValueRef at = LLVMConstInt(i32, p->area + CPU_BASE + offsetof(struct cpu, unwinding), false);
	LLVMValueRef flag = LLVMBuildLoad2(p->ir, i32, LLVMConstIntToPtr(at, LLVMPointerTypeInContext(p->context, 0)), "");

	return LLVMBuildICmp(p->ir, LLVMIntNE, flag, LLVMConstInt(i32, 0, false), "");
}

/*
 * Everything up to the call moves into a new block before its own.  Not what
 * follows: phis of later blocks name the block that they are entered from.
 */
static void look_after(struct pass *p, LLVMValueRef call, LLVMBasicBlockRef gone)
{
	LLVMBasicBlockRef rest = LLVMGetInstructionParent(call);
	LLVMBasicBlockRef head = LLVMInsertBasicBlockInContext(p->context, rest, "");

	LLVMReplaceAllUsesWith(LLVMBasicBlockAsValue(rest), LLVMBasicBlockAsValue(head));
	LLVMPositionBuilderAtEnd(p->ir, head);
	for (LLVMValueRef i = NULL; i != call;) {
		i = LLVMGetFirstInstruction(rest);
		LLVMInstructionRemoveFromParent(i);
		LLVMInsertIntoBuilder(p->ir, i);
	}
	LLVMSetMetadata(LLVMBuildCondBr(p->ir, is_unwinding(p), gone, rest),
	                LLVMGetMDKindIDInContext(p->context, "prof", 4), p->weights);
}

static void treat_call(struct pass *p, LLVMValueRef f, LLVMValueRef call, LLVMBasicBlockRef *gone)
{
	LLVMValueRef next = LLVMGetNextInstruction(call);

	if (LLVMIsAReturnInst(next))
		return;
	if (LLVMIsAUnreachableInst(next)) {      /* it did not come back, so far */
		LLVMPositionBuilderBefore(p->ir, next);
		return_nothing(p, f);
		LLVMInstructionEraseFromParent(next);
		return;
	}
	if (!*gone) {
		*gone = LLVMAppendBasicBlockInContext(p->context, f, "gone");
		LLVMPositionBuilderAtEnd(p->ir, *gone);
		return_nothing(p, f);
	}
	look_after(p, call, *gone);
}

void unwind_by_return(LLVMModuleRef m, u32 area)
{
	LLVMContextRef c = LLVMGetModuleContext(m);
	struct pass p = { .context = c, .ir = LLVMCreateBuilderInContext(c), .area = area };
	LLVMValueRef weights[] = { LLVMMDStringInContext(c, "branch_weights", 14),
		LLVMConstInt(LLVMInt32TypeInContext(c), 1, false), LLVMConstInt(LLVMInt32TypeInContext(c), 100000, false) };
	struct values calls = { 0 };

	p.weights = LLVMMDNodeInContext(c, weights, 3);
	find_unwinding(&p, m);
	for (EACH_FUNCTION(f, m)) {
		LLVMBasicBlockRef gone = NULL;
		if (!is_noted(f))
			continue;
		calls.list.count = 0;
		for (EACH_BLOCK(b, f))
			for (EACH_INSTRUCTION(i, b))
				if (LLVMIsACallInst(i) && call_may_unwind(i))
					list_push(&calls.list, i);
		for (u32 i = 0; i < calls.list.count; i++)
			treat_call(&p, f, calls.list.at[i], &gone);
	}
	list_free(&calls.list);
	list_free(&p.todo.list);
	LLVMDisposeBuilder(p.ir);
}

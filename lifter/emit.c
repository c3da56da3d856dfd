/* SPDX-License-Identifier: MIT */
/* Optimisation and code generation: see emit.h. */
#include "lifter/emit.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <stdlib.h>

#include "lifter/fma.h"
#include "lifter/unwind.h"

/* Light on purpose: registers to SSA, dead flags and saves away, then the
 * cheap standard pipeline.  -O3 costs more and gains nothing measurable. */
static const char registers_to_ssa[] = "function(sroa,adce,instcombine<no-verify-fixpoint>,simplifycfg)", pipeline[] = "default<O1>";
static const char features[] = "+simd128,+bulk-memory,+bulk-memory-opt,+mutable-globals,+sign-ext,+nontrapping-fptoint,+tail-call,+multivalue";

static LLVMTargetMachineRef target_machine(void)
{
	LLVMTargetRef target;
	char *message;

	LLVMInitializeWebAssemblyTargetInfo();
	LLVMInitializeWebAssemblyTarget();
	LLVMInitializeWebAssemblyTargetMC();
	LLVMInitializeWebAssemblyAsmPrinter();
	if (LLVMGetTargetFromTriple("wasm32-unknown-unknown", &target, &message))
		diag_fatal("this LLVM has no WebAssembly back end: %s", message);
	LLVMTargetMachineOptionsRef o = LLVMCreateTargetMachineOptions();
	LLVMTargetMachineOptionsSetCPU(o, "generic");
	LLVMTargetMachineOptionsSetFeatures(o, features);
	LLVMTargetMachineOptionsSetABI(o, "experimental-mv");   /* several results as wasm results */
	LLVMTargetMachineOptionsSetCodeGenOptLevel(o, LLVMCodeGenLevelDefault);
	LLVMTargetMachineRef tm = LLVMCreateTargetMachineWithOptions(target, "wasm32-unknown-unknown", o);
	LLVMDisposeTargetMachineOptions(o);
	return tm;
}

static void save_ir(LLVMModuleRef m, const char *temps, const char *suffix)
{
	char *message;

	if (!temps)
		return;
	char *path = xasprintf("%s%s", temps, suffix);
	if (LLVMPrintModuleToFile(m, path, &message))
		diag_fatal("%s: %s", path, message);
	free(path);
}

static void run_passes(LLVMModuleRef m, LLVMTargetMachineRef tm, const char *passes)
{
	LLVMPassBuilderOptionsRef o = LLVMCreatePassBuilderOptions();
	LLVMErrorRef e = LLVMRunPasses(m, passes, tm, o);

	if (e)
		diag_fatal("optimiser: %s", LLVMGetErrorMessage(e));
	LLVMDisposePassBuilderOptions(o);
}

/*
 * MachineLICM makes one register of all the zeroes that are bases of addresses
 * in struct cpu, and WebAssemblyRegStackify goes over the whole function again
 * for each of its thousands of uses, to put zeroes back there.
 */
void emit_giants(void)
{
	LLVMParseCommandLineOptions(2, (const char *const[]){ "lift", "-disable-machine-licm" }, NULL);
}

void emit_object(struct program *p, LLVMModuleRef m, const char *object, const char *temps, const struct emit_options *o)
{
	LLVMTargetMachineRef tm = target_machine();
	LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(tm);
	char *text = LLVMCopyStringRepOfTargetData(layout), *message;

	LLVMSetTarget(m, "wasm32-unknown-unknown");
	LLVMSetDataLayout(m, text);
	LLVMDisposeMessage(text);
	save_ir(m, temps, ".ll");
	if (temps && LLVMVerifyModule(m, LLVMReturnStatusAction, &message))
		diag_fatal("the lifted IR is not valid: %s", message);
	if (o->runtime)
		unwind_by_return(m, p->image->area);
	run_passes(m, tm, registers_to_ssa);
	nan_settle(p, m);
	if (temps && LLVMVerifyModule(m, LLVMReturnStatusAction, &message))
		diag_fatal("the lifted IR is not valid after its NaNs: %s", message);
	run_passes(m, tm, pipeline);
	fma_lower(p, m);
	save_ir(m, temps, ".opt.ll");
	if (LLVMTargetMachineEmitToFile(tm, m, object, LLVMObjectFile, &message))
		diag_fatal("code generation: %s", message);
}

/* SPDX-License-Identifier: MIT */
/* Optimisation, code generation and linking: see emit.h. */
#include "lifter/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <llvm-c/Analysis.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lifter/fma.h"
#include "lifter/tmpl.h"
#include "lifter/unwind.h"
#include "runtime/cpu/cpu.h"

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

static void save_ir(LLVMModuleRef m, const struct emit_options *o, const char *suffix)
{
	char *message;

	if (!o->save_temps)
		return;
	char *path = xasprintf("%s%s", o->save_temps, suffix);
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

extern char **environ;

static void link_object(const struct program *p, const char *object, const char *linked, const struct emit_options *o)
{
	char *base = xasprintf("--global-base=%u", CPU_LIFTED_DATA + 0x100000);
	/* C's functions in the table stand behind those of the program. */
	char *table = xasprintf("--table-base=%u", 1 + p->ninsns);
	char *alone[] = { "wasm-ld", (char *)object, "-o", (char *)linked, "--no-entry", "--import-memory", "--import-table", "--export-dynamic",
		"--allow-undefined", "--no-stack-first", "-z", "stack-size=4096", base, (char *)o->builtins, NULL };
	/* As wasi.wasm: runtime/host/wasi/CMakeLists.txt. */
	char *whole[] = { "wasm-ld", (char *)object, "-o", (char *)linked, "--entry=_start", "--export=cpu_miss", "--export-dynamic",
		"--stack-first", "-z", "stack-size=262144", "--initial-memory=4194304", base, table, (char *)o->runtime, (char *)o->builtins, NULL };
	char **argv = o->runtime ? whole : alone;
	pid_t pid;
	int status;

	int err = posix_spawn(&pid, o->linker, NULL, NULL, argv, environ);
	if (err)
		diag_fatal("cannot run %s: %s; the installation is incomplete", o->linker, strerror(err));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status)
		diag_fatal("wasm-ld failed on the lifted object; please report this program");
	free(base);
	free(table);
}

static u8 *read_file(const char *path, size_t *size)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		diag_fatal("%s: %s", path, strerror(errno));
	u8 *bytes = xcalloc(st.st_size, 1);
	for (*size = 0; *size < (size_t)st.st_size;) {
		ssize_t n = read(fd, bytes + *size, st.st_size - *size);
		if (n <= 0)
			diag_fatal("%s: %s", path, n ? strerror(errno) : "shorter than it was");
		*size += n;
	}
	close(fd);
	return bytes;
}

/* All or nothing: a temporary file beside the output, then rename. */
static void write_file(const char *path, const struct bytes *b)
{
	char *temporary = xasprintf("%s.%d.tmp", path, (int)getpid());
	int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	size_t done = 0;

	if (fd < 0)
		diag_fatal("%s: %s", path, strerror(errno));
	while (done < b->count) {
		ssize_t n = write(fd, b->at + done, b->count - done);
		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? n : 0;
	}
	if (done < b->count || close(fd) || rename(temporary, path)) {
		int err = errno;
		unlink(temporary);
		diag_fatal("%s: %s", path, strerror(err));
	}
	free(temporary);
}

void emit_program(const struct program *p, LLVMModuleRef m, const struct emit_options *o)
{
	LLVMTargetMachineRef tm = target_machine();
	LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(tm);
	char *text = LLVMCopyStringRepOfTargetData(layout), *message;
	char *object = o->save_temps ? xasprintf("%s.o", o->save_temps) : xasprintf("%s.%d.o", o->out, (int)getpid());
	char *linked = xasprintf("%s.%d.ld", o->out, (int)getpid());

	LLVMSetTarget(m, "wasm32-unknown-unknown");
	LLVMSetDataLayout(m, text);
	LLVMDisposeMessage(text);
	save_ir(m, o, ".ll");
	if (o->save_temps && LLVMVerifyModule(m, LLVMReturnStatusAction, &message))
		diag_fatal("the lifted IR is not valid: %s", message);
	if (o->runtime)
		unwind_by_return(m);
	run_passes(m, tm, registers_to_ssa);
	nan_settle(m);
	if (o->save_temps && LLVMVerifyModule(m, LLVMReturnStatusAction, &message))
		diag_fatal("the lifted IR is not valid after its NaNs: %s", message);
	run_passes(m, tm, pipeline);
	fma_lower(m);
	save_ir(m, o, ".opt.ll");
	diag_remove(object);
	diag_remove(linked);
	if (LLVMTargetMachineEmitToFile(tm, m, object, LLVMObjectFile, &message))
		diag_fatal("code generation: %s", message);
	link_object(p, object, linked, o);

	size_t size;
	u8 *bytes = read_file(linked, &size);
	struct bytes finished = wasm_finish(p, bytes, size, o);
	write_file(o->out, &finished);
	unlink(linked);
	if (!o->save_temps)
		unlink(object);
	free(bytes);
	free(finished.at);
}

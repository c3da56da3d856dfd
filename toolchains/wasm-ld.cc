// SPDX-License-Identifier: MIT
//
// wasm-ld from LLVM's static libraries, for users: the distribution's needs
// libLLVM.so (150 MB) and takes ten times as long to start.  C++ because lld
// has no C interface.
//
// It links objects, not bitcode.  lld initialises all of LLVM's targets for
// that; with empty functions in their place none of their code is linked.

#include <lld/Common/Driver.h>
#include <llvm/Support/raw_ostream.h>

#define LLVM_TARGET(name)                              \
	extern "C" void LLVMInitialize##name##TargetInfo() {} \
	extern "C" void LLVMInitialize##name##Target() {}     \
	extern "C" void LLVMInitialize##name##TargetMC() {}
#include <llvm/Config/Targets.def>

#define LLVM_ASM_PRINTER(name) extern "C" void LLVMInitialize##name##AsmPrinter() {}
#include <llvm/Config/AsmPrinters.def>

#define LLVM_ASM_PARSER(name) extern "C" void LLVMInitialize##name##AsmParser() {}
#include <llvm/Config/AsmParsers.def>

LLD_HAS_DRIVER(wasm)

int main(int argc, char **argv)
{
	llvm::ArrayRef<const char *> args(argv, argc);

	// Exits by itself where it can: no time goes into taking the linker apart.
	return !lld::wasm::link(args, llvm::outs(), llvm::errs(), /*exitEarly=*/true, /*disableOutput=*/false);
}

# SPDX-License-Identifier: MIT
#
# Finds the tools we stand on: first what the user names (-D or environment),
# then AW_PREFIX as unpacked by cmake/setup.sh, then the machine.
# Results are cache variables; nothing here is searched for anywhere else.

set(_prefix $ENV{AARCH64_WASM_PREFIX})
if(NOT _prefix)
    foreach(dir IN ITEMS $ENV{HOME}/.cache/aarch64-wasm-cc /opt/aw)
        if(NOT _prefix AND EXISTS ${dir}/aarch64-musl.specs)
            set(_prefix ${dir})
        endif()
    endforeach()
endif()
set(AW_PREFIX "${_prefix}" CACHE PATH "What cmake/setup.sh unpacked")

set(AW_LLVM "$ENV{AARCH64_WASM_LLVM}" CACHE PATH "An LLVM 22 to use instead of the prefix's")
set(AW_EMSDK "$ENV{AARCH64_WASM_EMSDK}" CACHE PATH "An emsdk to use instead of the prefix's Emscripten")

# aw_find(VAR "what for" REQUIRED|OPTIONAL NAMES ... DIRS ...)
function(aw_find var doc need)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "NAMES;DIRS")
    find_program(${var} NAMES ${arg_NAMES} HINTS ${arg_DIRS} DOC "${doc}")
    if(NOT ${var} AND need STREQUAL REQUIRED)
        list(JOIN arg_NAMES " or " names)
        message(FATAL_ERROR "${names} not found (${doc}). Run `sh cmake/setup.sh`, or set -D${var}=.")
    endif()
endfunction()

set(_llvm ${AW_PREFIX}/llvm-22/bin /usr/lib/llvm-22/bin)
if(AW_LLVM)
    set(_llvm ${AW_LLVM}/bin)
endif()
aw_find(AW_CLANG "clang 22, for templates and wasm modules" REQUIRED NAMES clang-22 clang DIRS ${_llvm})
aw_find(AW_WASM_LD "links wasm modules" REQUIRED NAMES wasm-ld wasm-ld-22 DIRS ${_llvm})
aw_find(AW_LLVM_CONFIG "LLVM 22 for the lifter" REQUIRED NAMES llvm-config llvm-config-22 DIRS ${_llvm})
aw_find(AW_LLVM_LINK_BC "joins bitcode files" REQUIRED NAMES llvm-link llvm-link-22 DIRS ${_llvm})
aw_find(AW_LLVM_OPT "optimises templates" REQUIRED NAMES opt opt-22 DIRS ${_llvm})
aw_find(AW_LLVM_DIS "shows bitcode" REQUIRED NAMES llvm-dis llvm-dis-22 DIRS ${_llvm})

aw_find(AW_NODE "runs what we build; 20 or later" REQUIRED NAMES node DIRS ${AW_PREFIX}/node/bin)
aw_find(AW_QEMU "the oracle of the tests" OPTIONAL NAMES qemu-aarch64-static qemu-aarch64 DIRS ${AW_PREFIX}/qemu/bin)
set(_emcc ${AW_PREFIX}/emscripten)
if(AW_EMSDK)
    set(_emcc ${AW_EMSDK}/upstream/emscripten)
endif()
aw_find(AW_EMCC "compiles the benchmark straight to wasm" OPTIONAL NAMES emcc
    DIRS ${_emcc})
aw_find(AW_CHROMIUM "the browser test" OPTIONAL NAMES chromium chromium-browser google-chrome
    DIRS ${AW_PREFIX}/chromium/bin)
aw_find(AW_GUEST_GCC "the guest's compiler, before specs" REQUIRED NAMES aarch64-linux-gnu-gcc DIRS ${AW_PREFIX}/bin)
find_path(AW_NODE_MODULES NAMES playwright-core PATHS ${AW_PREFIX}/npm/node_modules
    NO_DEFAULT_PATH DOC "npm packages used by the tests and the page")

execute_process(COMMAND ${AW_NODE} --version OUTPUT_VARIABLE _node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT _node_version MATCHES "^v(2[0-9]|[3-9][0-9])\\.")
    message(FATAL_ERROR "${AW_NODE} is ${_node_version}; Node 20 or later is needed.")
endif()

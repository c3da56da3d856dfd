# SPDX-License-Identifier: MIT
#
# How to compile and link against LLVM: AW_LLVM_CFLAGS, AW_LLVM_LINK,
# AW_LLVM_LIBDIR; aw_llvm_link(VAR component...) for other parts than the lifter's.
# Users get a static lifter: its whole run is half of what it is with
# libLLVM.so, and it does not depend on the machine's libraries.

execute_process(COMMAND ${AW_LLVM_CONFIG} --version OUTPUT_VARIABLE AW_LLVM_VERSION OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT AW_LLVM_VERSION MATCHES "^22\\.")
    message(FATAL_ERROR "${AW_LLVM_CONFIG} is LLVM ${AW_LLVM_VERSION}; 22 is needed.")
endif()
execute_process(COMMAND ${AW_LLVM_CONFIG} --includedir OUTPUT_VARIABLE _include OUTPUT_STRIP_TRAILING_WHITESPACE)
execute_process(COMMAND ${AW_LLVM_CONFIG} --libdir OUTPUT_VARIABLE AW_LLVM_LIBDIR OUTPUT_STRIP_TRAILING_WHITESPACE)

set(AW_LLVM_CFLAGS -isystem ${_include} -D__STDC_CONSTANT_MACROS -D__STDC_FORMAT_MACROS -D__STDC_LIMIT_MACROS)
function(aw_llvm_link var)
    if(AW_DEV OR AW_SANITIZE)
        set(${var} -L${AW_LLVM_LIBDIR} -Wl,-rpath,${AW_LLVM_LIBDIR} -lLLVM-22 PARENT_SCOPE)
        return()
    endif()
    execute_process(COMMAND ${AW_LLVM_CONFIG} --link-static --libs ${ARGN}
        OUTPUT_VARIABLE libs OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(libs UNIX_COMMAND "${libs}")
    set(${var} -L${AW_LLVM_LIBDIR} ${libs} -lstdc++ -lzstd -lz -lm PARENT_SCOPE)
endfunction()

aw_llvm_link(AW_LLVM_LINK core webassembly passes analysis bitreader bitwriter irreader linker)

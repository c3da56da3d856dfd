# SPDX-License-Identifier: MIT
#
# How to compile and link against LLVM: AW_LLVM_CFLAGS, AW_LLVM_LINK,
# AW_LLVM_LIBDIR.
# Users get a static lifter: its whole run is half of what it is with
# libLLVM.so, and it does not depend on the machine's libraries.

execute_process(COMMAND ${AW_LLVM_CONFIG} --version OUTPUT_VARIABLE AW_LLVM_VERSION OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT AW_LLVM_VERSION MATCHES "^22\\.")
    message(FATAL_ERROR "${AW_LLVM_CONFIG} is LLVM ${AW_LLVM_VERSION}; 22 is needed.")
endif()
execute_process(COMMAND ${AW_LLVM_CONFIG} --includedir OUTPUT_VARIABLE _include OUTPUT_STRIP_TRAILING_WHITESPACE)
execute_process(COMMAND ${AW_LLVM_CONFIG} --libdir OUTPUT_VARIABLE AW_LLVM_LIBDIR OUTPUT_STRIP_TRAILING_WHITESPACE)

set(AW_LLVM_CFLAGS -isystem ${_include} -D__STDC_CONSTANT_MACROS -D__STDC_FORMAT_MACROS -D__STDC_LIMIT_MACROS)
set(_components core webassembly passes analysis bitreader bitwriter irreader linker)
if(AW_DEV OR AW_SANITIZE)
    set(AW_LLVM_LINK -L${AW_LLVM_LIBDIR} -Wl,-rpath,${AW_LLVM_LIBDIR} -lLLVM-22)
else()
    execute_process(COMMAND ${AW_LLVM_CONFIG} --link-static --libs ${_components}
        OUTPUT_VARIABLE _libs OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    separate_arguments(_libs UNIX_COMMAND "${_libs}")
    set(AW_LLVM_LINK -L${AW_LLVM_LIBDIR} ${_libs} -lstdc++ -lzstd -lz -lm)
endif()

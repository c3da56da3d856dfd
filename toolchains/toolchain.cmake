# SPDX-License-Identifier: MIT
#
# cmake --toolchain .../share/aarch64-wasm-cc/toolchain.cmake

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)

get_filename_component(_bin ${CMAKE_CURRENT_LIST_DIR}/../../bin ABSOLUTE)
set(CMAKE_C_COMPILER ${_bin}/aarch64-wasm-cc)
set(CMAKE_CXX_COMPILER ${_bin}/aarch64-wasm-c++)
set(CMAKE_ASM_COMPILER ${_bin}/aarch64-wasm-cc)
foreach(_tool AR RANLIB NM STRIP OBJCOPY OBJDUMP)
    string(TOLOWER ${_tool} _name)
    set(CMAKE_${_tool} ${_bin}/aarch64-wasm-${_name})
endforeach()

# Programs run as they are, but CMake must not take the machine's libraries.
set(CMAKE_CROSSCOMPILING_EMULATOR /usr/bin/env)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(BUILD_SHARED_LIBS OFF)

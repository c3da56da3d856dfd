# SPDX-License-Identifier: MIT
#
# A CMake project: a library, try_run at configure time, an executable, ctest.
set -eu
build=$1 dir=$2
rm -rf "$dir"; mkdir -p "$dir"; cd "$dir"
cat >CMakeLists.txt <<C
cmake_minimum_required(VERSION 3.20)
project(sample C)
include(CheckCSourceRuns)
check_c_source_runs("int main(void) { return sizeof(void *) != 8; }" POINTERS_ARE_64_BITS)
if(NOT POINTERS_ARE_64_BITS OR NOT CMAKE_SIZEOF_VOID_P EQUAL 8)
    message(FATAL_ERROR "not run, or not LP64")
endif()
add_library(greet greet.c)
add_executable(sample main.c)
target_link_libraries(sample greet)
enable_testing()
add_test(NAME greets COMMAND sample)
set_tests_properties(greets PROPERTIES PASS_REGULAR_EXPRESSION "from aarch64")
C
cat >greet.c <<C
#include <stdio.h>
#include <sys/utsname.h>
void greet(void) { struct utsname u; uname(&u); printf("from %s\n", u.machine); }
C
echo 'void greet(void); int main(void) { greet(); }' >main.c
cmake -S . -B out --toolchain "$build/share/aarch64-wasm-cc/toolchain.cmake"
cmake --build out
ctest --test-dir out --output-on-failure

# SPDX-License-Identifier: MIT
#
# The driver as CC: a Makefile with many programs at once, a configure script's
# kind of questions, CMake with the toolchain file.
. "$(dirname "$0")/lib.sh"
[ -x "$AW_LIBEXEC/lift" ] || { AARCH64_WASM_LIFT=never; export AARCH64_WASM_LIFT; }

# make -j: every program is whole, nothing is left between them.
mkdir many && cd many || exit 1
for i in 1 2 3 4 5 6 7 8; do
    cat >p$i.c <<EOF
#include <stdio.h>
int lib(void);
int main(void) { return printf("%d\\n", lib() + $i) < 0; }
EOF
done
echo 'int lib(void) { return 100; }' >lib.c
cat >Makefile <<'EOF'
CC = aarch64-wasm-cc
AR = aarch64-wasm-ar
PROGRAMS = p1 p2 p3 p4 p5 p6 p7 p8
all: $(PROGRAMS)
$(PROGRAMS): liblib.a
liblib.a: lib.o
	$(AR) rc $@ $^
p%: p%.o
	$(CC) $(LDFLAGS) -o $@ $^ liblib.a
%.o: %.c
	$(CC) -MMD -O2 -c -o $@ $<
EOF
make -s -j4 || bad "make -j4"
same "make -j4" "101 108" "$(./p1) $(./p8)"
make -s -j4 >out || bad "make again"
same "make again does nothing" "make: Nothing to be done for 'all'." "$(make)"
cd ..
leaves_nothing "make -j4"

# What configure asks, as autoconf writes it.
mkdir conf && cd conf || exit 1
CC=aarch64-wasm-cc
echo 'int main(void) { return 0; }' >conftest.c
$CC conftest.c
same "the default output" a.out "$(echo a.*)"
./a.out || bad "a.out runs"
rm -f a.out
$CC -o conftest conftest.c && ./conftest || bad "conftest runs"
cat >conftest.c <<'EOF'
#include <stdio.h>
#include <limits.h>
static long longval(void) { return (long)sizeof(long); }
int main(void)
{
	FILE *f = fopen("conftest.val", "w");
	if (!f)
		return 1;
	fprintf(f, "%ld", longval());
	return ferror(f) || fclose(f) != 0;
}
EOF
$CC -o conftest conftest.c && ./conftest
same "sizeof (long), by running" 8 "$(cat conftest.val)"
echo 'int main(void) { return nonsense(); }' >conftest.c
$CC -Werror=implicit-function-declaration -o conftest2 conftest.c 2>/dev/null && bad "nonsense() links"
check "a failing link leaves no program" [ ! -e conftest2 ]
echo 'char sin(); int main(void) { return sin(); }' >conftest.c
check "a library" $CC -w -o conftest conftest.c -lm
echo '#include <nonsense.h>' >conftest.c
$CC -E conftest.c >/dev/null 2>&1 && bad "nonsense.h is there"
cd ..
leaves_nothing "configuring"

# CMake.
if command -v cmake >/dev/null && [ -f "$AW_SHARE/toolchain.cmake" ]; then
    mkdir cm && cd cm || exit 1
    cat >CMakeLists.txt <<'EOF'
cmake_minimum_required(VERSION 3.16)
project(t LANGUAGES C)
include(CheckFunctionExists)
include(CheckTypeSize)
include(CheckCSourceRuns)
check_function_exists(getline HAVE_GETLINE)
check_function_exists(no_such_function HAVE_NO_SUCH_FUNCTION)
check_type_size(long SIZEOF_LONG)
check_c_source_runs("int main(void) { return 0; }" RUNS)
check_c_source_runs("int main(void) { return 1; }" FAILS)
message(STATUS "answers: ${HAVE_GETLINE} '${HAVE_NO_SUCH_FUNCTION}' ${SIZEOF_LONG} ${RUNS} '${FAILS}' ${CMAKE_C_COMPILER_ID}")
add_library(lib STATIC lib.c)
add_executable(prog p1.c)
target_link_libraries(prog lib)
install(TARGETS prog DESTINATION bin)
EOF
    cp ../many/p1.c ../many/lib.c .
    cmake -S . -B b --toolchain "$AW_SHARE/toolchain.cmake" >log 2>&1 || bad "cmake: $(cat log)"
    same "CMake's answers" "-- answers: 1 '' 8 1 '' GNU" "$(grep answers: log)"
    cmake --build b -j2 >log 2>&1 || bad "cmake --build: $(tail -5 log)"
    same "CMake's program" 101 "$(b/prog)"
    cmake --install b --strip --prefix "$PWD/i" >log 2>&1 || bad "cmake --install --strip: $(cat log)"
    same "CMake's installed program" 101 "$(i/bin/prog)"
    cd ..
    leaves_nothing "CMake"
fi
finish

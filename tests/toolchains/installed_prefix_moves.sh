# SPDX-License-Identifier: MIT
#
# `cmake --install`, then the prefix is moved: it still compiles, without the
# build tree's prefix in the environment.
set -eu
build=$1 dir=$2
rm -rf "$dir"; mkdir -p "$dir"; cd "$dir"
cmake --install "$build" --prefix "$dir/first" >install.log
mv first 'second place'
cat >hello.c <<C
#include <math.h>
#include <stdio.h>
int main(int argc, char **argv) { printf("%s %.3f\n", argv[argc - 1], sqrt(argc)); }
C
unset AARCH64_WASM_PREFIX AARCH64_WASM_NODE
'second place'/bin/aarch64-wasm-cc -O2 hello.c -o hello -lm
out=$(./hello moved)
rm -rf 'second place'
[ "$out" = 'moved 1.414' ] || { echo "got: $out"; exit 1; }

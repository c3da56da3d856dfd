# SPDX-License-Identifier: MIT
#
# An installed toolchain stands on its own, and can be moved.
. "$(dirname "$0")/lib.sh"

cmake --install "$AW_BUILD" --prefix "$work/first" >log 2>&1 || bad "cmake --install: $(tail -3 log)"
mv "$work/first" "$work/moved"
mkdir bin # nothing but links to what the machine has
for tool in env node sh; do
    ln -s "$(command -v $tool)" bin
done
for tool in gcc g++ as ld; do
    path=$(command -v "aarch64-linux-gnu-$tool") && ln -s "$path" bin
done
check "V8's code for boot.js is there" [ -s "$work/moved/libexec/aarch64-wasm-cc/boot.cache" ]
hello >a.c
env -i PATH="$PWD/bin" TMPDIR="$TMPDIR" "$work/moved/bin/aarch64-wasm-cc" -mlift=never a.c -o prog || bad "linking"
same "a program" "[./prog][a]" "$(./prog a)"
env -i PATH="$PWD/bin" TMPDIR="$TMPDIR" "$work/moved/bin/aarch64-unknown-linux-musl-gcc" a.c -o lifted || bad "lifting"
same "a lifted program" "[./lifted][a]" "$(./lifted a)"
rm -rf "$work/moved"
same "programs need no toolchain" "[./prog] [./lifted]" "$(./prog) $(./lifted)"
leaves_nothing "linking"
finish

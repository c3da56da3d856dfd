# SPDX-License-Identifier: MIT
#
# What set-up is for: the build, the main job, the tests, the benchmark.

triplet=aarch64-unknown-linux-musl

job_build()
{
    local log=$build/build.log found_in="$prefix ${AARCH64_WASM_LLVM:-} ${AARCH64_WASM_EMSDK:-}"
    mkdir -p "$build"
    exec 8>"$build/.lock"
    flock 8
    # What was found in another prefix must be found again.
    if [ "$(cat "$build/.found-in" 2>/dev/null)" != "$found_in" ]; then
        rm -f "$build/CMakeCache.txt"
    fi
    [ -f "$build/CMakeCache.txt" ] || say "configure $build"
    cmake -S "$repo" -B "$build" -DAW_PREFIX="$prefix" >"$log" 2>&1 ||
        { grep -A 8 'CMake Error' "$log" >&2; die "cmake cannot configure (see above, and $log)"; }
    echo "$found_in" >"$build/.found-in"
    say "build (log: $log)"
    cmake --build "$build" -j "$(nproc)" >"$log" 2>&1 || { tail -n 30 "$log" >&2; die "the build failed (see above, and $log)"; }
    exec 8>&-
    say "built: $build/bin/aarch64-wasm-cc"
}

# GNU hello, as upstream ships it, through its own configure and make.
job_demo()
{
    local dir=$build/demo/hello cc=$build/bin/aarch64-wasm-cc key
    key=$(find "$build/bin/aarch64-wasm-cc" "$build/libexec" -type f -print0 | sort -z | xargs -0 cat | sha256sum)
    if [ "$(cat "$dir/.built" 2>/dev/null)" != "$key" ]; then
        rm -rf "$dir"
        setup_source hello "$dir"
        say "hello: ./configure --build=$triplet --host=$triplet CC=$cc"
        ( cd "$dir" && ./configure --build=$triplet --host=$triplet CC="$cc" >configure.out 2>&1 ) ||
            { tail -n 20 "$dir/configure.out" >&2; die "configure failed: $dir/config.log"; }
        say "hello: make"
        make -C "$dir" -j "$(nproc)" >"$dir/make.out" 2>&1 ||
            { tail -n 20 "$dir/make.out" >&2; die "make failed: $dir/make.out"; }
        echo "$key" >"$dir/.built"
    fi
    say "run: $dir/hello"
    "$dir/hello" || die "hello failed"
    "$dir/hello" --version | sed -n 1p
    "$dir/hello" --greeting='Hello from AArch64, as WebAssembly' || die "hello failed"
}

job_test() { ctest --test-dir "$build" --output-on-failure -j "$(nproc)" "$@"; }

job_bench() { cmake --build "$build" --target bench; }

job_env()
{
    use_prefix
    printf 'export AARCH64_WASM_PREFIX="%s"\nexport PATH="%s:$PATH"\n' "$prefix" "$build/bin"
    [ ! -d "$prefix/node/bin" ] || printf 'export PATH="%s:$PATH"\n' "$prefix/node/bin"
}

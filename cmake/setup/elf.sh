# SPDX-License-Identifier: MIT
#
# Makes unpacked programs run where they lie: they find their shared libraries
# relative to themselves (DT_RPATH with $ORIGIN, which the libraries they load
# inherit), and programs of a later suite start through that suite's own
# dynamic linker.

# The dynamically linked ELF files below $@, one a line.
elf_files()
{
    find "$@" -type f -size +1k \( -perm -u+x -o -name '*.so*' \) -print0 |
        xargs -0 -r grep -lsaE --max-count=1 '^.ELF' | sort
}

# relative_rpath FILE DIR: $ORIGIN/... from FILE's directory to DIR
relative_rpath() { echo "\$ORIGIN/$(realpath -m --relative-to="$(dirname "$1")" "$2")"; }

# use_libraries LIBDIR PATH...: programs and libraries below PATH look in LIBDIR.
use_libraries()
{
    local lib=$1 file old; shift
    while read -r file; do
        "$patchelf" --print-needed "$file" 2>/dev/null | grep -q . || continue
        # Leave alone what finds them already: some of these files are large.
        old=$("$patchelf" --print-rpath "$file")
        [ -z "$old" ] || [ "$(realpath -m "${old/\$ORIGIN/$(dirname "$file")}")" != "$lib" ] || continue
        "$patchelf" --force-rpath --set-rpath "$(relative_rpath "$file" "$lib")" "$file" ||
            die "cannot set the library path of $file"
    done < <(elf_files "$@")
}

# use_loader LIBDIR PATH...: programs start through LIBDIR's dynamic linker.
# The interpreter of an ELF is an absolute path: these programs, alone, do not
# follow when the prefix is moved.
use_loader()
{
    local lib=$1 file; shift
    while read -r file; do
        "$patchelf" --print-interpreter "$file" >/dev/null 2>&1 || continue
        "$patchelf" --set-interpreter "$lib/ld-linux-x86-64.so.2" "$file"
    done < <(elf_files "$@")
}

# need_nothing_else PATH...: every library these files load is there.
need_nothing_else()
{
    local file missing
    while read -r file; do
        missing=$(ldd "$file" 2>/dev/null | awk '/not found/ { print $1 }')
        [ -z "$missing" ] || die "$file lacks" $missing
    done < <(elf_files "$@")
}

# must_run COMMAND...: shows what fails and stops.
must_run()
{
    local out
    out=$("$@" 2>&1 </dev/null) || die "does not run here: $*" "$out"
}

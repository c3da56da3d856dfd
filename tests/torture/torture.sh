#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   torture.sh SUITE [NAME ...]
#
# The programs of gcc's testsuite in SUITE through batch.sh, with all that is in
# the table below; only the table's rows NAME if some are given.  What differs and
# the sums go to $DIR/report.  SUITE is gcc.c-torture/execute; or gcc.target/aarch64:
# those that are to be run, without SVE's and MTE's; or gcc.dg with c-c++-common
# beside it: those that are to be run and are one file.
#
# Rows that the compiler makes no difference between are the same machine code
# (most programs do not notice -march): each object is run once.  That it passed
# is kept in $DIR/passed.X for lifter and runtime X, so a campaign that was cut
# off goes on from there.

set -u
here=$(cd "$(dirname "$0")" && pwd)
suite=$1
shift
export DIR
export PASSED=$DIR/passed.$(find "$(dirname "$LIFT")/../libexec" -type f -exec sha256sum {} + | cut -d ' ' -f 1 | sort | sha256sum | cut -c 1-8)
mkdir -p "$PASSED"

. "$here/variants.sh"
# "stripped": no symbols are left
variants="$variants
stripped   gcc -O2 -fno-asynchronous-unwind-tables -fno-unwind-tables
lto        gcc -O2 -flto -flinker-output=nolto-rel
v81        gcc -O3 -march=armv8.1-a
v82        gcc -O3 -march=armv8.2-a+fp16
protect    gcc -O2 -mbranch-protection=standard"

for name; do
    echo "$variants" | grep -q "^$name " || { echo "torture.sh: no row $name; there are: $(echo "$variants" | cut -d ' ' -f 1 | tr '\n' ' ')" >&2; exit 2; }
done

# A line for each program: NAME SOURCES OPTIONS, with the options that it asks for.
options='s/.*{ dg-\(additional-\)\{0,1\}options {\{0,1\} *"\([^"]*\)" *}\{0,1\} *}.*/\2/p'
list_execute()
{
    for c in "$suite"/*.c "$suite"/ieee/*.c; do
        echo "$(basename "$c" .c) $c $(sed -n "$options" "$c" | tr '\n' ' ')"
    done
    for c in "$suite"/builtins/*-lib.c; do
        test=${c%-lib.c}
        echo "builtins/$(basename "$test") $test.c,$c,$suite/builtins/lib/main.c -fno-tree-dse -fno-tree-loop-distribute-patterns -fno-tracer -fno-ipa-ra -fno-inline-functions"
    done
}

# As the directories' .exp files have them.
list_target()
{
    for c in "$suite"/*.c "$suite"/acle/*.c "$suite"/fp16/*.c "$suite"/simd/*.c "$suite"/torture/*.c; do
        ! grep -q 'dg-do run' "$c" || echo "$c $c"
    done
    for c in "$suite"/advsimd-intrinsics/*.c; do
        grep -qE 'dg-do *(compile|assemble|link)' "$c" || echo "$c $c"
    done
    for c in "$suite"/aapcs64/test_*.c "$suite"/aapcs64/va_arg-*.c; do
        echo "$c $c,$suite/aapcs64/abitest.S"
    done
    for c in "$suite"/aapcs64/func-ret-*.c; do
        echo "$c $c,$suite/aapcs64/abitest.S -fno-ipa-ra"
    done
    for c in "$suite"/aapcs64/rec_*.c; do
        echo "$c $c -fno-inline"
    done
}

list_dg()
{
    for c in "$suite"/*.c "$suite"/torture/*.c "$suite"/torture/stackalign/*.c "$suite"/atomic/*.c "$suite"/tls/*.c \
             "$suite"/tree-ssa/*.c "$suite"/ipa/*.c "$suite"/graphite/*.c "$suite"/cpp/*.c "$suite"/special/*.c \
             "$suite"/../c-c++-common/*.c "$suite"/../c-c++-common/torture/*.c; do
        ! grep -q 'dg-do *run' "$c" || echo "$c $c"
    done
    # as vect.exp has them
    for c in "$suite"/vect/*.c; do
        grep -qE 'dg-do *(compile|assemble|link)' "$c" || echo "$c $c -O2 -ftree-vectorize -fno-vect-cost-model -fno-common"
    done
}

list()
{
    case $suite in
    */gcc.dg)
        list_dg | while read -r c rest; do
            grep -q 'dg-additional-sources' "$c" || echo "${c#"$suite"/} $rest $(sed -n "$options" "$c" | tr ' ' '\n' | grep -vE '^-(fdump|save-temps|l|g|Wl)' | tr '\n' ' ')"
        done ;;
    */aarch64)
        list_target | while read -r c rest; do
            grep -qE 'aarch64_sve|arm_sve|[+]sve|memtag' "$c" || echo "${c#"$suite"/} $rest $(sed -n "$options" "$c" | tr '\n' ' ')"
        done ;;
    *) list_execute ;;
    esac
}

rm -f "$DIR"/list.*
list | split -l "${BATCH:-100}" - "$DIR/list."
# a shell command for each batch
echo "$variants" | while read -r name compiler flags; do
    case " $* " in
    *" $name "* | "  ") ;;
    *) continue ;;
    esac
    [ "$name" ] || continue
    for list in "$DIR"/list.*; do
        echo "STRIPPED=$([ "$name" != stripped ] || echo yes) sh '$here/batch.sh' $name.${list##*.} $compiler '$flags' <'$list'"
    done
done | xargs -P "${JOBS:-2}" -d '\n' -n 1 nice sh -c | tee "$DIR/report"

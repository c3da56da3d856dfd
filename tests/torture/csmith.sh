#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   csmith.sh FIRST COUNT
#
# COUNT random programs from seed FIRST on, through batch.sh, the variants in
# turn.  A program is CSMITH with its seed: what differs can be made again.
# From the environment, beside batch.sh's: CSMITH, CSMITH_INCLUDE.

set -u
here=$(cd "$(dirname "$0")" && pwd)
first=$1 count=$2 each=${BATCH:-50}
export DIR ARGS=1
mkdir -p "$DIR"

. "$here/variants.sh"
number=$(echo "$variants" | wc -l)

seed=$first
while [ "$seed" -lt $((first + count)) ]; do
    list=$DIR/list.$seed
    i=0
    while [ "$i" -lt "$each" ]; do
        c=$DIR/seed$((seed + i)).c
        # every other one with floating point
        more=
        [ $((i % 2)) = 0 ] || more='--float'
        "$CSMITH" --seed $((seed + i)) $more --output "$c" >/dev/null && echo "seed$((seed + i)) $c -std=gnu11 -I$CSMITH_INCLUDE"
        i=$((i + 1))
    done >"$list"
    echo "$variants" | sed -n "$((seed / each % number + 1))p" | while read -r name compiler flags; do
        echo "sh '$here/batch.sh' seeds$seed.$name $compiler '$flags' <'$list'"
    done
    seed=$((seed + each))
done | xargs -P "${JOBS:-2}" -d '\n' -n 1 nice sh -c | tee "$DIR/report"

#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   run.sh [PROGRAM ...]
#
# For each program (default: all): lifts it, runs every line of its cases as a
# shell command in a fresh copy of the data, with $P once qemu and the program,
# once what was lifted, and compares output, errors (but for the program's path),
# status and the files left.  Two more runs count how many instructions it executes
# and how many of them are interpreted: one in a hundred is too many.  Ends in a
# table, also in $DIR/statics.md; $DIR/PROGRAM.sites says from where they were
# interpreted.
#
# From the environment: STATICS (the programs), QEMU, LIFT (aarch64-wasm-lift),
# DIR; LIFT_OPTIONS, e.g. -mlift=never.

set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- $(ls "$STATICS")
mkdir -p "$DIR" && cd "$DIR" || exit 1
rm -rf data && mkdir data && sh "$here/data.sh" data || exit 1

# cases PROGRAM: those of its name, or of its name without a suffix
cases()
{
    case $1 in
    mksh-* | lksh) echo "$here/mksh.cases" ;;
    *) echo "$here/$1.cases" ;;
    esac
}

# run NAME PATH P CASE: leaves NAME.out, NAME.err, NAME.status, NAME.files
run()
{
    rm -rf work && cp -a data work || exit 1
    ( cd work && env -i PATH=/usr/bin:/bin HOME=/nowhere TZ=UTC0 LC_ALL=C TERM=dumb P="$3" ${STATS:+AARCH64_WASM_STATS=$STATS} \
        timeout 120 sh -c "$4" </dev/null >"../$1.out" 2>"../$1.err" )
    echo $? >"$1.status"
    sed -i "s,$2,PROGRAM,g" "$1.out" "$1.err"
    ( cd work && find . | LC_ALL=C sort && find . -type f ! -perm -o=r -o -type f -print | LC_ALL=C sort | xargs cksum ) >"$1.files" 2>&1
}

# count MODE PATTERN CASE: instructions that lines with the pattern tell of
count()
{
    STATS=$1 run count "$DIR/$program" "$DIR/$program" "$3"
    awk -v pattern="$2" '/^aarch64-wasm: / && $0 ~ pattern { n += $2 } END { printf "%.0f\n", n }' count.out count.err
}

# seconds LOG: user time of `time -p`
seconds() { awk '$1 == "user" { print $2 }' "$1"; }

failed=0
{
    echo '| program | bytes of code | lifted | user time of the lift, s | cases equal | different | instructions executed | lifted, % |'
    echo '|---|---:|---:|---:|---:|---:|---:|---:|'
} >statics.md
for program; do
    elf=$STATICS/$program
    if [ ! -f "$program" ] || [ "$LIFT" -nt "$program" ] || [ "$(dirname "$LIFT")/../libexec/aarch64-wasm-cc/lift" -nt "$program" ]; then
        echo "lifting $program"
        { time -p $LIFT ${LIFT_OPTIONS:-} "$elf" -o "$program"; } 2>"$program.time" || { cat "$program.time"; exit 1; }
    fi
    equal=0 different=0 executed=0 interpreted=0
    : >"$program.sites"
    while read -r case; do
        case $case in ''|'#'*) continue ;; esac
        run qemu "$elf" "$QEMU -cpu neoverse-n1 $elf" "$case"
        run ours "$DIR/$program" "$DIR/$program" "$case"
        same=yes
        for part in out err status files; do
            cmp -s qemu.$part ours.$part && continue
            [ $same = no ] || echo "$program: $case"
            same=no
            diff qemu.$part ours.$part | sed "s/^/    $part /" | head -n 6
        done
        if [ $same = yes ]; then equal=$((equal + 1)); else different=$((different + 1)) failed=1; fi
        all=$(count all ' in all' "$case") some=$(count 1 ' interpreted in ' "$case")
        awk '/^aarch64-wasm: .* from / { print $2, $4 }' count.out count.err >>"$program.sites"
        [ $((some * 100)) -le "$all" ] || echo "$program: of $all instructions $some are interpreted: $case"
        executed=$((executed + all)) interpreted=$((interpreted + some))
    done <"$(cases "$program")"
    [ $((interpreted * 100)) -le $executed ] || failed=1
    $LIFT --report "$elf" >report 2>/dev/null
    echo "| $program | $(sed -n 's/^code, bytes *//p' report) | $(sed -n 's/^lifted, bytes.*(\(.*\))/\1/p' report) | $(seconds "$program.time") | $equal | $different | $executed | $(awk "BEGIN { printf \"%.4f\", $executed ? 100 - 100 * $interpreted / $executed : 0 }") |" >>statics.md
done
rm -rf work
cat statics.md
exit $failed

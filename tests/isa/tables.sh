#!/bin/sh
# SPDX-License-Identifier: MIT
#
# tables.sh A64GEN DIR: the generator must name what is wrong with a row, by
# file and line, and take what is right.
set -u
gen=$(realpath "$1") dir=$2 failed=0
mkdir -p "$dir" && cd "$dir" || exit 1

# check TEXT ROW...: one of the messages about a table of these rows holds TEXT; "" means none at all
check()
{
    want=$1
    shift
    printf '%s\n' "$@" >t.tab
    said=$("$gen" . t.tab 2>&1)
    status=$?
    if [ -z "$want" ] && [ $status = 0 ] && [ -z "$said" ]; then return; fi
    case $said in
    *"$want"*) [ -n "$want" ] && [ $status != 0 ] && return ;;
    esac
    echo "wanted \`$want\`, status $status, got: $said"
    failed=1
}

rest='- | base | f()'
zeros=00000000000000000000000000
check '' "a | 000000 $zeros | | - | $rest" "b | 000001 $zeros | | - | $rest"
# the same words twice; all of them, also through a more general row before
check 't.tab:2: error: b: never reached: `a` (line 1' "a | 000000 $zeros | | - | $rest" "b | 000000 $zeros | | - | $rest"
check 't.tab:2: error: b: never reached: `a` (line 1' "a | xxxxxx $zeros | | - | $rest" "b | 000001 $zeros | | - | $rest"
check 't.tab:3: error: c: never reached' "a | 000000 $zeros | | - | $rest" "b | 000001 $zeros | | - | $rest" "c | 00000 k $zeros | | - | $rest"
# the more specific one first is right; with a constraint on the general one, too
check '' "a | 000001 $zeros | | - | $rest" "b | k:6 $zeros | | - | $rest"
check '' "a | 000001 $zeros | | - | $rest" "b | k:6 $zeros | k < 8 | - | $rest"
# neither is more specific: bits, constraints
check 't.tab:2: error: b: overlaps `a` (line 1' "a | xxxx01 $zeros | | - | $rest" "b | 01xxxx $zeros | | - | $rest"
check 't.tab:2: error: b: overlaps `a` (line 1' "a | k:6 $zeros | k < 9 | - | $rest" "b | k:6 $zeros | k > 7 | - | $rest"
check '' "a | k:6 $zeros | k < 8 | - | $rest" "b | k:6 $zeros | k > 7 | - | $rest"
check 'its constraint never holds' "a | k:6 $zeros | k > 63 | - | $rest"
# patterns and fields
check 'pattern is not 32 bits wide' "a | 0 $zeros | | - | $rest"
check 'stands twice' "a | k:3 k:3 $zeros | | - | $rest"
check 'error' "a | 000000 $zeros | | k | $rest"
check 'error' "a | 000000 $zeros | k == | - | $rest"
check 'error' "a | 000000 $zeros | | - | sideways | base | f()"
exit $failed

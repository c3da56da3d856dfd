#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   test.sh PACKAGE ...
#
# For each package: fetches its upstream source, has the plain guest compiler
# and qemu say what its checks answer (once; kept), builds and checks it with
# the compiler under test, and compares.  With more than one package it ends in
# a scoreboard, which is also left in $WORK/packages.md.
#
# From the environment: CC under test, QEMU_CC_GUEST and QEMU_CC_STUB for the
# oracle, SOURCES and WORK directories, SETUP (cmake/setup.sh).

set -u
here=$(cd "$(dirname "$0")" && pwd)
export QEMU_CC_GUEST QEMU_CC_STUB
mkdir -p "$SOURCES" "$WORK"

fetch()
{
    (
        flock 9
        [ -f "$SOURCES/$1.unpacked" ] && exit 0
        sh "$SETUP" source "$1" "$SOURCES/$1" && touch "$SOURCES/$1.unpacked"
    ) 9>"$SOURCES/lock"
}

failed=
board=$WORK/board.$$
trap 'rm -f "$board"' EXIT
for package in "$@"; do
    fetch "$package" || exit 1
    oracle=$WORK/$package.qemu
    ours=$WORK/$package.wasm
    [ -f "$oracle/results" ] || sh "$here/run.sh" "$package" "$SOURCES/$package" "$oracle" "$here/qemu-cc.sh" || exit 1
    sh "$here/run.sh" "$package" "$SOURCES/$package" "$ours" "$CC"
    sh "$here/compare.sh" "$package" "$oracle" "$ours" >>"$board" || failed="$failed $package"
done

{
    echo '| package | pass under qemu | of these pass | needs fork: pass | seconds under qemu | seconds |'
    echo '|---|---:|---:|---:|---:|---:|'
    cat "$board"
} >"$WORK/packages.$$.md"
cat "$WORK/packages.$$.md"
if [ $# -gt 1 ]; then
    mv "$WORK/packages.$$.md" "$WORK/packages.md"
else
    rm "$WORK/packages.$$.md"
fi
[ -z "$failed" ] || { echo "not as under qemu:$failed (logs in $WORK)"; exit 1; }

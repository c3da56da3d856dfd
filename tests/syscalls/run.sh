#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh EXPECTED-PROGRAM ORACLE PROGRAM RUNNER ...
#
# Runs "ORACLE EXPECTED-PROGRAM" and "RUNNER PROGRAM", each in an empty
# directory of its own, and compares what they print, how they end, and the
# files they leave.  ORACLE is a command (qemu-aarch64) or "" (this machine's
# Linux, EXPECTED-PROGRAM compiled for it).  cases/NAME.sh beside this script
# does the run if there is one, with $RUN set to what runs the program and $1 to
# the program: for arguments, pipes, redirections.
set -u
# Descriptors of whoever runs the tests would be the programs', too.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
here=$(cd "$(dirname "$0")" && pwd)
expected=$1 oracle=$2 program=$3
shift 3
name=$(basename "$program" .elf)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# run WHICH PROGRAM RUNNER: the whole run in a fresh directory.
run() {
    mkdir "$work/$1" "$work/$1/files" "$work/$1/bin"
    cp "$2" "$work/$1/bin/program"
    cd "$work/$1/files" || exit 2
    RUN=$3
    export RUN
    if [ -f "$here/cases/$name.sh" ]; then
        sh "$here/cases/$name.sh" ../bin/program >../out 2>../err
    else
        $RUN ../bin/program >../out 2>../err </dev/null
    fi
    echo "status $?" >>../out
    find . -type f | sort | while read -r file; do cksum "$file"; done >>../out
    cd "$work" || exit 2
}

run expected "$expected" "$oracle"
run got "$program" "$*"
if diff -u "$work/expected/out" "$work/got/out"; then
    exit 0
fi
echo "--- standard error of $*:"
cat "$work/got/err"
exit 1

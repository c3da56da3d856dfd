#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   compare.sh PACKAGE ORACLE OURS
#
# Compares the results that run.sh left in two directories and prints one row
# of the scoreboard, then a line for each test that is worse than under qemu.
# Exit status 1 if there is any.

here=$(cd "$(dirname "$0")" && pwd)

awk -v package="$1" '
    function trim(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
    FILENAME == ARGV[1] && !/^#/ { n = split($0, column, "|"); if (trim(column[1]) == package) forks[trim(column[2])] = 1; next }
    FILENAME == ARGV[1] { next }
    FILENAME == ARGV[2] { $1 == "SECONDS" ? oracle_time = $2 : oracle[key()] = value(); next }
    { $1 == "SECONDS" ? our_time = $2 : ours[key()] = value() }
    function key() { return $1 == "OUTPUT" ? "output:" $2 : $2 }
    function value() { return $1 == "OUTPUT" ? $3 " " $4 : $1 }
    function good(v) { return v != "" && v !~ /^(FAIL|ERROR|XPASS|SKIP)$/ }
    END {
        for (test in oracle) {
            if (!good(oracle[test])) continue
            if (test in forks) { later++; forks_pass += ours[test] == oracle[test]; continue }
            pass++
            if (ours[test] == oracle[test]) same++
            else worse[test] = ours[test] == "" ? "no result" : ours[test]
        }
        printf "| %s | %d | %d | %d/%d | %s | %s |\n", package, pass, same, forks_pass, later, oracle_time, our_time
        for (test in worse) printf "  worse: %s: %s, under qemu %s\n", test, worse[test], oracle[test]
        exit same != pass || !pass
    }' "$here/fork.tab" "$2/results" "$3/results"

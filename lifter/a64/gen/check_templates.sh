#!/bin/sh
# SPDX-License-Identifier: MIT
#
# check_templates.sh LLVM-DIS HOLES.H TEMPLATES.BC
#
# A template may hold calls of holes, pure intrinsics, arithmetic and forward
# branches (into at most 64 blocks); no memory, no global, no other function.  Names every instruction
# that is not so, with its template, and exits 1.
set -eu

"$1" "$3" -o - | awk -v holes_file="$2" '
BEGIN {
	while ((getline line < holes_file) > 0)
		if (match(line, /HOLE\([a-z0-9]+, [a-z_0-9]+/)) {
			name = substr(line, RSTART, RLENGTH)
			sub(/.*, /, "", name)
			hole[name] = 1
		}
}
function bad(why) {
	printf "%s: %s: %s\n", template, why, $0 > "/dev/stderr"
	failed = 1
}
/^define/ {
	match($0, /@[a-zA-Z0-9_.]+/)
	template = substr($0, RSTART + 1, RLENGTH - 1)
	if (template !~ /^t_[0-9]+$/)
		bad("not a template")
	split("", seen)
	blocks = 1
	next
}
/^@/ { template = "module"; bad("global data") }
/^[0-9a-zA-Z._]+:/ {
	label = $1
	sub(/:.*/, "", label)
	seen[label] = 1
	if (++blocks == 65)
		bad("too many blocks")
}
/^ .* = (load|alloca|atomicrmw|cmpxchg|inttoptr|getelementptr) / || /^  store / || /^  fence / { bad("memory") }
/^  (br|switch) / || /^    i[0-9]+ [0-9-]+, label / {
	n = split($0, word, /label %/)
	for (i = 2; i <= n; i++) {
		target = word[i]
		sub(/[^0-9a-zA-Z._].*/, "", target)
		if (target in seen)
			bad("loop")
	}
}
/ call / && !/ asm / {
	match($0, /@[a-zA-Z0-9_.]+/)
	callee = substr($0, RSTART + 1, RLENGTH - 1)
	if (callee !~ /^llvm\./ && !(callee in hole))
		bad("calls what is no hole")
	if (callee ~ /^llvm\.(mem|stack|va_|lifetime)/)
		bad("memory")
}
/ call .* asm / { bad("inline assembly") }
END { exit failed }
'

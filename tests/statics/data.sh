#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   data.sh DIR: the files that the cases work on, the same each time.
set -eu
cd "$1"

awk 'BEGIN { x = 5; for (i = 0; i < 400; i++) {
    x = (x * 16807) % 2147483647; n = x % 500; x = (x * 16807) % 2147483647; s = substr("abcdefxyz", x % 8 + 1, x % 5 + 1)
    printf "word%d %s %d\n", n, s, x % 5000 - 50 } }' >words
LC_ALL=C awk 'BEGIN { x = 7; for (i = 0; i < 20000; i++) { x = (x * 16807) % 2147483647; printf "%c", x % 255 + 1 } }' >bin
printf 'The quick brown fox\njumps over the lazy dog.\n  indented line\n\ntabs\there\tand there\ndup\ndup\ndup\nUPPER lower Mixed\nend without newline' >text
sed 's/jumps/leaps/; 7d; $i new line' text >text2
printf 'id,name,val\n1,one,1.5\n2,two,2.25\n3,three,-7\n10,ten,1e3\n' >csv
cat >prog.awk <<'X'
BEGIN { FS = ","; OFS = "|" }
NR > 1 { s += $3; n[$2] = $1 }
END {
	print NR, s; for (k in n) c++; print c
	printf "%.3f %d %s %c %x %e %g\n", 3.14159, 42.9, "str", 65, 255, 12345.678, 0.0001
	print length("hello"), substr("hello", 2, 3), index("hello", "l"), toupper("abc")
	x = "a:b:c"; m = split(x, p, ":"); gsub(/b/, "[&]", x); print m, p[3], x, match("foobar", /o+/), RSTART, RLENGTH
	print sin(1), cos(1), exp(1), log(10), sqrt(2), int(-3.7), atan2(1, 2), 2 ** 10, 7 % 3
}
X
mkdir -p dir/sub empty
echo alpha >dir/a.txt
echo 'int main(){}' >dir/b.c
ln -s a.txt dir/link
gzip -nk words
bzip2 -k words
xz -k words
diff -u text text2 >p.diff || :
cksum words >sums
tar --sort=name --owner=0 --group=0 --mtime=@0 -cf t.tar dir
# an ed25519 key, and its signature of text
base64 -d >keys.gpg <<'X'
mDMEawFJFhYJKwYBBAHaRw8BAQdAmTQyXlOKQ5j3bqaBe+epVmFxkMV8+oQmh2QODRlkrWa0CEVkIDxlQHg+iJAEExYIADgWIQQ8
hLt0CN9hoVOSWXlO8dNjwGJF/AUCawFJFgIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRBO8dNjwGJF/GThAQD43s+VHhF6
RlCPa8OQ+tJguuQeoXjnplzlz07vtY6iZQEAvFyGRqO7B1w+mu9ZsgNFtvf6krYkoro9ZMtSk900/AA=
X
base64 -d >text.sig <<'X'
iHoEABYKACIWIQQ8hLt0CN9hoVOSWXlO8dNjwGJF/AUCawFQagQcZUB4AAoJEE7x02PAYkX8rHAA/iRkYOore8fpS6OVxRC7qdd2
WWHcKe7yycPgMbk7pSsPAQCBkB/ubNyAb0b4ikSo742Qxvou6Nrrw85xM/TxDH/sBA==
X
if command -v /usr/sbin/mke2fs >/dev/null; then
    dd if=/dev/zero of=disk bs=1024 count=1024 2>/dev/null
    /usr/sbin/mke2fs -q -F -t ext2 -U 12345678-1234-1234-1234-123456789abc -E hash_seed=12345678-1234-1234-1234-123456789abc disk
    cp disk broken
    dd if=bin of=broken bs=1 seek=2100 count=3000 conv=notrunc 2>/dev/null
fi
find . -exec touch -h -d @1000000000 {} +

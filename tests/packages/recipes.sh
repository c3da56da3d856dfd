# SPDX-License-Identifier: MIT
#
# How each package is built and checked, as its own README says, and how its
# report reads.  For package NAME (dots as underscores):
#
#   build_NAME   configure and make; by default ./configure && make
#   check_NAME   run its checks, all output to the log; by default make check
#   read_NAME    log on stdin to lines "PASS test", "FAIL test", "SKIP test"
#   extra_NAME   more of ours: writes files below ../extra, whose contents must
#                be what they are under qemu
#
# $cc is the compiler, $build_host the two triplets, $jobs for make -j.

build_default() { ./configure $build_host CC="$cc" && make -j"$jobs"; }
check_default() { make check; }

# The serial and the parallel test harness of Automake.
read_default() { sed -nE 's/^(PASS|FAIL|XFAIL|XPASS|SKIP|ERROR): ([^ ]+)( - .*)?$/\1 \2/p'; }

# One result for all.
read_whole() { if [ "$status" = 0 ]; then echo "PASS check"; else echo "FAIL check"; fi; }

# zlib's configure is not made by Autoconf: it takes CC from the environment
# and no triplets.  --static: a static guest cannot link the shared library
# that it would build besides.
build_zlib() { CC="$cc" ./configure --static && make -j"$jobs"; }
read_zlib() { sed -nE 's/^.*\*\*\* zlib (.*)test (OK|FAILED) \*\*\*$/\2 \1test/p' | sed 's/^OK/PASS/; s/^FAILED/FAIL/; s/ \(.*\) test/ \1-test/'; }
extra_zlib()
{
    ./minigzip <zlib.3.pdf >../extra/pdf.gz && ./minigzip -d <../extra/pdf.gz | cmp - zlib.3.pdf >../extra/pdf.cmp
    ./minigzip -9 <zlib.h >../extra/header.gz
    ./example ../extra/example.gz >../extra/example.txt
}

# bzip2 has a Makefile alone, where the target is called test.
build_bzip2() { make -j"$jobs" CC="$cc"; }
check_bzip2() { make CC="$cc" test; }
read_bzip2() { read_whole; }
extra_bzip2()
{
    ./bzip2 -9k <manual.ps >../extra/manual.bz2 && ./bzip2 -t ../extra/manual.bz2
    ./bzip2 -dc ../extra/manual.bz2 | cmp - manual.ps >../extra/cmp.txt
    head -c 20000 ../extra/manual.bz2 >../extra/cut.bz2
    ./bzip2 -t ../extra/cut.bz2 2>../extra/cut.txt
    echo "status $?" >>../extra/cut.txt
}

# ed's check.sh names the scripts that fail, and is silent about the others.
read_ed()
{
    cat >read_ed.log
    for script in testsuite/*.ed testsuite/*.err; do
        name=${script##*/}
        if grep -q '^testing ed-' read_ed.log && ! grep -Eq "[/ ]$name( |\$)|Output ${name%.err}\.ro of" read_ed.log; then
            echo "PASS $name"
        else
            echo "FAIL $name"
        fi
    done
}

# Lua's Makefile takes "guess" for its platform; its tests are not part of
# the source package, so a program of ours goes through its libraries.
build_lua5_4() { make -j"$jobs" CC="$cc"; }
check_lua5_4() { make CC="$cc" test; }
read_lua5_4() { read_whole; }
extra_lua5_4()
{
    for script in "$here"/lua/*.lua; do
        (cd ../extra && TMPDIR=. ../src/src/lua "$script" >"$(basename "$script" .lua).txt" 2>&1
         echo "status $?" >>"$(basename "$script" .lua).txt")
    done
    ./src/luac -o ../extra/sieve.luac "$here"/lua/sieve.lua && ./src/lua ../extra/sieve.luac >../extra/luac.txt
}

read_mawk()
{
    awk '/^\?\? fail/ { sub(/^\?\? fail /, ""); gsub(/ /, "-"); print "FAIL " group ":" $0 }
         /^testing / { group = $0; sub(/^testing /, "", group); gsub(/ /, "-", group) }
         / OK$/ { print "PASS " group }
         / had .*failure/ { print "FAIL " group }
         /^results consistent/ { print "PASS floating-point-exceptions" }
         /^results are not consistent/ { print "FAIL floating-point-exceptions" }'
}

# A check whose make never fails; the program's own --check reads every unit.
check_units() { make check && ./units -f definitions.units --check; }
read_units()
{
    awk '/^Units seems to work/ { print "PASS check"; seen = 1 }
         END { if (!seen) print "FAIL check" }'
    if [ "$status" = 0 ]; then echo "PASS all-units"; else echo "FAIL all-units"; fi
}
extra_units()
{
    ./units -f definitions.units --terse <<-'TXT' >../extra/conversions.txt 2>&1
	100 feet
	m
	tempF(98.6)
	tempC
	6 ft + 2 in
	cm
	parsec
	lightyear
	sin(30 degrees)
	1
	2 hours + 3 minutes
	nosuchunit
	TXT
    ./units -f definitions.units '1 atm' 'mmHg' >>../extra/conversions.txt
}
extra_mawk()
{
    ./mawk 'BEGIN { for (i = 0; i < 2000; i++) { s = s sprintf("%d,%x,%g;", i * i, i, i / 7) }
        n = split(s, parts, ";"); print n, length(s), substr(s, 5000, 60)
        print toupper("abc"), index("hello", "l"), match("foobar", /o+b/), RSTART, RLENGTH
        gsub(/1[0-9]/, "<&>", s); print length(s); print log(10), exp(1), sin(1), atan2(1, 2), int(-3.7) }' \
        >../extra/program.txt
    ./mawk -F: '{ n[$7]++ } END { for (k in n) c++; print c > "/dev/stderr"; print NR }' /etc/passwd >../extra/fields.txt 2>&1
}
extra_sed()
{
    ./sed/sed -n '1!G;h;$p' COPYING | cksum >../extra/tac.txt
    ./sed/sed -E 's/([a-z]+) ([a-z]+)/\2 \1/g; y/abc/xyz/; /^$/d' COPYING >../extra/swap.txt
    cp COPYING ../extra/in-place.txt && ./sed/sed -i.bak -e 5,10d ../extra/in-place.txt
}

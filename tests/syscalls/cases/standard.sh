# SPDX-License-Identifier: MIT
printf '0123456789abcdef\nsecond line\n' >in
$RUN "$1" f l r4 c0 s2 r3 e-3 r10 a <in
{ $RUN "$1" r4; $RUN "$1" r4 c0 o; } <in
printf 'piped text' | { sleep 0.2; $RUN "$1" f p a r5 p r100 p r5 s0 c0; }
{ sleep 0.3; echo late; } | $RUN "$1" p r5
{ sleep 1; echo soon; } | $RUN "$1" p r50 p
$RUN "$1" p r5 f </dev/null
{ echo before; $RUN "$1" o o; echo after; } >out <in
cat out
$RUN "$1" o >>out <in
cat out
$RUN "$1" w l <in
$RUN "$1" f >&- <in
echo "status $?"

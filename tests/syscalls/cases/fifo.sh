# SPDX-License-Identifier: MIT
$RUN "$1" <&-
sleep 0.1 | $RUN "$1"
{ echo text; } | { sleep 0.2; $RUN "$1"; }

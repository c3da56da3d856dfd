# SPDX-License-Identifier: MIT
# script(1) gives a terminal; the line is typed when the program is ready for it.
{ sleep 2; echo 'a typed line'; sleep 1; } | script -qec "stty rows 33 cols 99; $RUN $1" /dev/null | tr -d '\r'

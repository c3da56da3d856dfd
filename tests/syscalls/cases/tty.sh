# SPDX-License-Identifier: MIT
# script(1) gives a terminal; the line is typed when the program says it is ready for it.
type_line() {
    tries=0
    until grep -q ready out || [ $((tries += 1)) -gt 600 ]; do
        sleep 0.1
    done
    echo 'a typed line'
    sleep 1
}
: >out
type_line | script -qec "stty rows 33 cols 99; $RUN $1" /dev/null >out
tr -d '\r' <out

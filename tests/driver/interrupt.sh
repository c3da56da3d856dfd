# SPDX-License-Identifier: MIT
#
# A link that is interrupted, at whatever step, leaves nothing, and what was
# there before stays.
. "$(dirname "$0")/lib.sh"

fake_tree </dev/null
hello >a.c
# The lifter waits here, in the middle of its own temporary files.
echo 'for d in "$TMPDIR"/aw*; do echo half >"$d/program.wasm.$$.o"; done; touch started; exec sleep 30' >hook
LIFT_HOOK=$PWD/hook
export LIFT_HOOK

wait_for() {
    tries=0
    while [ ! -e "$1" ] && [ $tries -lt 300 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
}

for signal in TERM INT HUP QUIT; do
    rm -f started
    echo old >prog
    # A shell makes background commands ignore INT and QUIT: start it from elsewhere.
    node -e '
        const child = require("child_process").spawn("aarch64-wasm-cc", ["a.c", "-o", "prog"], { stdio: "inherit" });
        fs.writeFileSync("pid", String(child.pid));
        child.on("exit", (status, signal) => fs.writeFileSync("end", String(signal ?? status)));' &
    wait_for started
    kill -$signal "$(cat pid)"
    wait
    same "SIG$signal ends it" SIG$signal "$(cat end)"
    same "SIG$signal: the old program stays" old "$(cat prog)"
    leaves_nothing "SIG$signal"
done

# The same while the real compiler runs.
mkdir cross
printf '#!/bin/sh\ntouch started\nexec sleep 30\n' >cross/slow-gcc
chmod +x cross/slow-gcc
rm -f started prog
PATH=$PWD/cross:$PATH AARCH64_WASM_CROSS=slow- aarch64-wasm-cc a.c -o prog &
pid=$!
wait_for started
kill -TERM $pid
wait $pid
same "SIGTERM while compiling" 143 $?
check "no program" [ ! -e prog ]
leaves_nothing "SIGTERM while compiling"

# Ignored signals stay ignored.
echo 'kill -HUP $PPID; touch started' >hook
(trap '' HUP; exec aarch64-wasm-cc a.c -o prog)
check "nohup: the link goes on" [ -x prog ]
leaves_nothing "nohup"
finish

# SPDX-License-Identifier: MIT
#
# Lua: setjmp, its own memory, and a library that uses much of libc.
. "$(dirname "$0")/lib.sh"

upstream lua5.4
sources=$(ls lua5.4/src/*.c | grep -v luac.c)
# shellcheck disable=SC2086
cc -O2 -DLUA_USE_POSIX $sources -lm -o lua.wasm
cat >root/test.lua <<'EOF'
assert(arg[1] == "argument")
local failures = 0
for i = 1, 20000 do
    local ok, e = pcall(function() if i % 2 == 0 then error({ i }) end return i end)
    if not ok then failures = failures + e[1] end
end
print("caught", failures)
local co = coroutine.wrap(function() for i = 1, 10000 do coroutine.yield(i) end return "end" end)
local sum, v = 0, co()
while v ~= "end" do sum = sum + v; v = co() end
print("yielded", sum)
local f = assert(io.open("out.txt", "w"))
for i = 1, 1000 do f:write(("%5d %s\n"):format(i, ("x"):rep(i % 7))) end
f:close()
local lines, size = 0, 0
for line in io.lines("out.txt") do lines = lines + 1; size = size + #line end
print("lines", lines, size)
print("removed", os.remove("out.txt"), os.remove("out.txt"))
local t = {}
for i = 1, 100000 do t[i] = (i * 7919) % 100003 end
table.sort(t)
print("sorted", t[1], t[50000], t[100000], math.sin(1), 2^53, 7 // 2, -7 % 3)
print("matched", ("key = value"):match("(%w+) = (%w+)"), #string.rep("ab", 100000, ","))
print("no processes", pcall(io.popen, "true"))
os.exit(5)
EOF
wasi lua.wasm test.lua argument >got
same "exit status" 5 $?
same "output" "caught	100010000
yielded	50005000
lines	1000	9003
removed	true	nil	out.txt: No such file or directory	2
sorted	1	50000	100002	0.8414709848079	9.007199254741e+15	3	2
matched	key	299999" "$(grep -v 'no processes' got)"
finish

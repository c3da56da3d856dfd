-- SPDX-License-Identifier: MIT
-- Goes through Lua's libraries; what it prints must not depend on who compiled
-- the interpreter, so nothing here shows addresses, time or the machine.
local function section(name) print("== " .. name) end

section "errors"
print(pcall(error, { code = 7 }) == false)
print(pcall(function() local x = nil; return x.field end))
print(select("#", pcall(error)))
print(xpcall(function() error("deep", 2) end, function(m) return "handled: " .. tostring(m) end))
local function nest(n)
    if n == 0 then error("bottom") end
    local ok, err = pcall(nest, n - 1)
    error(err, 0)
end
print(pcall(nest, 150))
print(pcall(string.rep, "x", -1))
print(pcall(string.rep))
local function overflow() return overflow() + 1 end
local ok, message = pcall(overflow)
print(ok, message:match("stack overflow"))
print(select(2, pcall(string.gsub, "x", "(", "")))
print(load("return 1 +"))
do
    local closed = {}
    local ok, err = pcall(function()
        local a <close> = setmetatable({}, { __close = function(_, e) closed[#closed + 1] = "a:" .. tostring(e) end })
        local b <close> = setmetatable({}, { __close = function(_, e) closed[#closed + 1] = "b:" .. tostring(e) end })
        error("out", 0)
    end)
    print(ok, err, table.concat(closed, " "))
end

section "string"
print(("hello world"):find("o w"), ("hello"):byte(1, -1))
print(("The quick brown fox"):gsub("%w+", string.upper))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"))
print(string.format("%5d|%-5d|%05d|%x|%X|%o|%c|%q|%s|%%", 42, 42, 42, 255, 255, 8, 65, "a\nb", "s"))
print(string.format("%.3f %e %g %a %10.4f %+d % d", 3.14159265, 12345.678, 1e20, 1.0, 2 / 3, 5, 5))
print(string.format("%.14g %.17g %.0f %g %g %g", 0.1, 0.1, 0.5, 1 / 0, -1 / 0, 100000000000000))
print(("abc"):rep(3, "-"), ("abc"):reverse(), ("%d"):len(), ("x"):upper())
for k, v in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end print()
print(string.pack("<i4>i2z", 100, 200, "zero"):byte(1, -1))
print(string.unpack("<i4>i2z", string.pack("<i4>i2z", 100, 200, "zero")))
print(("%bxy"):gsub("%%b", "<%0>"), ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"))
print(utf8.char(228, 8364, 128512), utf8.len("äö€"), utf8.codepoint("€", 1))
for p, c in utf8.codes("aé") do io.write(p, ":", c, " ") end print()

section "table"
local t = { 5, 3, 8, 1, 9, 2 }
table.sort(t); print(table.concat(t, ","))
table.sort(t, function(a, b) return a > b end); print(table.concat(t, ","))
table.insert(t, 1, 100); table.insert(t, 7); print(table.remove(t), table.remove(t, 1), #t)
print(table.unpack({ 1, 2, 3 }, 2), table.pack(1, nil, 3).n, select(-1, 1, 2, 3))
print(table.concat(table.move({ 1, 2, 3 }, 1, 3, 3, { 9, 9 }), " "))
local big = {}
for i = 1, 5000 do big[i] = (i * 7919) % 5003 end
table.sort(big)
local sum = 0
for i, v in ipairs(big) do sum = (sum * 31 + v * i) % 1000000007 end
print(sum, #big, next({}), rawlen({ 1, 2 }), rawequal(t, t))
print(pcall(table.sort, { 3, 1, 2, 5, 4 }, function() error("compare") end))

section "math"
print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger, 7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2)
print(1e15, 2 ^ 53, 10 / 2, 3 | 4, 7 & 2, 5 ~ 3, ~0, 1 << 62, 1 >> 1, "10" + 5, 0x7fffffffffffffff)
print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.tointeger(3.0), math.type(1), math.type(1.0), math.ult(1, -1))
print(string.format("%.10f %.10f %.10f %.10f", math.sin(1), math.cos(1), math.exp(1), math.log(10)), math.sqrt(2), math.pi)
print(math.abs(-5), math.max(1, 5, 3), math.min(1.5, 0.5), math.huge, -math.huge, tostring(0 / 0):gsub("-", ""))
print(tonumber("0x1p4"), tonumber("1e1"), tonumber("  12  "), tonumber("z", 36), tonumber("8", 8), tonumber("1e"), 0x.8p1)
math.randomseed(42); local r = math.random(100); math.randomseed(42); print(r == math.random(100), math.random(3, 3))

section "io"
local name = "libraries.tmp"
local f <close> = assert(io.open(name, "w+"))
print(f:write("line one\n", 2, " ", 3.5, "\nlast without newline") == f, io.type(f))
f:seek("set"); print(f:read("l", "n", "n", "L", "a"))
print(f:seek("cur"), f:seek("end"), f:seek("set", 5), f:read(3), f:read(0), f:setvbuf("full", 64))
f:close()
for line in io.lines(name) do io.write("[", line, "]") end print()
for a, b in io.lines(name, 1, "l") do io.write(a, "|", b, ";") end print()
print(io.open("no/such/file"))
print(pcall(io.lines, "no/such/file"))
local app = io.open(name, "a"); app:write("\nmore"); app:close()
print(#io.open(name):read("a"), os.rename(name, name .. "2"), os.remove(name .. "2"), (os.remove(name)))
io.stdout:write("stdout ", "direct\n"); io.stdout:flush()
print(io.type(42), io.type(io.stdin), (tostring(f)))
print(io.read("l"), io.read(0))

section "os"
print(os.time({ year = 2020, month = 2, day = 30, hour = 12 }) - os.time({ year = 2020, month = 3, day = 1, hour = 12 }))
print(os.date("!%Y-%m-%d %H:%M:%S", 1000000000), os.date("!*t", 86400).yday, type(os.clock()), os.difftime(10, 4))
print(os.getenv("NO_SUCH_VARIABLE"), type(os.getenv("PATH")), type(os.tmpname()), os.setlocale("C"))
print(pcall(os.date, "%Ez", 0))

section "coroutine"
local co = coroutine.create(function(a, b)
    local c = coroutine.yield(a + b)
    local d, e = coroutine.yield(c * 2)
    error("in coroutine: " .. d .. e)
end)
print(coroutine.resume(co, 1, 2)); print(coroutine.status(co)); print(coroutine.resume(co, 10))
print(coroutine.resume(co, "x", "y")); print(coroutine.status(co), coroutine.resume(co))
local function permute(a, n)
    if n == 0 then coroutine.yield(a) end
    for i = 1, n do
        a[n], a[i] = a[i], a[n]; permute(a, n - 1); a[n], a[i] = a[i], a[n]
    end
end
for p in coroutine.wrap(function() permute({ "a", "b", "c" }, 3) end) do io.write(table.concat(p), " ") end print()
print(select(2, coroutine.resume(coroutine.create(function() return pcall(function() coroutine.yield(5); error("later") end) end))))
local wrapped = coroutine.wrap(function() return pcall(function() coroutine.yield("inside pcall"); error("after") end) end)
print(wrapped()); print(wrapped())
print(coroutine.isyieldable(), select(2, coroutine.running()), coroutine.close(coroutine.create(print)))
local depth = 0
local function recurse() depth = depth + 1; local c = coroutine.wrap(recurse); return c() end
print((pcall(recurse)), depth > 100)

section "metatables and garbage"
local V = {}; V.__index = V
V.__add = function(a, b) return setmetatable({ x = a.x + b.x }, V) end
V.__eq = function(a, b) return a.x == b.x end
V.__lt = function(a, b) return a.x < b.x end
V.__le = function(a, b) return a.x <= b.x end
V.__call = function(self, y) return self.x * y end
V.__tostring = function(self) return "V(" .. self.x .. ")" end
V.__len = function() return 99 end
V.__concat = function(a, b) return tostring(a) .. "~" .. tostring(b) end
V.__unm = function(a) return setmetatable({ x = -a.x }, V) end
local a, b = setmetatable({ x = 1 }, V), setmetatable({ x = 2 }, V)
print(tostring(a + b), a == b, a < b, a <= b, a(21), #a, a .. b, tostring(-a))
local collected = 0
for i = 1, 100 do setmetatable({}, { __gc = function() collected = collected + 1 end }) end
collectgarbage(); collectgarbage(); print(collected)
local weak = setmetatable({}, { __mode = "v" }); weak[1] = {}; weak[2] = "kept"
collectgarbage(); print(weak[1], weak[2], collectgarbage("count") > 0, collectgarbage("incremental"), collectgarbage("generational"))
for i = 1, 200 do local junk = {}; for k = 1, 200 do junk[k] = { k } end end
collectgarbage("incremental")
print(debug.getinfo(1, "l").currentline > 0, debug.traceback("trace", 1):match("^trace\nstack traceback:"))
goto done
print("never")
::done::
print(require("string") == string, package.path:sub(-5), load("x = 5; return x")(), _VERSION)
os.exit(3, true)

/* SPDX-License-Identifier: MIT */
/*
 * Lua running a script: tables, strings, closures, method calls, pcall.
 * The interpreter is upstream's, compiled together with this file; it is
 * fetched at bench time (../CMakeLists.txt).
 */
#include "kernel.h"
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

static const char script[] =
	"local n = ...\n"
	"local sum = 0\n"
	"local Account = {}; Account.__index = Account\n"
	"function Account.new(b) return setmetatable({ balance = b }, Account) end\n"
	"function Account:deposit(v) self.balance = self.balance + v end\n"
	"local function fib(k) if k < 2 then return k end return fib(k - 1) + fib(k - 2) end\n"
	"for round = 1, n do\n"
	"  local t = {}\n"
	"  for i = 1, 2000 do t[i] = (i * 7919 + round) % 2003 end\n"
	"  table.sort(t, function(a, b) return a < b end)\n"
	"  for i = 1, #t, 50 do sum = (sum * 31 + t[i]) % 1000000007 end\n"
	"  local parts = {}\n"
	"  for i = 1, 300 do parts[#parts + 1] = string.format('%d:%s', i, ('x'):rep(i % 7)) end\n"
	"  local text = table.concat(parts, ',')\n"
	"  for k, v in text:gmatch('(%d+):(x*)') do sum = (sum + tonumber(k) * (#v + 1)) % 1000000007 end\n"
	"  local a = Account.new(round)\n"
	"  for i = 1, 5000 do a:deposit(i * 0.5) end\n"
	"  sum = (sum + a.balance // 1) % 1000000007\n"
	"  for i = 1, 100 do\n"
	"    local ok, err = pcall(function() if i % 3 == 0 then error({ code = i }) end return i end)\n"
	"    sum = (sum + (ok and err or err.code * 2)) % 1000000007\n"
	"  end\n"
	"  local co = coroutine.wrap(function() for i = 1, 200 do coroutine.yield(i) end return 0 end)\n"
	"  for i = 1, 200 do sum = (sum + co()) % 1000000007 end\n"
	"  sum = (sum + fib(15)) % 1000000007\n"
	"end\n"
	"return math.tointeger(sum)\n";

static u64 run(unsigned n)
{
	lua_State *L = luaL_newstate();

	luaL_openlibs(L);
	if (luaL_loadstring(L, script) != LUA_OK) {
		fprintf(stderr, "lua: %s\n", lua_tostring(L, -1));
		exit(1);
	}
	lua_pushinteger(L, n);
	if (lua_pcall(L, 1, 1, 0) != LUA_OK) {
		fprintf(stderr, "lua: %s\n", lua_tostring(L, -1));
		exit(1);
	}
	u64 sum = lua_tointeger(L, -1);
	lua_close(L);
	return sum;
}

KERNEL("lua", 8)

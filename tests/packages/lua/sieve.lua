-- SPDX-License-Identifier: MIT
-- The sieve of Eratosthenes, also compiled by luac and run from its bytecode.
local limit, composite, primes = 20000, {}, {}
for i = 2, limit do
    if not composite[i] then
        primes[#primes + 1] = i
        for k = i * i, limit, i do composite[k] = true end
    end
end
print(#primes, primes[1], primes[#primes], table.concat(primes, " ", 100, 110))

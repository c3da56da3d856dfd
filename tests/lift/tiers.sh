#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What loops for long in one call is given to the engine's optimizing compiler
# at once: nested loops, and loops of what runs once.
# From the environment: CC (aarch64-wasm-cc), DIR.
set -u
mkdir -p "$DIR" && cd "$DIR" || exit 1
cat >tiers.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#define NOINLINE __attribute__((noipa))
static unsigned a[1000];
NOINLINE void nest(int n) { for (int i = 0; i < n; i++) for (int k = 0; k < 999; k++) a[k] = a[k + 1] * 3 + i; }
NOINLINE void once(int n) { for (int i = 0; i < n; i++) a[i % 1000] += i; }
NOINLINE void often(int n) { for (int i = 0; i < n; i++) a[i] ^= i; }
NOINLINE void calling(int n) { for (int i = 0; i < n; i++) { often(i); often(n); } }
int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 5;
	nest(n);
	once(n);
	for (int i = 0; i < 3; i++)
		calling(n);
	printf("%u\n", a[1]);
	return 0;
}
C
$CC -mlift=always -v -O2 tiers.c -o tiers 2>steps || { cat steps; exit 1; }
chosen=$(sed -n 's/.* \([a-z_]*\) may loop for long in one call/\1/p' steps | sort | tr '\n' ' ')
[ "$chosen" = "nest once " ] || { echo "chosen: $chosen"; exit 1; }

cat >node <<'N'
#!/bin/sh
exec "$NODE" --trace-wasm-compilation-times "$@"
N
chmod +x node
NODE=$(command -v node) AARCH64_WASM_NODE=./node ./tiers 5 >trace || exit 1
# from Node 26 on in the background, by another section
case $(node --version) in
v20.* | v22.* | v24.*)
    [ "$(grep -c 'using TurboFan' trace)" -ge 2 ] || { echo "not compiled by TurboFan:"; cat trace; exit 1; } ;;
esac

#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Set-up: one place that brings in what the project stands on, builds it and
# runs its main job or its tests.
#
# Everything is unpacked below one prefix (AARCH64_WASM_PREFIX, by default
# ~/.cache/aarch64-wasm-cc, shared by all clones).  Nothing is installed into
# the system and its package lists are not touched, so root is not needed.
# What is in place already is left alone: a second run takes seconds.
#
# setup/apt.sh talks to Debian's archive, setup/groups.sh says how each group
# of packages is made usable, setup/packages.tab which packages these are,
# setup/jobs.sh what the commands do afterwards.

if [ -z "${BASH_VERSION:-}" ]; then
    exec bash "$0" "$@"
fi
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repo=$(dirname "$here")
prefix=${AARCH64_WASM_PREFIX:-${XDG_CACHE_HOME:-$HOME/.cache}/aarch64-wasm-cc}
build=${AARCH64_WASM_BUILD:-$repo/build}
started=$SECONDS

say() { printf '[%4ds] %s\n' $((SECONDS - started)) "$*"; }
die() { printf 'setup: %s\n' "$@" >&2; exit 1; }

. "$here/setup/apt.sh"
. "$here/setup/elf.sh"
. "$here/setup/groups.sh"
. "$here/setup/jobs.sh"

usage()
{
    cat <<TXT
usage: cmake/setup.sh COMMAND

  demo             set up, build, then build GNU hello with ./configure && make and run it
  test [ARG ...]   set up, build, run the tests (arguments go to ctest)
  bench            set up, build, run the benchmark
  build            set up, build
  prefix [GROUP]   set up only; and a group of setup/packages.tab besides (chromium, libcs, statics, vixl ...: for the tests)
  source NAME DIR  unpack the upstream source of a Debian source package into DIR
  env              print the shell variables that use the prefix

environment:
  AARCH64_WASM_PREFIX   where everything is unpacked      ($prefix)
  AARCH64_WASM_BUILD    the build directory               ($build)
  AARCH64_WASM_MIRROR   Debian mirror                     (the machine's own, from /etc/apt)
  AARCH64_WASM_LLVM     an LLVM 22 of yours, e.g. /usr/lib/llvm-22, instead of unpacking one
  AARCH64_WASM_EMSDK    an emsdk of yours, instead of unpacking Emscripten
TXT
}

case ${1:-} in
prefix) shift; setup_prefix "$@"; say "ready: $prefix" ;;
build) setup_prefix; job_build ;;
demo) setup_prefix; job_build; job_demo ;;
test) shift; setup_prefix chromium libcs vixl; job_build; job_test "$@" ;;
bench) setup_prefix; job_build; job_bench ;;
source) [ $# = 3 ] || { usage >&2; exit 1; }
    setup_source "$2" "$3" ;;
env) job_env ;;
-h|--help|help) usage ;;
*) usage >&2; exit 1 ;;
esac

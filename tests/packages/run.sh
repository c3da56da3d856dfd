#!/bin/sh
# SPDX-License-Identifier: MIT
#
#   run.sh PACKAGE SOURCE DIR CC
#
# Builds a copy of the upstream SOURCE in DIR/src with CC and no other help,
# runs the package's own checks and leaves
#   DIR/build.log  DIR/check.log   what was said
#   DIR/results                    "PASS test" a line, sorted; "SECONDS n" of
#                                  build and checks; "OUTPUT file cksum"
#   DIR/extra/                     outputs that must not depend on who compiled
# The exit status is that of the build; checks that fail are results.

set -u
here=$(cd "$(dirname "$0")" && pwd)
package=$1 source=$2 dir=$3 cc=$4
jobs=${JOBS:-2}
triplet=aarch64-unknown-linux-musl
build_host="--build=$triplet --host=$triplet"
. "$here/recipes.sh"

# recipe VERB: the package's own way or the default one
recipe()
{
    verb=$1_$(echo "$package" | tr . _)
    type "$verb" >/dev/null 2>&1 || verb=$1_default
    type "$verb" >/dev/null 2>&1 || verb=:
    $verb
}

rm -rf "$dir"
started=$(date +%s)
mkdir -p "$dir/extra"
dir=$(cd "$dir" && pwd)
cp -R "$source" "$dir/src"
cd "$dir/src" || exit 1

# Files made from others must not look older than what they are made from.
find . -exec touch -h -d 2020-01-01 {} +

if ! (recipe build) >../build.log 2>&1 </dev/null; then
    echo "$package: does not build; see $dir/build.log" >&2
    tail -n 5 ../build.log >&2
    echo "FAIL build" >../results
    exit 1
fi
(recipe check) >../check.log 2>&1 </dev/null
status=$?
recipe read <../check.log | sort -u >../results
echo "SECONDS $(($(date +%s) - started))" >>../results
(recipe extra) >../extra.log 2>&1 </dev/null
(cd ../extra && for file in *; do
    [ -f "$file" ] && echo "OUTPUT $file $(cksum <"$file")"
done) >>../results
exit 0

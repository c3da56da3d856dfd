# SPDX-License-Identifier: MIT
#
# config.site, read the way configure reads it, names tools that are there, and
# leaves alone what the user has set.
set -eu
build=$1
ac_site_file=$build/share/aarch64-wasm-cc/config.site
build_alias= host_alias= CC=mycc
unset CXX AR RANLIB NM STRIP OBJDUMP
. "$ac_site_file"
[ "$CC" = mycc ]
[ "$build_alias" = aarch64-unknown-linux-musl ]
[ "$host_alias" = "$build_alias" ]
for tool in "$CXX" "$AR" "$RANLIB" "$NM" "$STRIP" "$OBJDUMP"; do
    "$tool" --version >/dev/null
done

# SPDX-License-Identifier: MIT
#
# cmake -DFROM=page.wasm -DTO=page_wasm.js -P embed.cmake: the module as a
# script, so that a page stays one script and one program.
file(READ ${FROM} hex HEX)
file(WRITE ${TO} "const PAGE_WASM = '${hex}';
const pageWasm = () => Uint8Array.from(PAGE_WASM.match(/../g), (byte) => parseInt(byte, 16));
")

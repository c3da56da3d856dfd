# SPDX-License-Identifier: MIT
#
# The guest's compiler for our own tests: gcc and musl, without our driver.

# env: the specs find the sysroot through AARCH64_WASM_PREFIX, so that the
# prefix can be moved.
set(AW_GUEST_CC ${CMAKE_COMMAND} -E env AARCH64_WASM_PREFIX=${AW_PREFIX}
    ${AW_GUEST_GCC} -specs=${AW_PREFIX}/aarch64-musl.specs)

# aw_guest_elf(NAME OUTPUT file SOURCES ... [FLAGS ...])
#   A static AArch64 ELF; target NAME makes it, not part of ALL.
function(aw_guest_elf name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT" "SOURCES;FLAGS;DEPENDS")
    get_filename_component(output ${arg_OUTPUT} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_BINARY_DIR})
    set(sources)
    foreach(source IN LISTS arg_SOURCES)
        get_filename_component(path ${source} ABSOLUTE)
        list(APPEND sources ${path})
    endforeach()
    add_custom_command(OUTPUT ${output}
        COMMAND ${AW_GUEST_CC} -O2 -static -ffp-contract=off -I${PROJECT_SOURCE_DIR}
                ${arg_FLAGS} ${sources} -o ${output}
        DEPENDS ${sources} ${arg_DEPENDS} COMMENT "guest: ${arg_OUTPUT}" COMMAND_EXPAND_LISTS VERBATIM)
    add_custom_target(${name} DEPENDS ${output})
endfunction()

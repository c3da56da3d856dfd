# SPDX-License-Identifier: MIT
#
# Freestanding wasm modules: C compiled by clang 22 for wasm32 without any
# libc, linked by wasm-ld.  Plain custom commands, because CMake knows one C
# compiler per build and that one is the host's.

set(AW_WASM_CFLAGS --target=wasm32-unknown-unknown -std=gnu11 -ffreestanding -nostdlib -O2
    -Wall -Wextra -fno-strict-aliasing -fwrapv -ffp-contract=off)

# aw_wasm_object(OUT-VAR SOURCE [CFLAGS ...] [DEPENDS ...])
#   One object file; its headers are tracked.
function(aw_wasm_object out source)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "NAME" "CFLAGS;DEPENDS")
    get_filename_component(path ${source} ABSOLUTE)
    file(RELATIVE_PATH relative ${CMAKE_CURRENT_SOURCE_DIR} ${path})
    string(REPLACE "../" "up/" relative ${relative})
    set(object ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}.wasm.dir/${relative}.o)
    get_filename_component(dir ${object} DIRECTORY)
    file(MAKE_DIRECTORY ${dir})
    add_custom_command(OUTPUT ${object}
        COMMAND ${AW_CLANG} ${AW_WASM_CFLAGS} -I${PROJECT_SOURCE_DIR} ${arg_CFLAGS}
                -MD -MF ${object}.d -c ${path} -o ${object}
        DEPENDS ${path} ${arg_DEPENDS} DEPFILE ${object}.d
        COMMENT "wasm: ${relative}" COMMAND_EXPAND_LISTS VERBATIM)
    set(${out} ${object} PARENT_SCOPE)
endfunction()

# aw_wasm_module(NAME OUTPUT file.wasm SOURCES ... [CFLAGS ...] [LDFLAGS ...] [DEPENDS ...] [INSTALL])
#   Target NAME makes OUTPUT (relative: to AW_LIBEXEC_DIR).  DEPENDS: generated
#   headers and targets that must exist first.  INSTALL: users get the module.
function(aw_wasm_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "INSTALL" "OUTPUT" "SOURCES;CFLAGS;LDFLAGS;DEPENDS")
    set(objects)
    foreach(source IN LISTS arg_SOURCES)
        aw_wasm_object(object ${source} NAME ${name} CFLAGS ${arg_CFLAGS} DEPENDS ${arg_DEPENDS})
        list(APPEND objects ${object})
    endforeach()
    set(install)
    if(arg_INSTALL)
        set(install INSTALL)
    endif()
    aw_wasm_link(${name} OUTPUT ${arg_OUTPUT} OBJECTS ${objects} LDFLAGS ${arg_LDFLAGS} ${install})
    set_target_properties(${name} PROPERTIES AW_OBJECTS "${objects}")
endfunction()

# aw_wasm_link(NAME OUTPUT file.wasm OBJECTS ... [LDFLAGS ...] [INSTALL])
#   The same of objects that are there; those of a target of aw_wasm_module() are its property AW_OBJECTS.
function(aw_wasm_link name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "INSTALL" "OUTPUT" "OBJECTS;LDFLAGS")
    get_filename_component(output ${arg_OUTPUT} ABSOLUTE BASE_DIR ${AW_LIBEXEC_DIR})
    add_custom_command(OUTPUT ${output}
        COMMAND ${AW_WASM_LD} --no-entry --gc-sections ${arg_LDFLAGS} ${arg_OBJECTS} -o ${output}
        DEPENDS ${arg_OBJECTS} COMMENT "wasm: ${arg_OUTPUT}" COMMAND_EXPAND_LISTS VERBATIM)
    add_custom_target(${name} ALL DEPENDS ${output})
    if(arg_INSTALL)
        install(FILES ${output} DESTINATION libexec/aarch64-wasm-cc)
    endif()
endfunction()

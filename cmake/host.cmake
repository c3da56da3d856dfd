# SPDX-License-Identifier: MIT
#
# Host tools: static binaries in C, in the build tree's bin/ or libexec/.
# Their libraries beyond libc (libelf, zlib, zstd) come from the prefix where
# the machine has none.

if(IS_DIRECTORY ${AW_PREFIX}/hostlib)
    include_directories(SYSTEM ${AW_PREFIX}/hostlib/include)
    link_directories(${AW_PREFIX}/hostlib/lib)
endif()
find_path(AW_LIBELF_INCLUDE gelf.h HINTS ${AW_PREFIX}/hostlib/include)
find_library(AW_LIBELF NAMES libelf.a elf HINTS ${AW_PREFIX}/hostlib/lib)

if(AW_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=address,undefined)
endif()

# aw_host_tool(NAME [LIBEXEC] SOURCES ... [LINK ...])
#   An executable for users; installed.  Statically linked unless AW_DEV.
function(aw_host_tool name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "LIBEXEC" "" "SOURCES;LINK")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINK})
    if(NOT AW_DEV AND NOT AW_SANITIZE)
        target_link_options(${name} PRIVATE -static -Wl,--gc-sections -s)
    endif()
    if(arg_LIBEXEC)
        set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${AW_LIBEXEC_DIR})
        install(TARGETS ${name} RUNTIME DESTINATION libexec/aarch64-wasm-cc)
    else()
        set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${AW_BIN_DIR})
        install(TARGETS ${name} RUNTIME DESTINATION bin)
    endif()
endfunction()

# aw_libexec_file(SOURCE-OR-BUILT-FILE): a data file that tools find beside them.
function(aw_libexec_file file)
    get_filename_component(leaf ${file} NAME)
    get_filename_component(path ${file} ABSOLUTE)
    string(MAKE_C_IDENTIFIER libexec_${leaf} target)
    add_custom_command(OUTPUT ${AW_LIBEXEC_DIR}/${leaf}
        COMMAND ${CMAKE_COMMAND} -E copy ${path} ${AW_LIBEXEC_DIR}/${leaf}
        DEPENDS ${path})
    add_custom_target(${target} ALL DEPENDS ${AW_LIBEXEC_DIR}/${leaf})
    install(FILES ${path} DESTINATION libexec/aarch64-wasm-cc)
endfunction()

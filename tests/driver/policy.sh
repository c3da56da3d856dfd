# SPDX-License-Identifier: MIT
#
# Which links are lifted: all but build systems' probes, unless told.
. "$(dirname "$0")/lib.sh"

fake_tree </dev/null
lifted() { # whether the plan for these arguments has the lifter in it
    aarch64-wasm-cc '-###' "$@" 2>&1 | grep -q 'libexec/aarch64-wasm-cc/lift' && echo lifted || echo interpreted
}

mkdir -p "CMakeFiles/CMakeScratch/TryCompile-x" meson-private/tmpabc CMakeFiles/3.25.1/CompilerIdC sub
hello | tee a.c conftest.c conftest1.c >sub/main.c
hello >CMakeFiles/3.25.1/CompilerIdC/CMakeCCompilerId.c

while read -r expected args; do
    same "auto: $args" "$expected" "$(eval "lifted $args")"
done <<'EOF'
lifted      a.c -o prog
lifted      a.c
lifted      a.c -o confidence
lifted      a.c -o sub/testfile
lifted      a.c -o x.js
interpreted a.c -o conftest
interpreted a.c -o ./conftest
interpreted conftest.c
interpreted -o a.out conftest.c
interpreted conftest.c conftest1.c -o conftest
interpreted a.c -o cmTC_1a2b3
interpreted a.c -o meson-private/sanitycheckc.exe
interpreted a.c -o meson-private/tmpabc/output.exe
interpreted a.c -o CMakeFiles/CMakeScratch/TryCompile-x/prog
interpreted CMakeFiles/3.25.1/CompilerIdC/CMakeCCompilerId.c
interpreted a.c -o /dev/null
lifted      -mlift=always conftest.c -o conftest
interpreted -mlift=never a.c -o prog
lifted      -mlift=never -mlift=auto a.c -o prog
interpreted a.c -o x.elf
EOF
same "in a probe's directory" interpreted "$(cd CMakeFiles/CMakeScratch/TryCompile-x && lifted ../../../a.c -o prog)"
same "AARCH64_WASM_LIFT=never" interpreted "$(AARCH64_WASM_LIFT=never lifted a.c -o prog)"
same "AARCH64_WASM_LIFT=always" lifted "$(AARCH64_WASM_LIFT=always lifted conftest.c -o conftest)"
same "the option wins over the environment" lifted "$(AARCH64_WASM_LIFT=never lifted -mlift=always a.c -o prog)"
finish

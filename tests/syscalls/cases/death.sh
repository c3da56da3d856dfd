# SPDX-License-Identifier: MIT
# Every way to end; a shell sees status 128 + signal.
for how in status abort abort-caught term kill null segv-ignored ill brk readonly noexec \
           overflow overflow-handled pipe alarm badreturn return; do
    $RUN "$1" $how
    echo "status $?"
done

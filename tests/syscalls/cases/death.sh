# SPDX-License-Identifier: MIT
# Every way to end; a shell sees status 128 + signal.
for how in status abort abort-caught term kill outside ill brk overflow pipe alarm badreturn return; do
    $RUN "$1" $how
    echo "status $?"
done

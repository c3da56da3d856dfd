# SPDX-License-Identifier: MIT
for how in handled null ignored readonly noexec overflow; do
    $RUN "$1" $how
    echo "status $?"
done

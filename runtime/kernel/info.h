/* SPDX-License-Identifier: MIT */
/*
 * Limits as a process starts with them.
 */
#ifndef KERNEL_INFO_H
#define KERNEL_INFO_H

#include "task.h"

void limits_init(struct task *t);

#endif

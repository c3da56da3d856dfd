/* SPDX-License-Identifier: MIT */
/*
 * What page.wasm gives the page's host: the rows of runtime/host/imports.tab
 * on files, names and terminals, with these differences: every pointer is into
 * page.wasm's own memory (the JS around it copies between the memories), and
 * handles 0, 1 and 2 are left to it, except in page_fstat.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "runtime/kernel/types.h"

#define PAGE_EXPORT(name) __attribute__((export_name(#name)))

/* Scratch memory for arguments and results. */
enum { SCRATCH_SIZE = 65536 };

/* Input as the program sees it: a terminal, or text given beforehand. */
extern bool tty_is_input;

#endif

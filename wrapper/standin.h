/* SPDX-License-Identifier: MIT */
/*
 * Static programs, linked from shared libraries.
 */
#ifndef WRAPPER_STANDIN_H
#define WRAPPER_STANDIN_H

/*
 * What a static link takes instead of an input: the archive beside a shared
 * library, DIR/libx.a for DIR/libx.so.1.2, if there is one; else the input.
 */
const char *standin_for(const char *input);

#endif

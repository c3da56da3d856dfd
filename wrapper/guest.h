/* SPDX-License-Identifier: MIT */
/*
 * The guest compiler: which one, and the flags that go before the user's.
 */
#ifndef WRAPPER_GUEST_H
#define WRAPPER_GUEST_H

#include "options.h"

/*
 * Starts the command line of the real compiler (`tool`: gcc, g++ or cpp) in
 * `cmd`: its path and our flags.  0, or -1 after diag_error().
 */
int guest_command(struct args *cmd, const char *tool, const struct request *rq);

#endif

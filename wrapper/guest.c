/* SPDX-License-Identifier: MIT */
/*
 * The guest compiler's command line up to the user's own arguments.
 *
 * Ours come first, so that whatever the user says wins.  They choose what runs
 * well as wasm; a binary compiled otherwise still runs correctly.
 */
#include "guest.h"

#include <unistd.h>

#include "diag.h"
#include "paths.h"

enum when {
	ALWAYS,
	NO_ARCH, /* unless the user names the architecture: gcc warns of -mcpu beside -march */
	AT_LINK,
};

static const struct flag {
	enum when when;
	const char *text;
} flags[] = {
	{ ALWAYS,  "-ffp-contract=off" },        /* wasm has no scalar fused multiply-add */
	{ ALWAYS,  "-mno-outline-atomics" },     /* no run-time choice between LSE and exclusives ... */
	{ NO_ARCH, "-march=armv8-a+lse" },       /* ... LSE: an atomic is one wasm instruction */
	{ ALWAYS,  "-mbranch-protection=none" }, /* wasm protects its control flow itself */
	{ ALWAYS,  "-fno-pie" },                 /* Debian's gcc makes PIE by default; addresses are fixed here */
	{ AT_LINK, "-no-pie" },
	{ AT_LINK, "-static" },
};

int guest_command(struct args *cmd, const char *tool, const struct request *rq)
{
	const char *cc = path_cross(tool);

	if (!cc)
		return -1;
	args_push(cmd, cc);
	if (rq->libc == LIBC_MUSL) {
		if (!path_prefix())
			return diag_error("no toolchain prefix: set AARCH64_WASM_PREFIX to where the guest's musl is");
		const char *specs = str_printf("%s/aarch64-musl.specs", path_prefix());
		if (access(specs, R_OK))
			return diag_error("%s: %m (no musl for the guest there; set up the toolchain)", specs);
		args_push(cmd, str_printf("-specs=%s", specs));
		args_push(cmd, str_printf("-B%s/musl/usr/lib/", path_prefix())); /* for -print-file-name */
	}
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (flags[i].when == ALWAYS || (flags[i].when == NO_ARCH && !rq->names_arch) ||
		    (flags[i].when == AT_LINK && rq->links))
			args_push(cmd, flags[i].text);
	return 0;
}

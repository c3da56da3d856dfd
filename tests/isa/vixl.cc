/* SPDX-License-Identifier: MIT */
/*
 *   isa-vixl CASES RESULTS WANT
 *
 * WANT is RESULTS of CASES as VIXL's simulator has them: an oracle that shares
 * no code with qemu.  What it does not tell is taken from RESULTS: exception
 * flags, rounding modes and flushing, what a fault leaves, and instructions
 * that it does not have.  Says on stderr how many cases it told of.
 */
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

#include "aarch64/simulator-aarch64.h"
#include "case.h"

using namespace vixl;
using namespace vixl::aarch64;

static sigjmp_buf given_up;

/* A fault of the instruction's; abort(), which says that it is not there; SIGINT, a breakpoint. */
static void handler(int sig) { siglongjmp(given_up, sig); }

static uint8_t *map(uint64_t at, size_t size)
{
	void *p = mmap((void *)at, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (p == MAP_FAILED) {
		perror("isa-vixl: mmap");
		exit(2);
	}
	return (uint8_t *)p;
}

static void load(Simulator *sim, const isa_case &c)
{
	sim->ResetState();
	sim->ClearLocalMonitor();                       /* it keeps the load-exclusive of a case before */
	for (unsigned i = 0; i < 31; i++)
		sim->WriteXRegister(i, (int64_t)c.x[i]);
	sim->WriteXRegister(31, (int64_t)c.sp, Simulator::LogRegWrites, Reg31IsStackPointer);
	for (unsigned i = 0; i < 32; i++) {
		Simulator::qreg_t q;
		memcpy(&q, c.v[i], sizeof q);
		sim->WriteQRegister(i, q);
	}
	sim->ReadNzcv().SetRawValue(c.nzcv);
	sim->ReadFpcr().SetRawValue(c.fpcr);
}

static void save(Simulator *sim, isa_result *r)
{
	for (unsigned i = 0; i < 31; i++)
		r->x[i] = (uint64_t)sim->ReadXRegister(i);
	r->sp = (uint64_t)sim->ReadXRegister(31, Reg31IsStackPointer);
	for (unsigned i = 0; i < 32; i++) {
		Simulator::qreg_t q = sim->ReadQRegister(i);
		memcpy(r->v[i], &q, sizeof q);
	}
	r->nzcv = sim->ReadNzcv().GetRawValue();
	r->pc = (uint64_t)sim->ReadPc();
	r->window = isa_window_hash((const uint8_t *)ISA_WINDOW);
}

/* Forms that version 5.1 gets wrong: a vector destination is cleared before sources are read, and SP is not moved on by
 * structure loads and stores. */
static bool is_mistaken(uint32_t word)
{
	uint32_t rd = word & 31, rn = word >> 5 & 31, rm = word >> 16 & 31;

	if ((word & 0x0e000000) == 0x0e000000)          /* elements of halfwords: rm has 4 bits */
		return rd == rn || rd == rm || rd == (rm & 15);
	return (word & 0xbe800000) == 0x0c800000 && rn == 31;
}

/* False where the simulator has nothing to say. */
static bool run(Simulator *sim, const isa_case &c, uint32_t n, isa_result *r)
{
	enum { DN = 1 << 25 };
	uint32_t *code = (uint32_t *)isa_pc(n);
	isa_result got = *r;

	if ((c.fpcr & ~(uint32_t)DN) || c.word[0] == ISA_BRK || got.sig != SIGTRAP || is_mistaken(c.word[0]))
		return false;
	isa_window_fill((uint8_t *)ISA_WINDOW, c.seed);
	int sig = sigsetjmp(given_up, 1);
	if (sig == SIGABRT || sig == SIGINT)
		return false;
	if (sig) {
		r->sig = (uint32_t)sig;
		return r->sig != got.sig;
	}
	load(sim, c);
	sim->WritePc((const Instruction *)code);
	do
		sim->ExecuteInstruction();
	while (sim->ReadPc() >= (const Instruction *)code && sim->ReadPc() < (const Instruction *)(code + c.nwords));
	save(sim, r);
	return true;
}

static FILE *open_file(const char *path, const char *mode)
{
	FILE *f = fopen(path, mode);

	if (!f) {
		perror(path);
		exit(2);
	}
	return f;
}

int main(int argc, char **argv)
{
	Decoder decoder;
	static isa_case c[ISA_BATCH];
	isa_result r;
	uint32_t n = 0, told = 0;

	if (argc != 4) {
		fputs("usage: isa-vixl CASES RESULTS WANT\n", stderr);
		return 2;
	}
	FILE *cases = open_file(argv[1], "rb"), *results = open_file(argv[2], "rb"), *out = open_file(argv[3], "wb");
	if (!freopen("/dev/null", "w", stdout))         /* where VIXL says what it lacks */
		return 2;
	Simulator sim(&decoder);
	sim.SetCPUFeatures(CPUFeatures::All());
	uint32_t *code = (uint32_t *)map(ISA_CODE, ISA_BATCH * ISA_SLOT);
	for (int i = 0; i < ISA_BATCH * ISA_SLOT / 4; i++)
		code[i] = ISA_BRK;
	map(ISA_WINDOW, ISA_WINDOW_SIZE);
	for (int sig : { SIGSEGV, SIGBUS, SIGABRT, SIGINT, SIGFPE })
		signal(sig, handler);
	for (size_t count; (count = fread(c, sizeof *c, ISA_BATCH, cases));) {
		for (size_t k = 0; k < count; k++)      /* words of a batch may load each other */
			memcpy((void *)isa_pc((uint32_t)k), c[k].word, c[k].nwords * sizeof *code);
		for (size_t k = 0; k < count && fread(&r, sizeof r, 1, results) == 1; k++, n++) {
			isa_result want = r;
			bool tells = run(&sim, c[k], n, &want);
			told += tells;
			fwrite(tells ? &want : &r, sizeof r, 1, out);
		}
	}
	if (fclose(out)) {
		perror(argv[3]);
		return 2;
	}
	fprintf(stderr, "VIXL's simulator told of %u of %u cases\n", told, n);
	return 0;
}

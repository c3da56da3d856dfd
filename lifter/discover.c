/* SPDX-License-Identifier: MIT */
/*
 * Code discovery: from the entry point, call targets, code addresses in data
 * and code addresses that instructions compute, to a list of functions with
 * their blocks.  What is missed here is interpreted when it runs: a gap costs
 * speed, never correctness.
 */
#include "lifter/discover.h"

#include <stdlib.h>
#include <string.h>

#include "lifter/absint.h"

enum { MAX_TABLE = 4096, MAX_UNSYMBOLED_SPAN = 1 << 20 };

const struct a64_insn *program_insn(struct program *p, u32 index)
{
	if (p->insn_state[index] == INSN_NEW) {
		u64 va = insn_va(p, index);
		const u8 *bytes = image_is_code(p->image, va) ? image_at(p->image, va, 4) : NULL;
		u32 word = 0;
		if (bytes)
			memcpy(&word, bytes, 4);
		p->insns[index].word = word;
		p->insn_state[index] = bytes && a64_decode(word, va, &p->insns[index]) ? INSN_KNOWN : INSN_UNDEFINED;
	}
	return p->insn_state[index] == INSN_KNOWN ? &p->insns[index] : NULL;
}

bool program_is_nop(struct program *p, u32 index)
{
	const struct a64_insn *in = program_insn(p, index);

	return in && in->word == 0xd503201f;
}

struct bitset program_code(const struct program *p, bool only_lifted)
{
	struct bitset code = bitset_new(p->ninsns);

	for (u32 i = 0; i < p->functions.count; i++) {
		const struct function *f = &p->functions.at[i];
		if (only_lifted && !f->is_lifted)
			continue;
		for (u32 b = 0; b < f->blocks.count; b++)
			for (u32 k = f->blocks.at[b].first; k < f->blocks.at[b].end; k++)
				bitset_add(&code, k);
	}
	return code;
}

static bool symbol_starts_at(const struct image *img, u64 va)
{
	const struct symbol *s = image_symbol(img, va);

	return s && s->va == va && !s->is_part;
}

bool program_is_entry(struct program *p, u64 va)
{
	return p->function_at[insn_index(p, va)] != NONE || symbol_starts_at(p->image, va);
}

u32 program_function(struct program *p, u64 va)
{
	u32 *at = &p->function_at[insn_index(p, va)];

	if (*at == NONE) {
		const struct symbol *s = image_symbol(p->image, va);
		*at = p->functions.count;
		list_push(&p->functions, (struct function){
			.va = va, .is_lifted = true, .convention = convention_of(p->image, va), .name = s && s->va == va && s->name ? s->name : xasprintf("sub_%llx", (unsigned long long)va) });
	}
	return *at;
}

/* Can control fall into va from the instruction before it?  Then it is a label. */
static bool is_fallen_into(struct program *p, u64 va)
{
	const struct a64_insn *in = image_is_code(p->image, va - 4) ? program_insn(p, insn_index(p, va - 4)) : NULL;

	return in && !program_is_nop(p, insn_index(p, va - 4)) && (in->flow == A64_NEXT || in->flow == A64_BCOND);
}

/* Instructions that stand only where calls arrive: BTI c, BTI jc, PACIASP, PACIBSP. */
static bool is_landing_pad(const struct image *img, u64 va)
{
	static const u32 words[] = { 0xd503245f, 0xd50324df, 0xd503233f, 0xd503237f };
	const u8 *bytes = image_at(img, va, 4);

	for (u32 i = 0; bytes && i < sizeof words / sizeof *words; i++)
		if (!memcmp(bytes, &words[i], 4))
			return true;
	return false;
}

/* May a function start there of which neither symbols nor frames tell? */
static bool may_start_function(struct program *p, u64 va)
{
	const struct symbol *s = image_symbol_before(p->image, va);

	if (s && (!s->size || va - s->va < s->size) && !is_landing_pad(p->image, va))
		return false;
	return !is_fallen_into(p, va);
}

static void take_function(struct program *p, u64 va)
{
	u32 f = program_function(p, va);        /* moves the list */

	p->functions.at[f].is_address_taken = true;
}

/* A code address somebody keeps.  Inside of a function that we know it is a
 * label of a jump table or a computed goto. */
static void address_taken(struct program *p, u64 va)
{
	if (!image_is_code(p->image, va))
		return;
	bitset_add(&p->kept, insn_index(p, va));
	if (program_is_entry(p, va))
		take_function(p, va);
	else if (may_start_function(p, va))
		list_push(&p->candidates, va);
}

static void scan_data(struct program *p)
{
	const struct image *img = p->image;

	for (u32 i = 0; i < img->pointers.count; i++)
		address_taken(p, img->pointers.at[i]);
	for (u32 s = 0; s < img->segments.count; s++) {
		const struct segment *seg = &img->segments.at[s];
		for (u64 va = (seg->va + 7) & ~7ull; va + 8 <= seg->va + seg->filesz; va += 8) {
			u64 word;
			memcpy(&word, seg->data + (va - seg->va), 8);
			if (word >= img->text_lo && word < img->text_hi && !image_is_code(img, va))
				address_taken(p, word);
		}
	}
}

/* The frame is down and SP at another one's, as far away as a register says: an unwinder. */
static bool leaves_frames(const struct state *s)
{
	const struct value *fp = &s->reg[REG_FP];

	return s->reg[REG_SP].kind == VAL_UNKNOWN && fp->kind == VAL_ENTRY && fp->k == REG_FP;
}

/* --- jump tables --- */

static bool in_reach(const struct program *p, const struct function *f, u64 target)
{
	const struct symbol *s = image_symbol(p->image, f->va);

	if (!image_is_code(p->image, target))
		return false;
	if (s && s->size)
		return image_symbol(p->image, target) == s || (image_symbol(p->image, target) ?: s)->is_part;
	return target + MAX_UNSYMBOLED_SPAN > f->va && target < f->va + MAX_UNSYMBOLED_SPAN;
}

/* True if the table's first entry is not at index 0. */
static bool skip_to_labels(const struct program *p, const struct function *f, struct jump_table *t)
{
	const struct symbol *s = image_symbol(p->image, f->va);
	struct jump_table at = *t;

	if (t->size < 8 || t->is_masked || !s || !s->size)
		return false;
	for (u32 i = 0; i < MAX_FIRST_INDEX; i++, at.table += 8)
		if (in_reach(p, f, jump_table_target(p->image, &at, 0))) {
			t->table = at.table;
			return i != 0;
		}
	return false;
}

/* The selector is the load's index, if the load stands in the block that jumps. */
static bool resolve(const struct program *p, const struct function *f, const struct block *b, const struct value *v, struct jump_table *t)
{
	if (v->kind != VAL_TABLE || (v->size < 8 && !v->has_base))
		return false;
	*t = (struct jump_table){ .table = v->k, .base = v->base, .load = v->load, .size = v->size, .shift = v->shift,
		.scale = v->scale, .is_signed = v->is_signed, .is_bounded = v->count != 0, .is_masked = v->count != 0 };
	if (1u << t->scale != t->size)
		return false;
	u32 limit = v->count ? v->count : MAX_TABLE;
	bool is_shifted = skip_to_labels(p, f, t);
	for (u64 to; t->count < limit && (to = jump_table_target(p->image, t, t->count), in_reach(p, f, to)); t->count++)
		if (v->size == 8 && (symbol_starts_at(p->image, to) || is_landing_pad(p->image, to)))
			return false;                   /* a table of functions */
	t->is_bounded &= t->count == v->count;          /* a mask allows more than the table has */
	if (t->count < limit && image_is_code(p->image, jump_table_target(p->image, t, t->count)))
		t->is_masked = false;                   /* but an entry may be in another function */
	if (is_shifted || v->is_hint || v->load < b->first || v->load >= b->end || !image_is_constant(p->image, v->k)) {
		t->by_address = true;
		t->is_bounded = t->is_masked = false;
		t->load = NONE;
	}
	return t->count != 0;
}

static void know_switch(struct switch_list *known, u32 jump, const struct jump_table *t)
{
	for (u32 i = 0; i < known->list.count; i++)
		if (known->list.at[i].jump == jump) {
			known->list.at[i].table = *t;
			return;
		}
	list_push(&known->list, (struct known_switch){ jump, *t });
}

/* True if a jump table was found that was not known. */
static bool find_switches(struct program *p, struct function *f, const struct state *states, struct switch_list *known)
{
	bool found = false;

	for (u32 b = 0; b < f->blocks.count; b++) {
		const struct block *block = &f->blocks.at[b];
		struct jump_table t;
		if (block->kind != END_TAIL_INDIRECT || !states[b].is_reached)
			continue;
		struct state s = absint_block(p, block, &states[b], NULL);
		struct value v = absint_branch_target(p, &s, program_insn(p, block->end - 1));
		if (resolve(p, f, block, &v, &t)) {
			know_switch(known, block->end - 1, &t);
			found = true;
		}
	}
	return found;
}

/* --- one function --- */

struct notes { struct program *program; LIST(u64) addresses; bool keeps_return, follows_frames; };

static void note_address(void *context, u64 va, u32 index)
{
	struct notes *n = context;
	bool is_adrp = (program_insn(n->program, index)->word & 0x9f000000) == 0x90000000;

	if (!is_adrp)                           /* half an address */
		list_push(&n->addresses, va);
}

static void note_kept_return(void *context) { ((struct notes *)context)->keeps_return = true; }
static void note_followed_frame(void *context) { ((struct notes *)context)->follows_frames = true; }

/* Is a code address that the function computes one of its own labels, other
 * than the base of a jump table?  Somebody will jump there from elsewhere. */
static bool is_label(const struct program *p, const struct function *f, u64 va)
{
	const struct symbol *s = image_symbol(p->image, f->va);

	if (!s || va == s->va || va == f->va || image_symbol(p->image, va) != s || !image_is_code(p->image, va))
		return false;
	for (u32 b = 0; b < f->blocks.count; b++)
		if (f->blocks.at[b].kind == END_SWITCH && f->blocks.at[b].switch_table.base == va)
			return false;
	return true;
}

/* The address of a frame as an argument or a result: whoever gets it will look at what it links to. */
static bool passes_frame(const struct block *b, const struct state *s)
{
	u32 n = b->kind == END_RETURN ? 1 : b->kind == END_CALL || b->kind == END_CALL_INDIRECT || b->kind == END_TAIL ? 8 : 0;
	bool found = false;

	for (u32 r = 0; r < n; r++)
		found |= is_frame_record(s, s->reg[r]);
	return found;
}

/* Nothing else is one: fork's flags are constants. */
static bool starts_thread(s64 number, struct value flags)
{
	const u64 clone_thread = 0x10000;

	return number == SYS_CLONE3 || (number == SYS_CLONE && (flags.kind != VAL_CONST || flags.k & clone_thread));
}

/* What a function's blocks say of others, and of their own ends. */
static void annotate(struct program *p, u32 index, const struct state *states)
{
	struct notes notes = { .program = p };
	struct absint_events events = { .context = &notes, .code_address = note_address, .keep_return = note_kept_return,
		.follow_frame = note_followed_frame };
	struct function *f = &p->functions.at[index];
	LIST(u64) callees = { 0 };
	LIST(u64) labels = { 0 };

	for (u32 b = 0; b < f->blocks.count; b++) {
		struct block *block = &f->blocks.at[b];
		if (!states[b].is_reached)
			continue;
		struct state s = absint_block(p, block, &states[b], &events);
		struct value v;
		notes.follows_frames |= passes_frame(block, &s);
		switch (block->kind) {
		case END_SVC:
			block->svc_number = s.reg[8].kind == VAL_CONST ? (s64)s.reg[8].k : -1;
			block->svc_starts_thread = starts_thread(block->svc_number, s.reg[0]);
			if (block->svc_number == SYS_RT_SIGRETURN)
				f->is_lifted = false;
			break;
		case END_CALL_INDIRECT:
			v = absint_branch_target(p, &s, program_insn(p, block->end - 1));
			if (v.kind == VAL_CONST) {
				block->kind = END_CALL;
				block->target = v.k;
			}
			break;
		case END_TAIL:
			if (s.reg[REG_SP].kind == VAL_SP && s.reg[REG_SP].k) {
				block->kind = END_LEAVE;
				block->is_open_tail = true;
				block->callee = NONE;
			}
			break;
		case END_RETURN:
			v = absint_branch_target(p, &s, program_insn(p, block->end - 1));
			block->is_nonlocal = v.kind == VAL_MEMORY && sp_is_loaded(&s);
			break;
		case END_TAIL_INDIRECT:
			v = absint_branch_target(p, &s, program_insn(p, block->end - 1));
			if (v.kind == VAL_CONST && image_is_code(p->image, v.k) && sp_is_loaded(&s)) {
				block->kind = END_RETURN;       /* gcc's non-local goto */
				block->is_nonlocal = true;
				list_push(&labels, v.k);
			} else if (v.kind == VAL_CONST && image_is_code(p->image, v.k)) {
				block->kind = END_TAIL;
				block->target = v.k;
				list_push(&callees, v.k);
			} else if ((v.kind == VAL_MEMORY && sp_is_loaded(&s)) || leaves_frames(&s)) {
				block->kind = END_RETURN;
				block->is_nonlocal = true;
			} else if (v.kind == VAL_ENTRY && v.k == REG_LR) {
				block->kind = END_RETURN;       /* "br x30" of hand-written code */
			}
			break;
		}
		if (block->kind == END_CALL && image_is_code(p->image, block->target))
			list_push(&callees, block->target);
	}
	for (u32 i = 0; i < callees.count; i++)
		program_function(p, callees.at[i]);
	for (u32 i = 0; i < labels.count; i++) {
		const struct symbol *owner = image_symbol(p->image, labels.at[i]);
		u32 g = owner ? program_function(p, owner->va) : index;
		p->functions.at[g].gives_labels = true;
	}
	list_free(&labels);
	f = &p->functions.at[index];
	f->keeps_return = notes.keeps_return;
	f->follows_frames = notes.follows_frames;
	for (u32 i = 0; i < notes.addresses.count; i++) {
		address_taken(p, notes.addresses.at[i]);
		f = &p->functions.at[index];
		f->gives_labels |= is_label(p, f, notes.addresses.at[i]);
	}
	list_free(&callees);
	list_free(&notes.addresses);
}

static void note_labels(struct program *p, const struct switch_list *switches)
{
	for (u32 i = 0; i < switches->list.count; i++) {
		const struct jump_table *t = &switches->list.at[i].table;
		if (t->size < 8 && image_is_code(p->image, t->base))
			bitset_add(&p->labels, insn_index(p, t->base));
		for (u32 k = 0; k < t->count; k++)
			bitset_add(&p->labels, insn_index(p, jump_table_target(p->image, t, k)));
	}
}

static void explore(struct program *p, u32 index)
{
	struct switch_list switches = { 0 };
	struct state *states = NULL;

	do {
		free(states);
		cfg_build(p, &p->functions.at[index], &switches);
		states = absint_run(p, &p->functions.at[index]);
		if (depth_cut(p, &p->functions.at[index], states)) {
			free(states);
			states = absint_run(p, &p->functions.at[index]);
		}
	} while (find_switches(p, &p->functions.at[index], states, &switches));
	note_labels(p, &switches);
	list_free(&switches.list);
	annotate(p, index, states);
	free(states);
}

/* --- the program --- */

static void link_callee(const struct program *p, struct block *b)
{
	u32 callee = p->function_at[insn_index(p, b->target)];

	if (callee != NONE && p->functions.at[callee].is_lifted)
		b->callee = callee;
	else if (b->kind == END_TAIL)
		b->kind = END_LEAVE;
}

static void link_callees(struct program *p)
{
	for (u32 i = 0; i < p->functions.count; i++) {
		struct function *f = &p->functions.at[i];
		for (u32 b = 0; b < f->blocks.count; b++) {
			struct block *block = &f->blocks.at[b];
			if ((block->kind == END_CALL || block->kind == END_TAIL) && image_is_code(p->image, block->target))
				link_callee(p, block);
			f->has_indirect_tail |= block->kind == END_TAIL_INDIRECT;
		}
	}
}

/* After calls that never return were cut, some blocks are not reached. */
static void drop_unreached(struct function *f)
{
	u32 *new_index = xcalloc(f->blocks.count, sizeof *new_index);
	struct bitset reached = bitset_new(f->blocks.count);
	LIST(u32) queue = { 0 };
	u32 kept = 0;

	bitset_add(&reached, 0);
	list_push(&queue, 0);
	while (queue.count) {
		const struct block *b = &f->blocks.at[queue.at[--queue.count]];
		for (u32 e = 0; e < block_nways(b); e++) {
			u32 to = block_way(b, e);
			if (to != NONE && bitset_add(&reached, to))
				list_push(&queue, to);
		}
	}
	for (u32 b = 0; b < f->blocks.count; b++)
		if (bitset_has(&reached, b)) {
			new_index[b] = kept;
			f->blocks.at[kept++] = f->blocks.at[b];
		}
	f->blocks.count = kept;
	for (u32 b = 0; b < kept; b++) {
		struct block *block = &f->blocks.at[b];
		u32 n = block->kind == END_SWITCH ? block->switch_table.count : 0;
		if (block->pad != NONE)
			block->pad = new_index[block->pad];
		for (u32 e = 0; e < 2; e++)
			if (block->succ[e] != NONE)
				block->succ[e] = new_index[block->succ[e]];
		for (u32 e = 0; e < n; e++)
			if (block->switch_targets[e] != NONE)
				block->switch_targets[e] = new_index[block->switch_targets[e]];
	}
	free(new_index);
	free(reached.words);
	list_free(&queue);
}

/* One line for each unknown instruction that lifted code can reach. */
static void report_unknown(struct program *p)
{
	enum { SHOWN = 10 };

	for (u32 i = 0; i < p->functions.count; i++) {
		const struct function *f = &p->functions.at[i];
		for (u32 b = 0; b < f->blocks.count; b++) {
			const struct block *block = &f->blocks.at[b];
			if (block->first == block->end || p->insn_state[block->end - 1] != INSN_UNDEFINED)
				continue;
			p->insn_state[block->end - 1] = INSN_REPORTED;
			if (p->insns[block->end - 1].word && p->stats.unknown++ < SHOWN)
				diag_warning("%s: unknown instruction %08x at %#llx in %s; it raises SIGILL when executed", p->image->name,
					     p->insns[block->end - 1].word, (unsigned long long)insn_va(p, block->end - 1), f->name);
		}
	}
	if (p->stats.unknown > SHOWN)
		diag_warning("%s: %u unknown instructions in all", p->image->name, p->stats.unknown);
}

/* Does it return with more popped than it pushed?  Then it is a label in the
 * middle of a function. */
static bool pops_a_frame(struct program *p, const struct function *f)
{
	struct state *states = absint_run(p, f);
	bool pops = false;

	for (u32 b = 0; b < f->blocks.count && !pops; b++) {
		const struct block *block = &f->blocks.at[b];
		if (block->kind != END_RETURN || !states[b].is_reached)
			continue;
		struct state s = absint_block(p, block, &states[b], NULL);
		pops = s.reg[REG_SP].kind == VAL_SP && (s64)s.reg[REG_SP].k > 0;
	}
	free(states);
	return pops;
}

/* Explores all functions from `first` on, then what may be one: taken for one
 * where it is not, a label would cut its function in two. */
static void explore_from(struct program *p, u32 first)
{
	for (;;) {
		while (first < p->functions.count)
			explore(p, first++);
		if (!p->candidates.count)
			return;
		u64 va = p->candidates.at[--p->candidates.count];
		u32 i = insn_index(p, va);
		if (p->function_at[i] != NONE)
			p->functions.at[p->function_at[i]].is_address_taken = true;
		else if (program_insn(p, i) && bitset_add(&p->labels, i)) {     /* else it is data */
			take_function(p, va);
			explore(p, first);
			if (pops_a_frame(p, &p->functions.at[first])) {
				p->functions.at[first].is_lifted = false;
				p->function_at[i] = NONE;
			}
			first++;
		}
	}
}

static u32 count_ends(const struct function *f, enum block_end kind)
{
	u32 n = 0;

	for (u32 b = 0; b < f->blocks.count; b++)
		n += f->blocks.at[b].kind == kind;
	return n;
}

static bool calls_noreturn(const struct function *f)
{
	for (u32 b = 0; b < f->blocks.count; b++)
		if (f->blocks.at[b].is_noreturn)
			return true;
	return false;
}

/* Behind a call that never comes back control seemed to go on, and spoiled
 * what was known of registers at a jump.  What never returns has no jump of
 * that kind itself, so it stays as it is.  True if something was found. */
static bool explore_again(struct program *p)
{
	u32 before = p->functions.count;
	bool found = false;

	for (u32 i = 0; i < before; i++) {
		u32 lost = count_ends(&p->functions.at[i], END_TAIL_INDIRECT);
		if (!lost || !calls_noreturn(&p->functions.at[i]))
			continue;
		explore(p, i);
		found |= count_ends(&p->functions.at[i], END_TAIL_INDIRECT) < lost;
	}
	explore_from(p, before);
	return found || p->functions.count > before;
}

void discover(struct program *p, const struct image *img)
{
	*p = (struct program){ .image = img, .ninsns = (img->text_hi - img->text_lo) / 4 };
	p->insns = xcalloc(p->ninsns + 1, sizeof *p->insns);
	p->insn_state = xcalloc(p->ninsns + 1, 1);
	p->insn_state[p->ninsns] = INSN_UNDEFINED;
	p->function_at = xcalloc(p->ninsns + 1, sizeof *p->function_at);
	memset(p->function_at, 0xff, (p->ninsns + 1) * sizeof *p->function_at);

	p->labels = bitset_new(p->ninsns);
	p->kept = bitset_new(p->ninsns);
	for (u32 i = 0; i < img->pads.count; i++)
		bitset_add(&p->labels, insn_index(p, img->pads.at[i].pad));
	u32 entry = program_function(p, img->entry);
	p->functions.at[entry].is_address_taken = true;
	scan_data(p);
	explore_from(p, 0);
	struct operations ops = { 0 };
	u32 known = p->functions.count;
	if (operations_take(p, &ops)) {
		explore_from(p, known);
		known = p->functions.count;
		operations_take_beside(p, &ops);
		explore_from(p, known);
	}
	list_free(&ops);
	do {
		link_callees(p);
		find_never_returning(p);
	} while (explore_again(p));
	link_callees(p);
	find_never_returning(p);
	for (u32 i = 0; i < p->functions.count; i++)
		drop_unreached(&p->functions.at[i]);
	expect_comebacks(p);
	gaps_take(p);
	judge_functions(p);
	spread_indirect_tails(p);
	report_unknown(p);
}

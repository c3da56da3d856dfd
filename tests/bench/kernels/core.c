/* SPDX-License-Identifier: MIT */
/*
 * The mix that embedded cores are measured by, written anew: a linked list
 * that is searched, reversed and merge-sorted; small integer matrices; a state
 * machine that tells numbers in a text; a bitwise CRC-16 over all results.
 */
#include "kernel.h"

enum { NODES = 256, ORDER = 24, TEXT = 1024 };

struct node {
	struct node *next;
	s32 value, index;
};

static struct node nodes[NODES];
static int16_t m1[ORDER][ORDER], m2[ORDER][ORDER];
static s32 product[ORDER][ORDER];
static char text[TEXT];

static u16 crc16(u16 crc, u32 value, int bits)
{
	for (int i = 0; i < bits; i++) {
		u32 carry = (crc ^ value >> i) & 1;

		crc = crc >> 1 ^ (carry ? 0xa001 : 0);
	}
	return crc;
}

static struct node *reverse(struct node *list)
{
	struct node *done = NULL;

	while (list) {
		struct node *next = list->next;

		list->next = done;
		done = list;
		list = next;
	}
	return done;
}

static const struct node *find(const struct node *list, s32 value)
{
	while (list && list->value != value)
		list = list->next;
	return list;
}

static int by_value(const struct node *a, const struct node *b) { return a->value - b->value; }
static int by_index(const struct node *a, const struct node *b) { return a->index - b->index; }

static struct node *merge_sort(struct node *list, int (*order)(const struct node *, const struct node *))
{
	if (!list || !list->next)
		return list;

	struct node *slow = list, *out, **tail = &out;
	for (struct node *fast = list->next; fast && fast->next; fast = fast->next->next)
		slow = slow->next;

	struct node *b = slow->next;
	slow->next = NULL;
	struct node *a = merge_sort(list, order);
	b = merge_sort(b, order);
	while (a && b) {
		struct node **less = order(a, b) <= 0 ? &a : &b;

		*tail = *less;
		tail = &(*less)->next;
		*less = *tail;
	}
	*tail = a ? a : b;
	return out;
}

static u16 list_work(u16 crc, u64 *seed)
{
	struct node *list = NULL;

	for (int i = 0; i < NODES; i++) {
		nodes[i] = (struct node){ list, random_u32(seed) & 1023, i };
		list = &nodes[i];
	}
	for (s32 v = 0; v < 32; v++) {
		const struct node *hit = find(list, v * 31);

		crc = crc16(crc, hit ? hit->index : 0xffff, 16);
		list = reverse(list);
	}
	list = merge_sort(list, by_value);
	crc = crc16(crc, list->value, 16);
	list = merge_sort(list, by_index);
	return crc16(crc, list->value, 16);
}

static u16 matrix_work(u16 crc, u64 *seed)
{
	s32 trace = 0;

	for (int i = 0; i < ORDER; i++) {
		for (int k = 0; k < ORDER; k++) {
			m1[i][k] = random_u32(seed) & 255;
			m2[i][k] = random_u32(seed) & 255;
		}
	}
	for (int i = 0; i < ORDER; i++) {
		for (int k = 0; k < ORDER; k++) {
			s32 sum = 0;

			for (int j = 0; j < ORDER; j++)
				sum += m1[i][j] * m2[j][k];
			product[i][k] = sum;
		}
	}
	for (int i = 0; i < ORDER; i++)
		trace += product[i][i] >> 2 & 0xfff;
	return crc16(crc, trace, 16);
}

enum state { BEGIN, SIGN, INTEGER, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, SCIENTIFIC, BAD, STATES };

/* Scans one comma-separated field and says in which state it ended. */
static enum state scan(const char **at, u32 *transitions)
{
	enum state state = BEGIN;
	const char *p = *at;

	for (; *p && *p != ','; p++) {
		int digit = *p >= '0' && *p <= '9';
		enum state next = BAD;

		switch (state) {
		case BEGIN: next = digit ? INTEGER : *p == '-' || *p == '+' ? SIGN : *p == '.' ? POINT : BAD; break;
		case SIGN: next = digit ? INTEGER : *p == '.' ? POINT : BAD; break;
		case INTEGER: next = digit ? INTEGER : *p == '.' ? FRACTION : *p == 'e' ? EXPONENT : BAD; break;
		case POINT: next = digit ? FRACTION : BAD; break;
		case FRACTION: next = digit ? FRACTION : *p == 'e' ? EXPONENT : BAD; break;
		case EXPONENT: next = digit ? SCIENTIFIC : *p == '-' || *p == '+' ? EXPONENT_SIGN : BAD; break;
		case EXPONENT_SIGN: next = digit ? SCIENTIFIC : BAD; break;
		case SCIENTIFIC: next = digit ? SCIENTIFIC : BAD; break;
		case BAD: case STATES: break;
		}
		transitions[state]++;
		state = next;
		if (state == BAD) {
			while (*p && *p != ',')
				p++;
			break;
		}
	}
	*at = *p ? p + 1 : p;
	return state;
}

static u16 state_work(u16 crc, u64 *seed)
{
	static const char alphabet[] = "0123456789012345.e-+,,,x";
	u32 ended[STATES] = { 0 }, transitions[STATES] = { 0 };

	for (int i = 0; i < TEXT - 1; i++)
		text[i] = alphabet[random_u32(seed) % (sizeof alphabet - 1)];
	for (const char *p = text; *p;)
		ended[scan(&p, transitions)]++;
	for (int i = 0; i < STATES; i++)
		crc = crc16(crc16(crc, ended[i], 16), transitions[i], 16);
	return crc;
}

static u64 run(unsigned n)
{
	u64 seed = 2009;
	u16 crc = 0;

	for (unsigned i = 0; i < n; i++) {
		crc = list_work(crc, &seed);
		crc = matrix_work(crc, &seed);
		crc = state_work(crc, &seed);
	}
	return mix(n, crc);
}

KERNEL("core", 80)

/* SPDX-License-Identifier: MIT */
/*
 * Evaluates the C integer expressions of the constraint column, in 64 bits.
 *
 * Values are three-valued: a constraint over variants and other fields is
 * "unknown" for a variant combination unless the variants alone decide it.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gen.h"

struct parser {
	const char *at;
	const struct scope *scope;
	const char *error;
};

static const struct value unknown = {false, 0};

static struct value known(int64_t v)
{
	return (struct value){true, v};
}

static void skip_space(struct parser *p)
{
	while (isspace((unsigned char)*p->at))
		p->at++;
}

static bool accept(struct parser *p, const char *token)
{
	skip_space(p);
	size_t n = strlen(token);
	if (strncmp(p->at, token, n))
		return false;
	p->at += n;
	return true;
}

static struct value ternary(struct parser *p);

static struct value call(struct parser *p)
{
	if (!accept(p, ")")) {
		do
			ternary(p);
		while (accept(p, ","));
		if (!accept(p, ")"))
			p->error = "expected ) after arguments";
	}
	return unknown;
}

static struct value primary(struct parser *p)
{
	if (accept(p, "(")) {
		struct value v = ternary(p);
		if (!accept(p, ")"))
			p->error = "expected )";
		return v;
	}
	skip_space(p);
	if (isdigit((unsigned char)*p->at)) {
		char *end;
		int64_t v = (int64_t)strtoull(p->at, &end, 0);
		p->at = end;
		return known(v);
	}
	if (isalpha((unsigned char)*p->at) || *p->at == '_') {
		const char *name = p->at;
		while (isalnum((unsigned char)*p->at) || *p->at == '_')
			p->at++;
		size_t len = (size_t)(p->at - name);
		if (accept(p, "("))
			return call(p);
		int64_t v;
		return p->scope->lookup(p->scope, name, len, &v) ? known(v) : unknown;
	}
	p->error = "expected a value";
	p->at += *p->at != 0;
	return unknown;
}

static struct value unary(struct parser *p)
{
	skip_space(p);
	char op = *p->at;
	if (op != '!' && op != '~' && op != '-')
		return primary(p);
	p->at++;
	struct value v = unary(p);
	v.v = op == '!' ? !v.v : op == '~' ? ~v.v : -v.v;
	return v;
}

/* Binary operators by rising precedence; longer tokens before their prefixes. */
static const struct level {
	const char *ops[5];
} levels[] = {
	{{"||"}}, {{"&&"}}, {{"|"}}, {{"^"}}, {{"&"}}, {{"==", "!="}},
	{{"<=", ">=", "<", ">"}}, {{"<<", ">>"}}, {{"+", "-"}}, {{"*", "/", "%"}},
};
enum { NLEVELS = sizeof levels / sizeof levels[0] };

static const char *operator_at(struct parser *p, u32 level)
{
	skip_space(p);
	const char *s = p->at;
	for (const char *const *op = levels[level].ops; *op; op++) {
		size_t n = strlen(*op);
		if (strncmp(s, *op, n))
			continue;
		/* not the first character of a longer operator */
		if (n == 1 && strchr("|&", s[0]) && s[1] == s[0])
			continue;
		if (n == 1 && strchr("<>", s[0]) && s[1] == s[0])
			continue;
		p->at += n;
		return *op;
	}
	return NULL;
}

static struct value apply(const char *op, struct value a, struct value b)
{
	if (!strcmp(op, "||") && ((a.known && a.v) || (b.known && b.v)))
		return known(1);
	if (!strcmp(op, "&&") && ((a.known && !a.v) || (b.known && !b.v)))
		return known(0);
	if (!a.known || !b.known)
		return unknown;
	switch (op[0]) {
	case '|': return known(op[1] ? a.v || b.v : a.v | b.v);
	case '&': return known(op[1] ? a.v && b.v : a.v & b.v);
	case '^': return known(a.v ^ b.v);
	case '=': return known(a.v == b.v);
	case '!': return known(a.v != b.v);
	case '<': return known(op[1] == '<' ? a.v << b.v : op[1] ? a.v <= b.v : a.v < b.v);
	case '>': return known(op[1] == '>' ? a.v >> b.v : op[1] ? a.v >= b.v : a.v > b.v);
	case '+': return known(a.v + b.v);
	case '-': return known(a.v - b.v);
	case '*': return known(a.v * b.v);
	case '/': return b.v ? known(a.v / b.v) : unknown;
	}
	return b.v ? known(a.v % b.v) : unknown;
}

static struct value binary(struct parser *p, u32 level)
{
	if (level == NLEVELS)
		return unary(p);
	struct value a = binary(p, level + 1);
	for (const char *op; (op = operator_at(p, level));) {
		struct value b = binary(p, level + 1);
		a = apply(op, a, b);
	}
	return a;
}

static struct value ternary(struct parser *p)
{
	struct value c = binary(p, 0);
	if (!accept(p, "?"))
		return c;
	struct value a = ternary(p);
	if (!accept(p, ":"))
		p->error = "expected :";
	struct value b = ternary(p);
	return !c.known ? unknown : c.v ? a : b;
}

bool expr_eval(const char *text, const struct scope *scope, struct value *out, const char **error)
{
	struct parser p = {text, scope, NULL};

	*out = ternary(&p);
	skip_space(&p);
	if (!p.error && *p.at)
		p.error = "unexpected text after the expression";
	*error = p.error;
	return !p.error;
}

static bool lookup_word(const struct scope *s, const char *name, size_t len, int64_t *out)
{
	u32 i;
	if (!is_field(s->row, name, len, &i))
		return false;
	const struct field *f = &s->row->fields[i];
	*out = (int64_t)(s->bits >> f->lo & ((1ull << f->width) - 1));
	return true;
}

static bool lookup_combo(const struct scope *s, const char *name, size_t len, int64_t *out)
{
	u32 i;
	if (!is_field(s->row, name, len, &i))
		return false;
	for (u32 k = 0; k < s->row->nvariants; k++)
		if (s->row->variants[k] == i) {
			*out = combo_value(s->row, (u32)s->bits, k);
			return true;
		}
	return false;
}

struct scope scope_of_word(const struct row *r, u32 word)
{
	return (struct scope){lookup_word, r, word};
}

struct scope scope_of_combo(const struct row *r, u32 combo)
{
	return (struct scope){lookup_combo, r, combo};
}

/* Combinations count like a number whose first digit is the first variant. */
u32 combo_value(const struct row *r, u32 combo, u32 variant)
{
	for (u32 k = r->nvariants - 1; k > variant; k--)
		combo >>= r->fields[r->variants[k]].width;
	return combo & ((1u << r->fields[r->variants[variant]].width) - 1);
}

/* SPDX-License-Identifier: MIT */
/*
 * calls --seed N --output FILE [--float]: a random C program of functions that
 * call each other, with everything that travels between them: arguments and
 * results of all classes, pointers to functions, setjmp and longjmp, computed
 * gotos, variable arguments, alloca, assembly that clobbers registers.  Its
 * output is a hash of what it computed.  Takes csmith's options (csmith.sh).
 *
 * --float also puts locals in memory and uses longjmp.  Strings are never
 * freed: the program ends soon.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum type { INT, LONG, UCHAR, SHORT, DOUBLE, FLOAT, I128, TWO, HFA, BIG, V4SI, V2DF, UINT, POINTER, TYPES };
static const struct {
	const char *name;
	int weight;            /* how often it is chosen */
	const char *from;      /* made of the expression %1$s, a long */
	const char *to;        /* made a long */
} types[] = {
	[INT] = {"int", 6, "(int)(%1$s)", "(long)%1$s"},
	[LONG] = {"long", 6, "(long)(%1$s)", "%1$s"},
	[UCHAR] = {"unsigned char", 2, "(unsigned char)(%1$s)", "(long)%1$s"},
	[SHORT] = {"short", 2, "(short)(%1$s)", "(long)%1$s"},
	[DOUBLE] = {"double", 4, "(double)(int)(%1$s) * 0.25", "real(%1$s)"},
	[FLOAT] = {"float", 2, "(float)(short)(%1$s) * 0.5f", "real(%1$s)"},
	[I128] = {"__int128", 1, "((__int128)(%1$s) << 40 ^ (%1$s))", "((long)(%1$s >> 33) + (long)%1$s)"},
	[TWO] = {"struct two", 2, "(struct two){(%1$s), 3}", "(%1$s.a ^ %1$s.b)"},
	[HFA] = {"struct hfa", 2, "(struct hfa){(int)(%1$s), 2, 0.5}", "real(%1$s.x + %1$s.y)"},
	[BIG] = {"struct big", 1, "(struct big){{(%1$s), 1, 2, 3, (%1$s) ^ 5}}", "(%1$s.a[0] + %1$s.a[4])"},
	[V4SI] = {"v4si", 1, "(v4si){(int)(%1$s), 2, 3, (int)(%1$s) + 1}", "(long)(%1$s[0] ^ %1$s[3])"},
	[V2DF] = {"v2df", 1, "(v2df){(short)(%1$s), 1.5}", "real(%1$s[0])"},
	[UINT] = {"unsigned", 2, "(unsigned)(%1$s)", "(long)%1$s"},
	[POINTER] = {"char *", 1, "((char *)mem + ((%1$s) & 31))", "(%1$s - (char *)mem)"},
};
static const enum type scalars[] = {INT, LONG, UCHAR, SHORT, DOUBLE, FLOAT, UINT, I128};

static const char prologue[] =
	"#include <alloca.h>\n#include <setjmp.h>\n#include <stdarg.h>\n#include <stdio.h>\n#include <string.h>\n"
	"struct two { long a, b; };\nstruct hfa { double x, y, z; };\nstruct big { long a[5]; };\n"
	"typedef int v4si __attribute__((vector_size(16)));\ntypedef double v2df __attribute__((vector_size(16)));\n"
	"static unsigned long hash = 1;\nstatic int fuel, top;\nstatic long mem[64];\nstatic double dmem[16];\n"
	"static jmp_buf jumps[9];\n#define NOINLINE __attribute__((noinline))\n"
	/* no jump into a frame that is gone */
	"#define LEAVE(...) do { top = caller; return __VA_ARGS__; } while (0)\n"
	"static void h(unsigned long x) { hash = (hash ^ x) * 0x9E3779B97F4A7C15ul; hash ^= hash >> 29; }\n"
	"static void hd(double d) { unsigned long u; memcpy(&u, &d, 8); h(u); }\n"
	"static long real(double d) { return d > 1e9 || d < -1e9 || d != d ? 3 : (long)(d * 8); }\n"
	"static NOINLINE int divided(int a, int b) { return b ? a / b : 7; }\n"
	"static NOINLINE void jump(int v) { if (top > 0) longjmp(jumps[--top], v); }\n"
	"static NOINLINE long various(int n, ...)\n{\n\tva_list ap;\n\tlong r = 0;\n\tva_start(ap, n);\n"
	"\tfor (int i = 0; i < n; i++)\n\t\tr = i % 3 == 2 ? r + (long)(va_arg(ap, double) * 16) :\n"
	"\t\t    i % 3 ? r ^ va_arg(ap, int) : r + va_arg(ap, long) * 3;\n\tva_end(ap);\n\treturn r;\n}\n";

static const char *const clobbers[] = {"x5", "x9", "x15", "x19", "x20", "x21", "x23", "x25", "x27", "x28",
	"v8", "v9", "v12", "v15", "v20", "cc"};

enum { MAX_FUNCTIONS = 22, MAX_PARAMS = 10, MAX_VALUES = 20 };
struct function {
	enum type result, params[MAX_PARAMS];
	int nparams;
	bool noinline_;
	int table, table_size; /* of pointers to functions of its signature; -1: none */
};
struct value { enum type type; const char *name; };

static struct function functions[MAX_FUNCTIONS];
static int nfunctions;
static bool has_jumps;
static FILE *out;

/* of the function being written */
static struct value values[MAX_VALUES];
static int nvalues, first_local, labels;
static enum type result;

static unsigned long state;

static int below(int n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (int)((state * 0x2545f4914f6cdd1d >> 33) % (unsigned long)n);
}

static int within(int low, int high) { return low + below(high - low + 1); }
static bool chance(int percent) { return below(100) < percent; }

__attribute__((format(printf, 1, 2))) static const char *text(const char *format, ...)
{
	char *s;
	va_list ap;

	va_start(ap, format);
	if (vasprintf(&s, format, ap) < 0)
		abort();
	va_end(ap);
	return s;
}

static const char *from_long(enum type t, const char *e)
{
	char *s;

	if (asprintf(&s, types[t].from, e) < 0)
		abort();
	return s;
}

static const char *to_long(struct value v)
{
	char *s;

	if (asprintf(&s, types[v.type].to, v.name) < 0)
		abort();
	return s;
}

static enum type any_type(void)
{
	int sum = 0, n;

	for (int t = 0; t < TYPES; t++)
		sum += types[t].weight;
	n = below(sum);
	for (int t = 0;; t++)
		if ((n -= types[t].weight) < 0)
			return t;
}

static struct value any_value(void) { return values[below(nvalues)]; }
static struct value any_local(void) { return values[first_local + below(nvalues - first_local)]; }

/* An expression of type long. */
static const char *expression(void)
{
	const char *e = to_long(any_value());

	switch (below(20)) {
	case 0: case 1: case 2: case 3: return text("(%s + %d)", e, within(-50, 500));
	case 4: case 5: case 6: case 7: return text("(%s %c %s)", e, "+-^|&*"[below(6)], to_long(any_value()));
	case 8: case 9: return text("(%s >> %d)", e, within(1, 9));
	case 10: return text("divided(%s, %d)", e, within(-3, 3));
	}
	return text("(%s)", e);
}

static const char *call_of(int callee)
{
	const struct function *f = &functions[callee];
	const char *args = "depth - 1";

	for (int i = 0; i < f->nparams; i++)
		args = text("%s, %s", args, from_long(f->params[i], expression()));
	if (f->table >= 0 && chance(50))
		return text("table%d[(unsigned)%s %% %d](%s)", f->table, expression(), f->table_size, args);
	return text("f%d(%s)", callee, args);
}

static const char *statement(int depth);

static const char *block(int depth)
{
	const char *s = "";

	for (int n = within(1, 3); n; n--)
		s = text("%s%s ", s, statement(depth));
	return text("{ %s}", s);
}

static const char *call_statement(int label)
{
	int callee = below(nfunctions);
	struct value r = {functions[callee].result, text("c%d", label)}, to = any_local();
	const char *keep = chance(60) ? text(" %s = %s;", to.name, from_long(to.type, to_long(r))) : "";

	return text("{ %s %s = %s; h(%s);%s }", types[r.type].name, r.name, call_of(callee), to_long(r), keep);
}

static const char *switch_statement(int depth)
{
	int n = within(4, 9);
	const char *s = text("switch ((unsigned)%s %% %d) {", expression(), n + below(3));

	for (int i = 0; i < n; i++)
		s = text("%s case %d: %s%s", s, i, statement(depth + 2), chance(80) ? " break;" : "");
	return text("%s%s }", s, chance(50) ? " default: h(77);" : "");
}

static const char *assembly(int label)
{
	const char *list = "", *code = "";
	struct value v = any_local();

	for (int n = within(1, 4), at = below(4); n; n--, at += within(1, 4)) {
		const char *c = clobbers[at % (int)(sizeof clobbers / sizeof *clobbers)];
		list = text("%s%s\"%s\"", list, *list ? ", " : "", c);
		code = c[0] == 'x' ? text("%smov %s, #%d\\n", code, c, within(1, 99)) : code;
	}
	return text("{ long a%d = %s; asm volatile(\"%sadd %%0, %%0, #1\" : \"+&r\"(a%d) :: %s); %s = %s; }", label, expression(), code,
	            label, list, v.name, from_long(v.type, text("a%d", label)));
}

static const char *various(void)
{
	int n = within(1, 10);
	const char *s = text("h(various(%d", n);

	for (int i = 0; i < n; i++)
		s = text("%s, %s%s", s, i % 3 == 2 ? "(double)(int)" : i % 3 ? "(int)" : "(long)", expression());
	return text("%s));", s);
}

static const char *jumping(int label, int depth)
{
	if (chance(40))
		return text("if ((%s & 7) == %d) jump(%d);", expression(), below(8), within(1, 99));
	return text("if (top < 8) { int s%1$d = setjmp(jumps[top]); if (!s%1$d) { int t%1$d = ++top; %2$s if (top == t%1$d) top--; } "
	            "else { h(s%1$d); %3$s } }", label, block(depth + 1), statement(depth + 2));
}

static const char *statement(int depth)
{
	int kind = below(depth > 2 ? 60 : 100), l = labels++;
	struct value v = any_local();

	if (kind < 25)
		return text("%s = %s;", v.name, from_long(v.type, expression()));
	if (kind < 45)
		return call_statement(l);
	if (kind < 50)
		return text("h(%s);", expression());
	if (kind < 55)
		return v.type == DOUBLE || v.type == FLOAT ? text("hd(%s * dmem[%d]);", v.name, below(16)) :
		                                             text("dmem[%d] += (int)%s;", below(16), expression());
	if (kind < 60)
		return text("mem[%d] = %s;", below(64), expression());
	if (kind < 72) {
		static const char *const relations[] = {"<", ">", "==", "!=", "<=", ">="};
		const char *s = text("if (%s %s %s) %s", expression(), relations[below(6)], expression(), block(depth + 1));
		return chance(50) ? text("%s else %s", s, block(depth + 1)) : s;
	}
	if (kind < 80)
		return text("for (int i%1$d = 0; i%1$d < %2$d; i%1$d++) { %3$s h(i%1$d); }", l, within(1, 4), block(depth + 1));
	if (kind < 86)
		return switch_statement(depth);
	if (kind < 90)
		return assembly(l);
	if (kind < 93)
		return various();
	if (kind < 95)
		return text("{ long *m%1$d = alloca(8 * (1 + (%2$s & 15))); *m%1$d = %3$s; mem[%4$d] += *m%1$d; %5$s h(*m%1$d); }", l,
		            expression(), expression(), below(64), statement(depth + 2));
	if (kind < 97)
		return text("{ static void *const q%1$d[] = {&&z%1$d, &&y%1$d, &&w%1$d}; goto *q%1$d[(unsigned)%2$s %% 3]; "
		            "z%1$d: %3$s y%1$d: %4$s w%1$d: h(%1$d); }", l, expression(), statement(depth + 2), statement(depth + 2));
	if (kind < 98)
		return text("if ((%s & 15) == %d) LEAVE(%s);", expression(), below(16), from_long(result, expression()));
	return has_jumps ? jumping(l, depth) : text("h(%d);", l);
}

static const char *signature(int f, const char *name)
{
	const char *s = text("%s %s(int depth", types[functions[f].result].name, name);

	for (int i = 0; i < functions[f].nparams; i++)
		s = text("%s, %s p%d", s, types[functions[f].params[i]].name, i);
	return text("%s)", s);
}

static void locals(const struct function *f)
{
	nvalues = 0;
	for (int i = 0; i < f->nparams; i++)
		values[nvalues++] = (struct value){f->params[i], text("p%d", i)};
	first_local = nvalues;
	for (int i = 0, n = within(2, 6); i < n; i++) {
		struct value v = {scalars[below(8)], text("l%d", i)};
		const char *e = first_local && chance(60) ? to_long(values[below(first_local)]) : chance(50) ? text("%d", within(-9, 99)) :
		                chance(50) ? "depth" : text("mem[%d]", below(64));
		/* what longjmp leaves of the others is not defined */
		fprintf(out, "\t%s%s %s = %s;\n", has_jumps ? "volatile " : "", types[v.type].name, v.name, from_long(v.type, e));
		values[nvalues++] = v;
	}
}

static void write_function(int i)
{
	const struct function *f = &functions[i];

	fprintf(out, "static %s%s\n{\n", f->noinline_ ? "NOINLINE " : "", signature(i, text("f%d", i)));
	result = f->result;
	locals(f);
	fprintf(out, "\tint caller = top;\n\n\tif (depth <= 0 || --fuel < 0)\n\t\treturn %s;\n", from_long(result, expression()));
	for (int n = within(2, 6); n; n--)
		fprintf(out, "\t%s\n", statement(0));
	int callee = below(nfunctions);
	if (functions[callee].result == result && chance(70))
		fprintf(out, "\tLEAVE(%s);\n}\n", call_of(callee));
	else
		fprintf(out, "\tLEAVE(%s);\n}\n", from_long(result, expression()));
}

static bool same_signature(const struct function *a, const struct function *b)
{
	return a->result == b->result && a->nparams == b->nparams && !memcmp(a->params, b->params, (size_t)a->nparams * sizeof *a->params);
}

static void choose_functions(void)
{
	static const int counts[] = {0, 1, 1, 2, 2, 3, 4, 5, 8, 10};

	nfunctions = within(8, MAX_FUNCTIONS);
	for (int i = 0; i < nfunctions; i++) {
		struct function *f = &functions[i];
		if (i && chance(40)) {
			*f = functions[below(i)];
		} else {
			f->result = any_type();
			f->nparams = counts[below(10)];
			for (int k = 0; k < f->nparams; k++)
				f->params[k] = any_type();
		}
		f->noinline_ = chance(60);
		f->table = -1;
	}
}

static void write_tables(void)
{
	for (int i = 0, table = 0; i < nfunctions; i++) {
		const char *list = "";
		int size = 0;
		if (functions[i].table >= 0)
			continue;
		for (int k = i; k < nfunctions; k++)
			if (same_signature(&functions[i], &functions[k])) {
				list = text("%s%sf%d", list, size++ ? ", " : "", k);
				functions[k].table = table;
			}
		for (int k = i; k < nfunctions; k++)
			if (functions[k].table == table)
				functions[k].table_size = size;
		const char *kind = chance(50) ? "volatile" : "const";
		fprintf(out, "static %s = {%s};\n", signature(i, text("(*%s table%d[])", kind, table++)), list);
	}
}

static void write_main(void)
{
	fputs("int main(void)\n{\n\tfor (int i = 0; i < 64; i++)\n\t\tmem[i] = i * 77 - 500;\n"
	      "\tfor (int i = 0; i < 16; i++)\n\t\tdmem[i] = i * .75 - 3;\n", out);
	for (int n = 0; n < 12; n++) {
		int i = below(nfunctions);
		struct value r = {functions[i].result, "r"};
		fprintf(out, "\tfuel = 600, top = 0;\n\t%s{\n\t\t%s r = f%d(%d", has_jumps ? "if (!setjmp(jumps[top++])) " : "",
		        types[r.type].name, i, within(2, 6));
		for (int k = 0; k < functions[i].nparams; k++)
			fprintf(out, ", %s", from_long(functions[i].params[k], text("%d", within(-1000, 1000))));
		fprintf(out, ");\n\t\th(%s);\n\t}\n\tprintf(\"%d %%lx\\n\", hash);\n", to_long(r), n);
	}
	fputs("\tfor (int i = 0; i < 64; i++)\n\t\th(mem[i]);\n\tprintf(\"%lx\\n\", hash);\n\treturn hash & 63;\n}\n", out);
}

int main(int argc, char **argv)
{
	const char *path = NULL;

	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--seed") && argv[i + 1])
			state = strtoul(argv[++i], NULL, 0) * 0x9e3779b97f4a7c15 + 1;
		else if (!strcmp(argv[i], "--output") && argv[i + 1])
			path = argv[++i];
		else if (!strcmp(argv[i], "--float"))
			has_jumps = true;
	if (!state || !path || !(out = fopen(path, "w"))) {
		fputs("usage: calls --seed N --output FILE [--float]\n", stderr);
		return 2;
	}
	choose_functions();
	fputs(prologue, out);
	for (int i = 0; i < nfunctions; i++)
		fprintf(out, "static %s;\n", signature(i, text("f%d", i)));
	write_tables();
	for (int i = 0; i < nfunctions; i++)
		write_function(i);
	write_main();
	return fclose(out) != 0;
}

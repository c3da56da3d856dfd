/* SPDX-License-Identifier: MIT */
/*
 * Five bodies under gravity, semi-implicit Euler steps: scalar double
 * precision with divisions and square roots.
 */
#include "kernel.h"
#include <math.h>

enum { BODIES = 5 };

struct body {
	double x, y, z, vx, vy, vz, mass;
};

/* Round figures for Sun, Jupiter, Saturn, Uranus, Neptune; units of AU, year / 2 pi. */
static const struct body start[BODIES] = {
	{ 0, 0, 0, 0, 0, 0, 1 },
	{ 4.84, -1.16, -0.10, 0.096, 0.448, -0.004, 9.55e-4 },
	{ 8.34, 4.12, -0.40, -0.161, 0.290, 0.001, 2.86e-4 },
	{ 12.89, -15.11, -0.22, 0.173, 0.138, -0.002, 4.37e-5 },
	{ 15.38, -25.92, 0.18, 0.156, 0.094, -0.006, 5.15e-5 },
};

static void step(struct body *b, double dt)
{
	for (int i = 0; i < BODIES; i++) {
		for (int k = i + 1; k < BODIES; k++) {
			double dx = b[i].x - b[k].x, dy = b[i].y - b[k].y, dz = b[i].z - b[k].z;
			double d2 = dx * dx + dy * dy + dz * dz;
			double pull = dt / (d2 * sqrt(d2));

			b[i].vx -= dx * b[k].mass * pull;
			b[i].vy -= dy * b[k].mass * pull;
			b[i].vz -= dz * b[k].mass * pull;
			b[k].vx += dx * b[i].mass * pull;
			b[k].vy += dy * b[i].mass * pull;
			b[k].vz += dz * b[i].mass * pull;
		}
	}
	for (int i = 0; i < BODIES; i++) {
		b[i].x += dt * b[i].vx;
		b[i].y += dt * b[i].vy;
		b[i].z += dt * b[i].vz;
	}
}

static u64 run(unsigned n)
{
	static struct body bodies[BODIES];
	u64 sum = 0;

	memcpy(bodies, start, sizeof bodies);
	for (unsigned i = 0; i < n * 1000; i++)
		step(bodies, 0.001);
	for (int i = 0; i < BODIES; i++)
		sum = mix_double(mix_double(sum, bodies[i].x), bodies[i].vy);
	return sum;
}

KERNEL("nbody", 80)

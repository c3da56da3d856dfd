/* SPDX-License-Identifier: MIT */
/*
 * A training loop of MNIST's shape: 784 inputs, 64 hidden units (ReLU), 10
 * classes (softmax), stochastic gradient descent, on images made up here.
 * Single precision; exp() is our own polynomial, so that no libm decides.
 */
#include "kernel.h"

enum { INPUTS = 28 * 28, HIDDEN = 64, CLASSES = 10, SAMPLES = 32 };

static float image[SAMPLES][INPUTS];
static u8 label[SAMPLES];
static float w1[INPUTS][HIDDEN], b1[HIDDEN], w2[HIDDEN][CLASSES], b2[CLASSES];

/* e^x for x <= 0 as (e^(x/256))^256, the inner one by its series. */
static float exponential(float x)
{
	if (x < -80)
		return 0;

	float y = x / 256;
	float e = 1 + y * (1 + y * (1.0f / 2 + y * (1.0f / 6 + y * (1.0f / 24))));

	for (int i = 0; i < 8; i++)
		e *= e;
	return e;
}

/* Each class is a bright bar at its own place, under noise. */
static void generate(u64 *seed)
{
	for (int s = 0; s < SAMPLES; s++) {
		label[s] = random_u32(seed) % CLASSES;
		for (int i = 0; i < INPUTS; i++) {
			float noise = random_unit(seed) * 0.5;

			image[s][i] = i / 28 / 2 == label[s] + 2 ? 1 - noise : noise;
		}
	}
	for (int i = 0; i < INPUTS; i++)
		for (int h = 0; h < HIDDEN; h++)
			w1[i][h] = (random_unit(seed) - 0.5) * 0.1;
	for (int h = 0; h < HIDDEN; h++)
		for (int c = 0; c < CLASSES; c++)
			w2[h][c] = (random_unit(seed) - 0.5) * 0.2;
	memset(b1, 0, sizeof b1);
	memset(b2, 0, sizeof b2);
}

static void forward(const float *x, float *hidden, float *out)
{
	memcpy(hidden, b1, sizeof b1);
	for (int i = 0; i < INPUTS; i++)
		for (int h = 0; h < HIDDEN; h++)
			hidden[h] += x[i] * w1[i][h];
	memcpy(out, b2, sizeof b2);
	for (int h = 0; h < HIDDEN; h++) {
		hidden[h] = hidden[h] > 0 ? hidden[h] : 0;
		for (int c = 0; c < CLASSES; c++)
			out[c] += hidden[h] * w2[h][c];
	}
}

static void softmax(float *out)
{
	float most = out[0], total = 0;

	for (int c = 1; c < CLASSES; c++)
		most = out[c] > most ? out[c] : most;
	for (int c = 0; c < CLASSES; c++)
		total += out[c] = exponential(out[c] - most);
	for (int c = 0; c < CLASSES; c++)
		out[c] /= total;
}

/* `out` holds the error of each class by now (softmax with cross entropy). */
static void backward(const float *x, const float *hidden, const float *out, float rate)
{
	float slope[HIDDEN];

	for (int h = 0; h < HIDDEN; h++) {
		slope[h] = 0;
		for (int c = 0; c < CLASSES; c++) {
			slope[h] += out[c] * w2[h][c];
			w2[h][c] -= rate * out[c] * hidden[h];
		}
		slope[h] = hidden[h] > 0 ? rate * slope[h] : 0;
		b1[h] -= slope[h];
	}
	for (int c = 0; c < CLASSES; c++)
		b2[c] -= rate * out[c];
	for (int i = 0; i < INPUTS; i++)
		for (int h = 0; h < HIDDEN; h++)
			w1[i][h] -= x[i] * slope[h];
}

static u64 run(unsigned n)
{
	u64 seed = 60000, sum = 0;
	float hidden[HIDDEN], out[CLASSES];

	generate(&seed);
	while (n--) {
		u32 right = 0;
		float loss = 0;

		for (int s = 0; s < SAMPLES; s++) {
			int best = 0;

			forward(image[s], hidden, out);
			softmax(out);
			for (int c = 1; c < CLASSES; c++)
				best = out[c] > out[best] ? c : best;
			right += best == label[s];
			out[label[s]] -= 1;
			loss -= out[label[s]];
			backward(image[s], hidden, out, 0.01f);
		}
		sum = mix_double(mix(sum, right), loss);
	}
	return sum;
}

KERNEL("mnist", 10)

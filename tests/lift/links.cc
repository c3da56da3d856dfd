// SPDX-License-Identifier: MIT
// C++ for links.sh: exceptions through frames with destructors, objects made before main() and thread-local ones, casts.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct Noisy {
	const char *name;
	explicit Noisy(const char *n) : name(n) { std::printf("+%s\n", name); }
	~Noisy() { std::printf("-%s\n", name); }
};
static Noisy global("global");
static thread_local Noisy local("thread");

struct Shape {
	virtual ~Shape() = default;
	virtual double area() const = 0;
};
struct Square : Shape {
	double side = 3;
	double area() const override { return side * side; }
};
struct Disc : virtual Shape {
	double area() const override { return 12.5; }
};

[[gnu::noinline]] static int deep(int n)
{
	Noisy frame(n % 2 ? "odd" : "even");
	if (n == 0)
		throw std::out_of_range("bottom");
	return deep(n - 1) + n;
}

[[gnu::noinline]] static int guarded(int n)
{
	try {
		return deep(n);
	} catch (const std::length_error &) {
		return -1;
	} catch (const std::logic_error &e) {
		std::printf("logic: %s\n", e.what());
		if (n > 2)
			throw;
		return -2;
	}
}

int main()
{
	std::vector<std::unique_ptr<Shape>> shapes;
	std::map<std::string, int> count;

	std::printf("%s\n", local.name);
	std::printf("%d\n", guarded(1));
	try {
		guarded(3);
	} catch (const std::exception &e) {
		std::printf("caught: %s\n", e.what());
	}
	try {
		throw 42;
	} catch (int i) {
		std::printf("int %d\n", i);
	}
	try {
		std::string().at(1);
	} catch (...) {
		std::printf("anything\n");
	}
	shapes.emplace_back(new Square);
	shapes.emplace_back(new Disc);
	for (auto &s : shapes)
		std::printf("%d %d\n", (int)(10 * s->area()), dynamic_cast<Disc *>(s.get()) != nullptr);
	unsigned x = 1;
	std::vector<unsigned> v;
	for (int i = 0; i < 3000; i++) {
		x = x * 1103515245 + 12345;
		v.push_back(x >> 16);
		count[std::to_string(x % 10)]++;
	}
	std::sort(v.begin(), v.end());
	for (auto &[key, n] : count)
		std::printf("%s:%d ", key.c_str(), n);
	std::printf("%u %u\n", v.front(), v.back());
	return 3;
}

/* SPDX-License-Identifier: MIT */
/* Threads of the standard library (glibc's pthreads below), with exceptions in them and from one to another. */
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace std;

static thread_local int mine = 3;
static mutex guard;

static void count_together()
{
	vector<thread> all;
	atomic<int> turns{0};
	long sum = 0;

	for (int i = 0; i < 10; i++)
		all.emplace_back([&, i] {
			mine += i;
			for (int k = 0; k < 1000; k++) {
				turns++;
				lock_guard<mutex> held(guard);
				sum += i;
				if (k % 100 == 0)
					this_thread::yield();
			}
			lock_guard<mutex> held(guard);
			sum += mine;
		});
	for (auto &t : all)
		t.join();
	cout << turns << " " << sum << " " << mine << endl;
}

static void hand_over()
{
	auto number = async(launch::async, [] { this_thread::sleep_for(chrono::milliseconds(5)); return 42; });
	cout << number.get() << endl;
	auto error = async(launch::async, []() -> int { throw runtime_error("from a thread"); });
	try {
		error.get();
	} catch (exception &e) {
		cout << e.what() << endl;
	}
	promise<string> promised;
	thread catcher([&] {
		try {
			throw 5;
		} catch (int i) {
			promised.set_value("caught " + to_string(i));
		}
	});
	cout << promised.get_future().get() << endl;
	catcher.join();
}

static void wait_for_it()
{
	condition_variable changed;
	bool ready = false;

	thread t([&] {
		this_thread::sleep_for(chrono::milliseconds(5));
		{
			lock_guard<mutex> held(guard);
			ready = true;
		}
		changed.notify_all();
	});
	unique_lock<mutex> held(guard);
	changed.wait(held, [&] { return ready; });
	cout << ready << " " << changed.wait_for(held, chrono::milliseconds(3), [] { return false; }) << endl;
	held.unlock();
	t.join();
}

int main()
{
	count_together();
	hand_over();
	wait_for_it();
	return 7;
}

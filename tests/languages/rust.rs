// SPDX-License-Identifier: MIT
// Collections, formatting, traits, iterators, a panic that is caught, unwinding through a destructor, an exit status; threads.
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex, RwLock};
use std::thread;
use std::time::Duration;

trait Shape {
    fn area(&self) -> f64;
}
struct Square(f64);
struct Circle(f64);
impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}
impl Shape for Circle {
    fn area(&self) -> f64 {
        std::f64::consts::PI * self.0 * self.0
    }
}

struct Guard(&'static str);
impl Drop for Guard {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn beyond(n: usize) -> u8 {
    let _guard = Guard("on the way");
    let bytes: Vec<u8> = (0..3).collect();
    bytes[n]
}

thread_local!(static MINE: Cell<u32> = Cell::new(1));

fn threads() {
    let (tx, rx) = mpsc::channel();
    let mut handles = vec![];
    for i in 0..8u64 {
        let tx = tx.clone();
        handles.push(thread::spawn(move || {
            MINE.with(|m| m.set(i as u32));
            for k in 0..100 {
                tx.send(i * 1000 + k).unwrap();
                if k % 10 == 0 {
                    thread::yield_now();
                }
            }
            MINE.with(|m| m.get())
        }));
    }
    drop(tx);
    let mut got: Vec<u64> = rx.iter().collect();
    got.sort();
    println!("{} {} {}", got.len(), got[0], got[got.len() - 1]);
    println!("{:?}", handles.into_iter().map(|h| h.join().unwrap()).collect::<Vec<_>>());

    let map = Arc::new(RwLock::new(HashMap::new()));
    let count = Arc::new(AtomicUsize::new(0));
    let barrier = Arc::new(Barrier::new(5));
    let hs: Vec<_> = (0..5)
        .map(|i| {
            let (map, count, barrier) = (map.clone(), count.clone(), barrier.clone());
            thread::spawn(move || {
                map.write().unwrap().insert(i, i * i);
                count.fetch_add(1, Ordering::SeqCst);
                barrier.wait();
                map.read().unwrap().values().sum::<i32>()
            })
        })
        .collect();
    for h in hs {
        println!("sum {}", h.join().unwrap());
    }
    println!("count {}", count.load(Ordering::SeqCst));

    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let p2 = pair.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        *p2.0.lock().unwrap() = true;
        p2.1.notify_one();
    });
    let mut ok = pair.0.lock().unwrap();
    while !*ok {
        ok = pair.1.wait(ok).unwrap();
    }
    let (guard, timeout) = pair.1.wait_timeout(ok, Duration::from_millis(5)).unwrap();
    println!("{} {}", *guard, timeout.timed_out());

    let mut data = vec![1, 2, 3, 4, 5, 6];
    thread::scope(|s| {
        for chunk in data.chunks_mut(2) {
            s.spawn(move || chunk.iter_mut().for_each(|x| *x *= 10));
        }
    });
    println!("{:?}", data);
    println!("{}", thread::spawn(|| beyond(words_beyond())).join().is_err());
}

fn main() {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).unwrap();
    let mut count: HashMap<char, u32> = HashMap::new();
    for c in input.chars().filter(|c| c.is_alphabetic()) {
        *count.entry(c).or_default() += 1;
    }
    let sorted: BTreeMap<_, _> = count.into_iter().collect();
    println!("{:?}", sorted);
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Square(1.5)), Box::new(Circle(2.0))];
    println!("{:.6} {:e}", shapes.iter().map(|s| s.area()).sum::<f64>(), 123456.789f64);
    println!("{:>8}|{:<8}|{:^8}|{:#x}|{:08.3}", "right", "left", "mid", 255, -3.14159);
    println!("{:?} {:?}", "12".parse::<i32>(), "x".parse::<i32>().is_err());
    let mut words: Vec<String> = std::env::args().skip(1).chain(input.split_whitespace().map(String::from)).collect();
    words.sort_by_key(|w| (w.len(), w.clone()));
    println!("{}", words.join(" "));
    let mut hash = 1u64;
    for i in 0..100_000u64 {
        hash = hash.wrapping_mul(6364136223846793005).wrapping_add(i).rotate_left(7);
    }
    println!("{} {}", hash, u128::MAX / 7);
    std::panic::set_hook(Box::new(|info| println!("panic: {}", info)));
    println!("{}", std::panic::catch_unwind(|| beyond(words_beyond())).is_err());
    threads();
    std::process::exit(7);
}

fn words_beyond() -> usize {
    std::env::args().count() + 5
}

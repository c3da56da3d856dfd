// SPDX-License-Identifier: MIT
// Collections, formatting, traits, iterators, a panic that is caught, unwinding through a destructor, an exit status.
use std::collections::{BTreeMap, HashMap};
use std::io::Read;

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
    std::process::exit(7);
}

fn words_beyond() -> usize {
    std::env::args().count() + 5
}

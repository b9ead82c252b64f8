//! `trials::import` on whatever the fuzzer comes up with.
#![no_main]

#[path = "../clock.rs"]
mod clock;
#[path = "../trials.rs"]
#[expect(dead_code, reason = "the trials of the other targets")]
mod trials;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clock::within_limit(bytes, trials::import));

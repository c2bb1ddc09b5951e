//! Arguments in, exit code out.

use std::process::ExitCode;

/// Not the system's: a night asks for memory a million times, and each page that is touched for the first time costs a call of the kernel.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    yardstick::cli::main()
}

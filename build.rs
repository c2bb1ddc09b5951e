//! On Linux the program stands where it is linked. Free to stand anywhere it has 139,000 places to be put right each time it starts, and in
//! each process that reads workbooks: 2 ms of processor time, and 650 pages that no two processes share.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

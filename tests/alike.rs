//! The same input gives the same bytes: run again, with any number of threads, from files made in another order.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    published::Published,
    workshop::{HOME, Workshop, order, sample},
};

/// All files but the manifest, which holds times, and what is said of the run before; in the gallery the name of the run is left out.
pub fn lasting(published: &Published) -> BTreeMap<&str, Vec<u8>> {
    let manifest = published.manifest();
    let run = manifest["run"].as_str().expect("the manifest names the run");
    let lasts = |path: &String| !["run.json", "revisions.csv", "revisions.html"].contains(&path.as_str());
    let files = published.files.iter().filter(|(path, _)| lasts(path));
    files
        .map(|(path, bytes)| match path.as_str() {
            "index.html" => {
                let page = String::from_utf8(bytes.clone()).expect("a page is UTF-8");
                assert!(page.contains(run), "the gallery names its run");
                (path.as_str(), page.replace(run, "<run>").into_bytes())
            }
            _ => (path.as_str(), bytes.clone()),
        })
        .collect()
}

fn same_as_the_sample_run(published: &Published, how: &str) {
    let (first, again) = (lasting(&sample().published), lasting(published));
    assert!(first.keys().any(|path| path.ends_with(".png")) && first.keys().any(|path| path.ends_with(".svg")));
    assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>(), "{how}");
    let unlike: Vec<_> = first.iter().filter(|(path, bytes)| again[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(unlike.is_empty(), "{how} changes {unlike:?}");
    let (first, again) = (sample().published.manifest(), published.manifest());
    for said in ["yardstick", "pipeline", "as_of", "language", "outcome", "exit_code", "counts", "input"] {
        assert_eq!(first[said], again[said], "{how} changes {said} of run.json");
    }
}

fn run_again(input: &Path, threads: &[(&str, &str)]) -> Published {
    let shop = Workshop::new();
    let pipeline = Path::new(HOME).join("pipelines/guangzhou-2023");
    let mut command = order(shop.command(), &pipeline, input, &["--as-of", "2024-01-31"]);
    command.envs(threads.iter().copied());
    shop.wait(command, "guangzhou-2023").published
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let input = Path::new(HOME).join("input/guangzhou-2023");
    for threads in [
        [("RAYON_NUM_THREADS", "1"), ("POLARS_MAX_THREADS", "1")],
        [("RAYON_NUM_THREADS", "2"), ("POLARS_MAX_THREADS", "8")],
        [("RAYON_NUM_THREADS", "8"), ("POLARS_MAX_THREADS", "2")],
    ] {
        same_as_the_sample_run(&run_again(&input, &threads), &format!("{threads:?}"));
    }
}

#[test]
fn a_copy_of_the_input_made_in_another_order_gives_the_same_bytes() {
    let from = Path::new(HOME).join("input/guangzhou-2023");
    let mut files: Vec<_> = walkdir::WalkDir::new(&from)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("an entry of the input"))
        .filter(|entry| entry.file_type().is_file())
        .collect();
    // From the last to the first, and the odd ones before the even.
    files.reverse();
    let (odd, even): (Vec<_>, Vec<_>) = files.into_iter().enumerate().partition(|(place, _)| place % 2 == 1);
    let shop = Workshop::new();
    for (_, file) in odd.into_iter().chain(even) {
        let inside = file.path().strip_prefix(&from).expect("a file of the input");
        shop.put(&inside.to_string_lossy(), fs::read(file.path()).expect("a workbook"));
    }
    same_as_the_sample_run(&run_again(&shop.path("in"), &[]), "another place and order");
}

//! By how large a page memory comes.
//!
//! Each page that is touched for the first time is a call of the kernel. One of two mebibytes in place of five hundred small ones is a gain where much
//! is touched once, as observations and tables are. But it is cleaned whole, and a host may have to find it first: where little memory is used again and
//! again, as for the rows of a list or the dots of a picture, small pages are cheaper.

/// Says so for what this process, and those that it starts from here on, touch next. Where nobody can be told, nothing but time is lost.
pub fn are_large(large: bool) {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(!large);
    #[cfg(not(target_os = "linux"))]
    let _ = large;
}

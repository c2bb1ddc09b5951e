//! A batch that nobody watches: what is kept between nights, what cuts it short, what is still arriving, and what it says.

mod again;
mod alone;
mod arriving;
mod late;
mod said;

use crate::{
    trouble::form,
    workshop::{Ran, Workshop},
};

/// Two offices have sent good forms.
fn two_good() -> Workshop {
    let shop = Workshop::new();
    shop.put("越秀区2023年.xlsx", form("越秀区教育局", 2023, 1000));
    shop.put("荔湾区2023年.xlsx", form("荔湾区教育局", 2023, 1200));
    shop
}

/// What the manifest says was done anew.
fn work(ran: &Ran) -> (u64, u64) {
    let work = &ran.published.manifest()["work"];
    let count = |name: &str| work[name].as_u64().unwrap_or_else(|| panic!("no {name} in {work}"));
    (count("workbooks_parsed"), count("figures_drawn"))
}

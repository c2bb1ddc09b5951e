//! Pages that are sent to districts: what was found stands on the page of whom it concerns, and what is nobody's alone on one of its own.

use std::path::Path;

use crate::workshop::{HOME, Workshop, real, sample};

#[test]
fn a_finding_in_a_workbook_of_several_districts_stands_on_the_page_of_the_district_it_names() {
    let published = &sample().published;
    let huangpu = published.text("findings/440112.html");
    assert!(huangpu.contains("区名“黄浦区”应为“黄埔区”"), "its name was misspelt in the workbook of the whole city");
    let general = published.text("findings/general.html");
    assert!(general.contains("广州市 2021-2022学年 在园幼儿的合计写为"), "the sum over all districts is nobody's alone");
    assert!(!general.contains("没有报送"), "what a district owes stands on its own page");
    // Whoever reads the page of a district is the office; the bureau asks the offices.
    for (path, _) in published.files.iter().filter(|(path, _)| path.starts_with("findings/4")) {
        let page = published.text(path);
        assert!(!page.contains("报送单位") && !page.contains("sk the office"), "{path}");
    }
    let conghua = published.text("findings/440117.html");
    assert!(conghua.contains("请核实；属实请在备注中说明。"), "what the office can do itself");
    assert!(conghua.contains("2022年春季学期") && !conghua.contains("2022-S1"), "periods are said as people say them");
    let gallery = published.text("index.html");
    assert!(gallery.contains("href=\"findings/general.html\""));
    // Every finding stands somewhere; what one lacks is said where forms are owed.
    let pages: Vec<&str> =
        published.files.keys().filter(|path| path.starts_with("findings/")).map(|path| published.text(path)).collect();
    let findings = published.table("findings");
    for finding in findings.iter().filter(|finding| finding["code"] != *"form-missing") {
        let words = finding["message_zh"].replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        assert!(pages.iter().any(|page| page.contains(&words)), "{words} stands on no page");
    }
}

#[test]
fn authorities_that_share_their_workbooks_are_each_told_what_concerns_them() {
    let Some(folder) = real("scotland_ptr") else { return };
    let pipeline = Path::new(HOME).join("pipelines/scotland-ptr");
    let ran = Workshop::new().run_pipeline(&pipeline, &folder, &["--as-of", "2024-01-31", "--lang", "en"]);
    let page = ran.published.text("findings/S12000006.html");
    assert!(page.contains("Dumfries and Galloway, 20"), "{page}");
    assert!(!page.contains("nothing was found that needs to be seen to"), "{page}");
}

//! The gallery in a browser, opened from disk: found, filtered, copied, traced, printed, and read by those who do not see it.

use std::{env, fs, io::Cursor, thread::sleep, time::Duration};

use serde_json::Value;

use super::browser::Browser;
use crate::workshop::{sample, skipped};

/// The sample's files in a folder of their own: the run's is gone.
fn published() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in &sample().published.files {
        let place = folder.path().join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::write(place, bytes).expect("a file");
    }
    folder
}

fn count(browser: &Browser, selector: &str) -> u64 {
    browser.run(&format!("return document.querySelectorAll('{selector}').length")).as_u64().expect("a number")
}

fn text(browser: &Browser, selector: &str) -> String {
    let said = browser.run(&format!("return document.querySelector('{selector}').innerText"));
    said.as_str().expect("text").to_string()
}

fn choose(browser: &Browser, list: &str, value: &str) {
    browser.run(&format!(
        "const list = document.querySelector('{list}'); list.value = '{value}'; list.dispatchEvent(new Event('input', {{ bubbles: true }}));
         list.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ));
}

/// What the page puts on the clipboard.
const LISTEN: &str = "window.copied = {}; addEventListener('copy', (event) => {
    for (const kind of ['text/plain', 'text/html']) window.copied[kind] = event.clipboardData.getData(kind); });";

#[test]
fn the_gallery_works_from_a_disk() {
    let Some(browser) = Browser::open() else { return };
    let folder = published();
    let page = folder.path().join("index.html");
    browser.visit(&page, "");
    let all = count(&browser, "figure");
    assert!(all > 100, "{all} charts");
    assert_eq!(text(&browser, "#shown"), all.to_string());

    // Found by words, by subject, by area, by verdict.
    choose(&browser, "#words", "近视率");
    let found = count(&browser, "figure:not([hidden])");
    assert!(found > 0 && found < all / 4, "{found} of {all}");
    choose(&browser, "#words", "nothing-is-called-this");
    assert_eq!(count(&browser, "figure:not([hidden])"), 0);
    assert!(browser.run("return !document.querySelector('.empty').hidden").as_bool().expect("a word"));
    browser.click(".filter [type=reset]");
    sleep(Duration::from_millis(100));
    assert_eq!(count(&browser, "figure:not([hidden])"), all);
    choose(&browser, "#subject", "vision");
    let of_vision = count(&browser, "figure:not([hidden])");
    assert!(of_vision > 0 && of_vision < all / 4);
    assert_eq!(count(&browser, "figure:not([hidden]):not([data-s=vision])"), 0);
    choose(&browser, "#subject", "");
    choose(&browser, "#area", "0");
    let of_district = count(&browser, "figure:not([hidden])");
    assert!(of_district > 0 && of_district < all);
    choose(&browser, "#area", "");
    let missed = browser
        .run("return [...document.querySelectorAll('#verdict option')].find((option) => option.dataset.en === 'missed').value");
    choose(&browser, "#verdict", missed.as_str().expect("a sign"));
    let of_verdict = count(&browser, "figure:not([hidden])");
    assert!(of_verdict > 0 && of_verdict < all);
    // A link to a chart that the filter hides shows it.
    let hidden = browser.run("return document.querySelector('figure[hidden]').id");
    browser.run(&format!("location.hash = '{}'", hidden.as_str().expect("an id")));
    sleep(Duration::from_millis(200));
    assert_eq!(count(&browser, "figure:not([hidden])"), all);

    // Language.
    assert_eq!(browser.run("return document.documentElement.lang"), "zh-CN");
    browser.click("[data-lang=en]");
    assert_eq!(browser.run("return document.documentElement.lang"), "en");
    assert!(text(&browser, "h1").contains("Guangzhou") && text(&browser, "#charts").starts_with("Charts"));
    assert_eq!(browser.run("return document.querySelector('#subject option[value=vision]').textContent"), "Vision");
    assert!(browser.run("return document.title").as_str().expect("a title").contains("SAMPLE DATA"));
    browser.click("[data-lang=\"zh-CN\"]");
    assert!(text(&browser, "#charts").starts_with("图表"));

    copies(&browser);
    traces(&browser);
    // What is printed is what the filter shows.
    choose(&browser, "#subject", "vision");
    let paper = browser.print();
    assert!(paper.len() > 100_000 && paper.starts_with("JVBERi"), "a PDF of {} letters", paper.len());
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

fn copies(browser: &Browser) {
    browser.run(LISTEN);
    browser.click("#myopia_rate-line [data-do=table]");
    let table = browser.run("return window.copied");
    let plain = table["text/plain"].as_str().expect("text");
    assert!(plain.lines().count() >= 3 && plain.lines().all(|line| line.contains('\t')), "{plain}");
    assert!(!plain.contains('−'), "Excel takes no such sign for a minus");
    assert!(table["text/html"].as_str().expect("HTML").contains("<table"));
    browser.click("#myopia_rate-line [data-do=caption]");
    let caption = browser.run("return window.copied['text/plain']");
    let caption = caption.as_str().expect("text");
    assert_eq!(caption.lines().count(), 2);
    assert!(caption.contains("近视率") && caption.contains("来源"), "{caption}");
    // Without a permission that nobody is asked for at a desk.
    browser.click("#myopia_rate-line [data-do=picture]");
    says(browser, "已复制图片，可直接粘贴");
}

/// What the page says in the end.
fn says(browser: &Browser, words: &str) {
    let has_come = || text(browser, "#said").starts_with(words);
    for _ in 0..100 {
        if has_come() {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("it says {}", text(browser, "#said"));
}

/// The dots of a PNG as red, green and blue.
fn dots(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut dots = vec![0; reader.output_buffer_size().expect("a size")];
    let frame = reader.next_frame(&mut dots).expect("a picture");
    dots.truncate(frame.buffer_size());
    if frame.color_type == png::ColorType::Rgba {
        assert!(dots.chunks(4).all(|dot| dot[3] == 255), "nothing is seen through");
        dots = dots.chunks(4).flat_map(|dot| [dot[0], dot[1], dot[2]]).collect();
    }
    (frame.width, frame.height, dots)
}

/// What is pasted: the kinds on the clipboard, and the picture.
fn pasted(browser: &Browser) -> (Value, Vec<u8>) {
    let pasted = browser.run(
        "return navigator.clipboard.read().then(async ([item]) => {
             const bytes = new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
             return { kinds: item.types, bytes: Array.from(bytes) };
         })",
    );
    let bytes = pasted["bytes"].as_array().expect("bytes").iter().map(|byte| byte.as_u64().expect("a byte") as u8).collect();
    (pasted["kinds"].clone(), bytes)
}

#[test]
fn a_picture_is_copied_from_a_disk_dot_for_dot() {
    let Some(browser) = Browser::open() else { return };
    let folder = published();
    browser.visit(&folder.path().join("index.html"), "");
    browser.may_paste();
    // By a click, and by a key; the two are of two subjects, so of two scripts.
    browser.click("#myopia_rate-line [data-do=picture]");
    says(&browser, "已复制图片，可直接粘贴");
    let of_disk = |id: &str| dots(&fs::read(folder.path().join(format!("charts/{id}.png"))).expect("the picture"));
    let (kinds, picture) = pasted(&browser);
    assert_eq!(kinds, serde_json::json!(["image/png"]));
    assert!(dots(&picture) == of_disk("myopia_rate-line"), "other dots than those of the file");
    browser.click("[data-lang=en]");
    let other = browser.run("return document.querySelector('figure[data-s=places]').id");
    let other = other.as_str().expect("an id");
    browser.run(&format!("document.querySelector('#{other} [data-do=picture]').focus()"));
    browser.press(&["\u{e007}"]);
    says(&browser, "Picture copied, ready to paste");
    let (_, picture) = pasted(&browser);
    assert!(dots(&picture) == of_disk(other), "other dots than those of the file");
    assert_eq!(browser.complaints(), Vec::<String>::new());

    // Where the script is gone, the place of the picture is copied, and the page says that it is only that.
    fs::remove_file(folder.path().join("pictures/vision.js")).expect("a script");
    browser.visit(&folder.path().join("index.html"), "");
    browser.run(LISTEN);
    browser.click("#myopia_rate-line [data-do=picture]");
    says(&browser, "已复制图片位置");
    let picture = browser.run("return window.copied['text/html']");
    let picture = picture.as_str().expect("HTML");
    let place = picture.split("src=\"file://").nth(1).and_then(|rest| rest.split('"').next()).expect("a place on this disk");
    assert!(fs::read(place).expect("it is there") == fs::read(folder.path().join("charts/myopia_rate-line.png")).expect("it"));
}

fn traces(browser: &Browser) {
    browser.click("#myopia_rate-line [data-do=origin]");
    sleep(Duration::from_millis(400));
    let cells = text(browser, "#origin");
    assert!(cells.contains(" › ") && cells.contains("÷"), "{cells}");
    // The same sum as the table of the run has.
    let row = sample().published.table("indicators").into_iter().find(|row| {
        row["indicator"] == *"myopia_rate"
            && row["area"] == *"440100"
            && row["period"] == *"2023"
            && row["stage"] == *"_T"
            && row["grade"] == *"_T"
            && row["sex"] == *"_T"
    });
    let row = row.expect("the rate of the city");
    let area = browser
        .run("return [...document.querySelectorAll('#of-area option')].find((option) => option.textContent === '广州市').value");
    choose(browser, "#of-area", area.as_str().expect("a place"));
    choose(browser, "#of-period", "2023");
    let cells = text(browser, "#origin");
    assert!(cells.contains(&format!("{} ÷ {}", &row["numerator"], &row["denominator"])), "{}", &cells[..cells.len().min(300)]);
    assert!(cells.contains("荔湾区") && cells.lines().filter(|line| line.contains(" › ")).count() > 100);
    browser.press(&["\u{e00c}"]);
    assert!(!browser.run("return document.querySelector('#drawer').open").as_bool().expect("a word"), "Escape closes it");
}

#[test]
fn no_width_makes_a_page_scroll_sideways() {
    let Some(browser) = Browser::open() else { return };
    let folder = published();
    let notice = sample().published.files.keys().find(|path| path.starts_with("findings/") && path.ends_with(".html"));
    for page in ["index.html", "scorecard.html", "revisions.html", notice.expect("a page for a district")] {
        browser.visit(&folder.path().join(page), "");
        for width in [320, 480, 768, 1024, 1440, 1920] {
            browser.width(width);
            sleep(Duration::from_millis(60));
            let wide = browser.run("return document.documentElement.scrollWidth").as_u64().expect("a number");
            assert!(wide <= u64::from(width), "{page} is {wide} wide in a window of {width}");
        }
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn those_who_do_not_see_the_pages_can_use_them() {
    let Some(axe) = env::var_os("YARDSTICK_AXE").and_then(|path| fs::read_to_string(path).ok()) else {
        skipped("pages were not checked for accessibility; YARDSTICK_AXE names the file axe.min.js of npm's axe-core");
        return;
    };
    let Some(browser) = Browser::open() else { return };
    let folder = published();
    let notice = sample().published.files.keys().find(|path| path.starts_with("findings/") && path.ends_with(".html"));
    for page in ["index.html", "scorecard.html", "revisions.html", notice.expect("a page for a district")] {
        for dark in [false, true] {
            browser.dark(dark);
            browser.visit(&folder.path().join(page), "");
            let found = browser.run(&format!(
                "{axe}; return axe.run({{ resultTypes: ['violations'] }}).then((found) => found.violations
                 .filter((fault) => ['serious', 'critical'].includes(fault.impact))
                 .map((fault) => [fault.id, fault.nodes.length, fault.nodes[0].html, fault.nodes[0].failureSummary]))"
            ));
            assert_eq!(found, Value::Array(Vec::new()), "{page}, dark: {dark}");
        }
    }
}

//! A browser for tests: chromedriver, spoken to over its own protocol with nothing but a socket.

use std::{
    env,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::workshop::skipped;

/// A window of its own, with a profile of its own. It ends with the value.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

/// A program of the system, by any of its names.
fn program(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

impl Browser {
    /// None, and a loud word, where the machine has no Chromium.
    pub fn open() -> Option<Browser> {
        let chromium = program(&["chromium", "chromium-browser", "google-chrome"]);
        let (Some(chromium), Some(driver)) = (chromium, program(&["chromedriver"])) else {
            skipped("the gallery was not looked at in a browser; install chromium and chromium-driver");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its number").port();
        let driver = Command::new(driver).arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut browser =
            Browser { driver: driver.expect("chromedriver starts"), port, session: String::new(), _profile: profile };
        let quiet = ["quic", "gpu", "background-networking", "component-update", "sync"].map(|what| format!("--disable-{what}"));
        let mut arguments = vec!["--headless".to_string(), "--no-sandbox".into(), "--no-first-run".into()];
        arguments.extend(quiet);
        arguments.push(format!("--user-data-dir={}", browser._profile.path().display()));
        let wished = json!({ "capabilities": { "alwaysMatch": {
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "binary": chromium, "args": arguments },
        } } });
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            sleep(Duration::from_millis(50));
        }
        let session = browser.ask("POST", "/session", &wished);
        browser.session = session["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {session}")).to_string();
        Some(browser)
    }

    /// One request, and the value of its answer.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver listens");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("a request is sent");
        let mut answer = Vec::new();
        // It may hold the connection open: the length says where the answer ends.
        let mut part = [0; 65_536];
        loop {
            let read = stream.read(&mut part).expect("an answer");
            answer.extend_from_slice(&part[..read]);
            if read == 0 || is_whole(&answer) {
                break;
            }
        }
        let start = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
        let answer: Value = serde_json::from_slice(&answer[start..]).expect("JSON");
        answer["value"].clone()
    }

    fn of_session(&self, method: &str, path: &str, body: &Value) -> Value {
        let value = self.ask(method, &format!("/session/{}{path}", self.session), body);
        assert!(value.get("error").is_none(), "{path}: {value}");
        value
    }

    /// Opens a page from the disk.
    pub fn visit(&self, page: &Path, query: &str) {
        self.of_session("POST", "/url", &json!({ "url": format!("file://{}{query}", page.display()) }));
    }

    /// Runs a script in the page; `return` gives a value. A promise is waited for.
    pub fn run(&self, script: &str) -> Value {
        self.of_session("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Clicks as a person does: a script's click may not copy.
    pub fn click(&self, selector: &str) {
        // The page moves smoothly, and a click would miss what is still moving.
        let quoted = Value::from(selector);
        self.run(&format!("document.querySelector({quoted}).scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
        let found = self.of_session("POST", "/element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str).expect("an element");
        self.of_session("POST", &format!("/element/{id}/click"), &json!({}));
    }

    /// Presses keys.
    pub fn press(&self, keys: &[&str]) {
        let actions: Vec<Value> = keys
            .iter()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.of_session("POST", "/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Makes the page so wide.
    pub fn width(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.of_session("POST", "/goog/cdp/execute", &json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics }));
    }

    pub fn dark(&self, dark: bool) {
        let features = json!([{ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } }]);
        let params = json!({ "features": features });
        self.of_session("POST", "/goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": params }));
    }

    /// Lets pages read the clipboard, as a person who pastes does. What is not named here is denied: writing is.
    pub fn may_paste(&self) {
        let params = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.of_session("POST", "/goog/cdp/execute", &json!({ "cmd": "Browser.grantPermissions", "params": params }));
    }

    /// The page on paper, in base64.
    pub fn print(&self) -> String {
        self.of_session("POST", "/print", &json!({})).as_str().unwrap_or_default().to_string()
    }

    /// Errors and warnings that the page has given since they were last asked for.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.of_session("POST", "/se/log", &json!({ "type": "browser" }));
        let said = log.as_array().cloned().unwrap_or_default();
        let grave = said.iter().filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG");
        grave.map(|entry| entry["message"].as_str().unwrap_or_default().to_string()).collect()
    }
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| answer.len() >= end + 4 + length)
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.ask("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

// How the pages answer: filter, copying, and where a number is from. Nothing is fetched: what a page needs beyond
// itself are scripts beside it, which a browser also loads from a disk.
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const { isChinese } = window.yardstick;
  const say = (zh, en) => (isChinese() ? zh : en);
  const asked = new URLSearchParams(location.search);

  // Filter: an item has words, a subject (s), the areas it shows (a), and the verdicts on its commitments by area (v).
  const items = all("[data-item]").map((element) => ({
    element,
    words: `${element.dataset.w ?? ""} ${element.textContent}`.toLowerCase(),
    areas: element.dataset.a?.split(" "),
    verdicts: (element.dataset.v ?? "").split(" ").filter(Boolean),
  }));
  const filter = one(".filter");
  const value = (id) => one(`#${id}`)?.value ?? "";

  function fits(item, words, subject, area, verdict) {
    if (!words.every((word) => item.words.includes(word))) return false;
    if (subject && item.element.dataset.s !== subject) return false;
    if (verdict) return item.verdicts.some((of) => of[area || filter.dataset.whole] === verdict);
    if (area) return item.areas ? item.areas.includes(area) : item.verdicts.some((of) => of[area] !== "-");
    return true;
  }

  function sift() {
    const words = value("words").toLowerCase().split(/\s+/).filter(Boolean);
    const [subject, area, verdict] = ["subject", "area", "verdict"].map(value);
    let shown = 0;
    for (const item of items) {
      const is = fits(item, words, subject, area, verdict);
      item.element.hidden = !is;
      shown += is;
    }
    for (const shelf of all(".shelf")) shelf.hidden = !one("[data-item]:not([hidden])", shelf);
    const count = one("#shown");
    if (count) count.textContent = shown === items.length ? shown : `${shown} / ${items.length}`;
    const empty = one(".empty");
    if (empty) empty.hidden = shown > 0;
  }

  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest("[hidden]")) return;
    filter.reset();
    target.scrollIntoView();
  }

  if (filter) {
    filter.addEventListener("input", sift);
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("reset", () => setTimeout(sift));
    for (const id of ["words", "subject", "area", "verdict"]) if (asked.has(id) && one(`#${id}`)) one(`#${id}`).value = asked.get(id);
    addEventListener("hashchange", reveal);
  }

  // Scripts beside the page, each loaded when it is first asked for.
  const asking = new Map();
  function load(path, charset = "utf-8") {
    if (!asking.has(path)) asking.set(path, new Promise((loaded, failed) => {
      const script = Object.assign(document.createElement("script"), { src: path, charset, onload: loaded });
      script.onerror = () => { asking.delete(path); failed(new Error(path)); };
      document.head.append(script);
    }));
    return asking.get(path);
  }

  // Copying
  const pictures = new Map();
  window.yardstick.pictures = (subject, data) => pictures.set(subject, data);
  let hush;
  function tell(words) {
    const said = one("#said");
    said.textContent = words;
    said.classList.add("seen");
    clearTimeout(hush);
    hush = setTimeout(() => said.classList.remove("seen"), 5000);
  }

  // Also without the newer clipboard: in browsers of offices, and from a disk.
  function copy(plain, html) {
    let done = false;
    const fill = (event) => {
      event.clipboardData.setData("text/plain", plain);
      event.clipboardData.setData("text/html", html);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", fill);
    try { document.execCommand("copy"); } finally { document.removeEventListener("copy", fill); }
    return done;
  }

  const safe = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const text = (selector, figure) => one(selector, figure).textContent.trim();

  function copyCaption(figure) {
    const lines = [text("h4", figure), text(".source", figure)];
    const done = copy(lines.join("\n"), lines.map((line) => `<p>${safe(line)}</p>`).join(""));
    tell(done ? say("已复制图题和来源", "Caption and source copied") : say("浏览器不允许复制", "The browser does not allow copying"));
  }

  // Word and Excel take the table from its HTML, others from tabs. A sign that is no ASCII would be text to Excel.
  function copyTable(figure) {
    const number = (cell) => cell.replace(/^−(?=\d)/, "-");
    const rows = all("tr", figure).map((row) => [...row.cells].map((cell) => number(cell.textContent.trim())));
    const style = 'style="border:1px solid #888;padding:2pt 6pt"';
    const cell = (words, tag, at) => `<${tag} ${style} align="${at ? "right" : "left"}">${safe(words)}</${tag}>`;
    const html = rows.map((row, line) => `<tr>${row.map((words, at) => cell(words, line ? "td" : "th", at)).join("")}</tr>`).join("");
    const table = `<table style="border-collapse:collapse"><tbody>${html}</tbody></table>`;
    const done = copy(rows.map((row) => row.join("\t")).join("\n"), table);
    tell(done ? say("已复制表格", "Table copied") : say("浏览器不允许复制", "The browser does not allow copying"));
  }

  // The picture itself. A page from a disk may not read it where it lies, but out of a script that holds it.
  async function dots(figure) {
    if (location.protocol !== "file:") return (await fetch(one("img", figure).src)).blob();
    await load(`pictures/${encodeURIComponent(figure.dataset.s)}.js`, "x-user-defined");
    const letters = pictures.get(figure.dataset.s)[figure.id];
    return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], { type: "image/png" });
  }

  // Where the picture cannot be copied, the place where it is can be: Word and WPS set in what lies there.
  function copyPlace(image) {
    const place = document.createElement("img");
    Object.assign(place, { src: image.src, alt: image.alt, width: 567 });
    if (!copy(image.src, place.outerHTML)) return tell(say("浏览器不允许复制", "The browser does not allow copying"));
    tell(say("已复制图片位置，可粘贴到本机的 Word、WPS；粘贴不出时，请在图上点右键，选“复制图片”",
      "The place of the picture is copied, for Word and WPS on this machine; where it does not paste, right-click the chart and choose “Copy image”"));
  }

  async function copyPicture(figure) {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": dots(figure) })]);
      tell(say("已复制图片，可直接粘贴", "Picture copied, ready to paste"));
    } catch { copyPlace(one("img", figure)); }
  }

  const deeds = { picture: copyPicture, caption: copyCaption, table: copyTable, origin: (figure) => openDrawer(figure) };
  const tools = one("#tools");
  if (tools) for (const figure of all("figure")) {
    const list = tools.content.cloneNode(true);
    for (const link of all("a", list)) link.href = one("img", figure).getAttribute("src").replace(/png$/, link.dataset.file);
    if (!figure.dataset.s) one('[data-do="origin"]', list).closest("li").remove();
    one(".numbers", figure).before(list);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.do) deeds[button.dataset.do](button.closest("figure"));
  });

  // Where a number is from: one script for each subject.
  const drawer = one("#drawer");
  const pick = (name) => one(`#of-${name}`);
  const known = new Map();
  let waiting;
  let from;
  window.yardstick.origins = (subject, data) => known.set(subject, { ...data, indicators: Object.fromEntries(data.indicators) });

  async function openDrawer(figure) {
    const { s: subject, i: indicator } = figure.dataset;
    one("#origin").replaceChildren();
    drawer.showModal();
    waiting = figure;
    try { await load(`origins/${encodeURIComponent(subject)}.js`); } catch {
      one("#origin").textContent = say(`缺少文件 origins/${subject}.js`, `The file origins/${subject}.js is missing`);
      return;
    }
    if (waiting !== figure) return;
    from = known.get(subject);
    const said = Object.keys(from.indicators).filter((id) => !indicator || id === indicator);
    choose("indicator", said.map((id) => [id, spoken(from.indicators[id].name)]), said[0]);
    picked("indicator");
  }

  const spoken = ([zh, en]) => (isChinese() ? zh : en) || zh || en;
  const areaName = (place) => one(`#area option[value="${place}"]`).textContent;

  function choose(name, options, wish) {
    const list = pick(name);
    list.replaceChildren(...options.map(([id, words]) => new Option(words, id)));
    list.value = options.some(([id]) => String(id) === String(wish)) ? wish : options[0]?.[0];
    list.disabled = options.length < 2;
  }

  // Each list offers what there is for the choices before it; a later choice stays where it can.
  const order = ["area", "period", "part"];
  function picked(name) {
    const values = from.indicators[pick("indicator").value].values;
    const start = name === "indicator" ? 0 : order.indexOf(name) + 1;
    const wishes = order.map((name) => pick(name).value);
    wishes[0] ||= value("area") || filter.dataset.whole;
    order.forEach((name, at) => {
      if (at < start) return;
      const open = values.filter((row) => order.slice(0, at).every((name, at) => String(row[at]) === pick(name).value));
      const offered = [...new Set(open.map((row) => row[at]))].sort((a, b) => (at === 1 ? (a < b ? 1 : -1) : a - b));
      const words = (id) => (at === 0 ? areaName(id) : at === 1 ? spoken(from.periods[id]) : id ? spoken(from.parts[id]) : say("合计", "total"));
      choose(name, offered.map((id) => [id, words(id)]), wishes[at]);
    });
    drawn();
  }
  for (const name of ["indicator", ...order]) pick(name)?.addEventListener("change", () => picked(name));

  // Numbers of observations: `3-5 130`, and those that derived ones are made of.
  function numbers(runs) {
    return runs.split(" ").filter(Boolean).flatMap((run) => {
      const [first, last = first] = run.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
  }

  function add(parent, tag, words, name) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = words;
    parent.append(element);
    return element;
  }

  function drawn() {
    const place = one("#origin");
    place.replaceChildren();
    const said = from.indicators[pick("indicator").value];
    const wanted = order.map((name) => pick(name).value);
    const row = said.values.find((row) => wanted.every((wish, at) => String(row[at]) === wish));
    if (!row) return;
    const [, , , value, status, numerator, denominator, runs] = row;
    const sum = denominator === null ? "" : ` = ${numerator} ÷ ${denominator}`;
    const none = say("（无数值）", "(no value)");
    add(place, "p", `${value === null ? none : `${value} ${spoken(said.unit)}`}${sum} [${status}]`, "sum");
    const groups = new Map();
    const seen = new Set();
    const queue = numbers(runs);
    while (queue.length) {
      const number = queue.shift();
      if (seen.has(number)) continue;
      seen.add(number);
      const group = from.observations.find(([first, , , , , , cells]) => number >= first && number < first + cells.length);
      if (!group) continue;
      const [first, measure, area, period, file, sheet, cells] = group;
      const [cell, raw, reading, made] = cells[number - first].split("\t");
      const heading = `${spoken(from.measures[measure])} · ${areaName(area)} · ${spoken(from.periods[period])}`;
      if (!groups.has(heading)) groups.set(heading, []);
      const where = cell ? `${from.files[file]} › ${from.sheets[sheet]} › ${cell}` : "";
      groups.get(heading).push([where, raw, reading]);
      if (made) queue.push(...numbers(made));
    }
    add(place, "p", say(`来自 ${seen.size} 个单元格：`, `from ${seen.size} cells:`), "quiet");
    for (const [heading, cells] of groups) {
      add(place, "h3", heading);
      const list = add(place, "ul", "");
      for (const [where, raw, reading] of cells) {
        const line = add(list, "li", "");
        add(line, "span", where, "where");
        add(line, "b", where ? ` “${raw}”` : raw);
        if (reading) add(line, "span", ` → ${reading}`);
      }
    }
  }

  // Pictures that are only loaded when they are near would be missing on paper.
  addEventListener("beforeprint", () => all("img[loading]").forEach((image) => image.removeAttribute("loading")));
  document.documentElement.addEventListener("spoken", () => { if (drawer?.open && from) drawn(); });
  if (filter) { sift(); reveal(); }
})();

"use strict";
// The language of a page: both wordings stand in it, and `lang` of its root says which is shown. Words of attributes and of
// lists to choose from, which can hold only one, are changed here.
window.yardstick = (() => {
  const root = document.documentElement;
  const isChinese = () => root.lang.startsWith("zh");

  function speak(language) {
    root.lang = language;
    for (const element of document.querySelectorAll("[data-zh]")) {
      const words = isChinese() ? element.dataset.zh : element.dataset.en;
      if (element.dataset.say) element.setAttribute(element.dataset.say, words);
      else element.textContent = words;
    }
    for (const button of document.querySelectorAll("[data-lang]")) {
      button.setAttribute("aria-pressed", button.dataset.lang === language);
    }
    // The next page opens in the language of this one.
    for (const link of document.querySelectorAll('a[href*=".html"]')) {
      const [path, rest] = link.getAttribute("href").split(/(?=#)/);
      const [file, query] = path.split("?");
      const words = new URLSearchParams(query);
      words.set("lang", isChinese() ? "zh" : "en");
      link.setAttribute("href", `${file}?${words}${rest ?? ""}`);
    }
    root.dispatchEvent(new Event("spoken"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-lang]");
    if (button) speak(button.dataset.lang);
  });
  speak({ zh: "zh-CN", en: "en" }[new URLSearchParams(location.search).get("lang")] ?? root.lang);
  return { isChinese };
})();

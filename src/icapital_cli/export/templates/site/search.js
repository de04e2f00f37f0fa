"use strict";
// Search in the page: the data are a script that is loaded when somebody begins to search, since a page that was opened
// from a folder may not fetch.
{
  const MOST = 30;
  const box = document.getElementById("search");
  const input = document.getElementById("q");
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const words = JSON.parse(document.currentScript.dataset.words);
  let things = null;

  // Folds a text as the tool folds names: without case and diacritics.
  const fold = (text, letters) =>
    Array.from(text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").normalize("NFKD").replace(/\p{M}/gu, ""))
      .map((c) => letters[c] ?? c).join("");

  const PUNCTUATION = /[-’'“”"().,:;/–|]/g;

  function prepare() {
    const { letters, kinds } = window.icapitalSearch;
    things = kinds.flatMap(([before, after, label, entries]) => entries.map(([id, title, more, names]) => {
      const heads = [fold(title, letters), ...(names ? names.split("|") : [])].map((name) => name.replace(PUNCTUATION, " "));
      return { label, address: before + id + after, title, more, heads, text: ` ${[...heads, fold(more, letters).replace(PUNCTUATION, " ")].join(" ")}` };
    }));
  }

  function load() {
    if (things || document.getElementById("search-data")) return;
    const script = document.createElement("script");
    script.id = "search-data";
    script.src = "search-data.js";
    script.onload = () => { prepare(); show(); };
    document.body.append(script);
  }

  // What is called so comes before what begins so, and that before what has the words anywhere.
  function matching(query) {
    const parts = fold(query, window.icapitalSearch.letters).replace(PUNCTUATION, " ").split(/\s+/).filter(Boolean);
    if (!parts.length) return [];
    const whole = parts.join(" ");
    const rank = ({ heads }) =>
      heads.includes(whole) ? 0 : heads.some((head) => head.startsWith(whole)) ? 1
        : parts.every((part) => ` ${heads[0]}`.includes(` ${part}`)) ? 2 : 3;
    return things.filter((thing) => parts.every((part) => thing.text.includes(` ${part}`)))
      .map((thing, place) => [rank(thing), place, thing]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one[2]);
  }

  function show() {
    if (!things) return;
    const list = matching(input.value);
    hits.replaceChildren(...list.slice(0, MOST).map((thing) => {
      const link = document.createElement("a");
      link.href = thing.address;
      const title = document.createElement("b");
      title.textContent = thing.title;
      const more = document.createElement("span");
      more.textContent = [thing.label, thing.more].filter(Boolean).join(" · ");
      link.append(title, more);
      const line = document.createElement("li");
      line.append(link);
      return line;
    }));
    found.textContent = !input.value.trim() ? "" : list.length ? words.found.replace("{}", list.length) : words.none;
  }

  // The arrow keys walk through what was found, Enter opens it, Escape goes back and empties the box.
  box.addEventListener("keydown", (event) => {
    const links = [input, ...hits.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      links[Math.max(0, Math.min(links.length - 1, links.indexOf(document.activeElement) + step))].focus();
    } else if (event.key === "Escape") {
      input.value = "";
      show();
      input.focus();
    } else if (event.key === "Enter" && document.activeElement === input && links[1]) {
      links[1].click();
    }
  });
  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  box.hidden = false;
}

// What the reader can do with the page: find a company, choose a group, and change the light.
// It only chooses among the rows that are already there; texts are set as text, never as markup.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(byId("data").textContent);
  const views = [];

  // A new cell of a table with a text.
  function cell(text, isHead, isNumber) {
    const made = document.createElement(isHead ? "th" : "td");
    made.textContent = text;
    if (isHead) made.scope = "row";
    if (isNumber) made.className = "number";
    return made;
  }

  // A badge with the sign, the word and the tone of a band.
  function badge(sign, word, tone) {
    const made = byId("badge").content.firstElementChild.cloneNode(true);
    made.querySelector(".sign").textContent = sign;
    made.querySelector(".word").textContent = word;
    if (tone >= 0) made.dataset.tone = tone;
    const place = document.createElement("td");
    place.append(made);
    return place;
  }

  // A row of cells: the first is its head, those at the places of numbers stand at the right.
  function line(cells, numbers) {
    const row = document.createElement("tr");
    row.append(...cells.map((one, place) =>
      typeof one === "object" ? one : cell(one, place === 0, numbers.includes(place))));
    return row;
  }

  // The companies whose name holds what is typed; as many as the table has at first.
  function find(typed) {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const wanted = plain(typed.trim());
    const { rows, texts } = data.companies;
    const found = rows.filter((row) => plain(row[1]).includes(wanted));
    const made = found.slice(0, data.shown).map(
      ([place, name, sector, size, achieved, word, sign, tone, coverage, owed]) =>
        line([name, place, texts[sector], texts[size], achieved, badge(texts[sign], texts[word], tone), coverage, owed],
          [1, 4, 6, 7]));
    byId("ranking-table").tBodies[0].replaceChildren(...made);
    byId("found").textContent = wanted ? `${data.words.found} ${found.length}` : "";
    reach();
  }

  // The benchmarks of the sector and the size that are chosen.
  function choose() {
    const { rows, texts } = data.benchmarks;
    const [sector, size] = [byId("sector").value, byId("size").value];
    const found = rows.filter((row) => texts[row[6]] === sector && texts[row[7]] === size);
    const made = found.map(([kpi, unit, low, median, high, companies]) =>
      line([texts[kpi], texts[unit], texts[low], texts[median], texts[high], String(companies)], [2, 3, 4, 5]));
    const table = byId("benchmarks-table");
    table.tBodies[0].replaceChildren(...made);
    table.parentElement.hidden = made.length === 0;
    byId("groups").textContent = made.length ? "" : data.words.few;
    reach();
  }

  // Draws a chart where its figure stands.
  function draw([kind, { spec, rows }]) {
    const place = byId(kind).querySelector(".drawing");
    place.hidden = false;
    const height = spec.height.step ? spec.height.step * rows.length : spec.height;
    const whole = { ...spec, height, data: { name: "rows", values: rows } };
    // The syntax tree is interpreted, as no page of ours may make code from text.
    const how = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: hint, logLevel: 1 };
    views.push(vegaEmbed(place, whole, how).then(({ view }) => {
      place.querySelector("svg").setAttribute("aria-hidden", "true");
      return view;
    }));
  }

  // What a chart says of the mark under the pointer.
  function hint(_handler, event, _item, text) {
    let shown = byId("told");
    if (!shown) {
      shown = document.createElement("div");
      shown.id = "told";
      shown.className = "told";
      document.body.append(shown);
    }
    shown.hidden = !text;
    shown.textContent = text ?? "";
    shown.style.left = `${Math.min(event.clientX + 12, innerWidth - shown.offsetWidth - 8)}px`;
    shown.style.top = `${event.clientY + 16}px`;
  }

  // Light or dark, as the reader chose in this window; else as the system does.
  function light(chosen) {
    const isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    byId("theme").setAttribute("aria-pressed", String(isDark));
  }

  // What this window remembers; some browsers forbid files to remember anything.
  function remembered(value) {
    try {
      if (value) sessionStorage.setItem("tablero-theme", value);
      return sessionStorage.getItem("tablero-theme") ?? value;
    } catch {
      return value;
    }
  }

  // Tables that are larger than their place scroll by keys; the others are no stop for them.
  function reach() {
    for (const part of all(".scroll")) {
      const isLarger = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight;
      part.tabIndex = isLarger ? 0 : -1;
    }
  }

  // On paper every chart has its figures beside it.
  function unfold(isPaper) {
    for (const table of all("details")) table.open = isPaper;
    for (const shown of views) shown.then((view) => view.resize().runAsync());
  }

  byId("controls").hidden = false;
  light(remembered());
  addEventListener("resize", reach);
  matchMedia("print").addEventListener("change", (event) => unfold(event.matches));
  byId("print").addEventListener("click", () => print());
  byId("theme").addEventListener("click", () => {
    const isDark = document.documentElement.dataset.theme === "dark";
    light(remembered(isDark ? "light" : "dark"));
  });
  if (byId("search")) {
    byId("search").hidden = false;
    byId("find").addEventListener("input", (event) => find(event.target.value));
  }
  if (byId("chooser")) {
    byId("chooser").hidden = false;
    for (const id of ["sector", "size"]) byId(id).addEventListener("change", choose);
  }
  Object.entries(data.charts).forEach(draw);
  reach();
})();

// What the reader can do with the page: pick a period, look into a part, find, and change the light.
// It only chooses among the rows that are already there; texts are set as text, never as markup.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(byId("data").textContent);
  const placeOf = new Map(data.nodes.map((node) => [node.key, node.place]));
  const columnOf = new Map(data.periods.map((period, column) => [period.code, column]));
  const now = { column: data.shown, place: 0 };
  const views = new Map();

  const nodeNow = () => data.nodes[now.place];
  const periodNow = () => data.periods[now.column];

  // The state that the address names; a place in the page is none, and keeps it as it is.
  function addressed() {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return { ...now };
    const named = new URLSearchParams(hash);
    const column = columnOf.get(named.get("period"));
    const place = placeOf.get(named.get("at"));
    return { column: column ?? data.shown, place: place ?? 0, part: named.get("part") };
  }

  // The address of a view, so that a link opens the same one.
  function address(place, column = now.column, part = "") {
    const at = encodeURIComponent(data.nodes[place].key).replaceAll("%3A", ":");
    return `#period=${data.periods[column].code}&at=${at}${part ? `&part=${part}` : ""}`;
  }

  // What is said of a node in the period shown, by the name of the field.
  function said(place) {
    const row = data.rows[now.column][place];
    const known = { weight: data.nodes[place].weight };
    data.fields.forEach((name, index) => {
      const isNumber = name === "band" || name === "bar";
      known[name] = isNumber ? row[index] : data.texts[row[index]];
    });
    const [sign, word, plan, term, tone] = data.bands[known.band] ?? ["", data.words.no_figures, "–", "–", -1];
    return { ...known, sign, word, plan, term, tone };
  }

  // Fills a badge with a sign, a word and a tone.
  function wear(badge, sign, word, tone) {
    if (tone < 0) delete badge.dataset.tone;
    else badge.dataset.tone = tone;
    badge.querySelector(".sign").textContent = sign;
    badge.querySelector(".word").textContent = word;
    return badge;
  }

  // Tells an element, and all that is in it, where its node stands.
  function tell(element) {
    const row = said(Number(element.dataset.node));
    for (const slot of all("[data-say]", element)) {
      slot.textContent = row[slot.dataset.say];
      const fact = slot.closest(".facts > div");
      if (fact) fact.hidden = !slot.textContent;
    }
    for (const badge of all(".badge", element)) wear(badge, row.sign, row.word, row.tone);
    for (const reach of all(".reach", element)) reach.setAttribute("width", row.bar);
  }

  // A new element with a text and attributes.
  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // A copy of what stands in the page as a pattern.
  function copied(pattern) {
    return byId(pattern).content.firstElementChild.cloneNode(true);
  }

  // A tile of a node, which leads to it.
  function tile(place) {
    const node = data.nodes[place];
    const made = copied(node.level === "kpi" ? "tile-kpi" : "tile");
    const link = made.querySelector(".tile");
    link.dataset.node = place;
    link.href = address(place);
    link.querySelector(".name").textContent = node.name;
    for (const slot of all("[data-fact]", link)) slot.textContent = node[slot.dataset.fact];
    return made;
  }

  // A cell of a table: a text, a mark ([text, sign, tone]) or a node's name ([text, key]).
  function filled(cell, content) {
    if (!Array.isArray(content)) {
      cell.textContent = data.texts[content];
      return cell;
    }
    const [text, second, tone] = content;
    const word = data.texts[text];
    if (content.length === 2) cell.append(element("a", word, { href: address(placeOf.get(second)) }));
    else cell.append(wear(copied("badge"), second, word, tone));
    return cell;
  }

  // The rows of a table that changes with the period, and the sentence above it.
  function showGrid(id, [caption, rows]) {
    for (const lead of all(`[data-grid="${id}"]`)) lead.textContent = data.texts[caption];
    const table = byId(id);
    if (!table) return;
    const isNumber = all("thead th", table).map((head) => head.className);
    const made = rows.map((row) => {
      const line = element("tr");
      const cells = row.map((content, index) => {
        const isHead = index === 0 && data.texts[[content].flat()[0]] !== "";
        const cell = isHead ? element("th", "", { scope: "row" }) : element("td");
        cell.className = isNumber[index];
        return filled(cell, content);
      });
      line.append(...cells);
      return line;
    });
    table.tBodies[0].replaceChildren(...made);
    table.parentElement.hidden = rows.length === 0;
  }

  // The way from the strategy to the node that is looked at.
  function showPath(node) {
    const steps = [...node.above, node.place].map((place) => {
      const link = element("a", data.nodes[place].name, { href: address(place) });
      if (place === node.place) link.setAttribute("aria-current", "page");
      const step = element("li");
      step.append(link);
      return step;
    });
    byId("path").replaceChildren(...steps);
    byId("path").parentElement.hidden = node.place === 0;
  }

  // What a KPI means, in labels and texts.
  function showAbout(node) {
    const lines = node.facts.map(([label, text]) => {
      const line = element("div");
      line.append(element("dt", label), element("dd", text));
      return line;
    });
    byId("about").replaceChildren(...lines);
    byId("about").hidden = lines.length === 0;
  }

  // The node that is looked at, with the nodes of which it is made.
  function showNode() {
    const node = nodeNow();
    byId("at").dataset.node = node.place;
    byId("at-name").textContent = node.name;
    byId("at-level").textContent = data.words[`level_${node.level}`];
    byId("at-unit").textContent = node.shown_unit;
    byId("made-of").hidden = node.members.length === 0;
    byId("members-head").textContent = data.words[`members_${node.level}`] ?? "";
    byId("members").replaceChildren(...node.members.map(tile));
    const sentences = periodNow().sentences.map((place) => element("li", data.texts[place]));
    byId("summary").replaceChildren(...sentences);
    byId("summary").hidden = node.place !== 0;
    showPath(node);
    showAbout(node);
  }

  // The period in every heading, list and link.
  function showPeriod() {
    const { label, grids } = periodNow();
    for (const place of all("[data-label]")) place.textContent = label;
    byId("period").value = String(now.column);
    byId("earlier").disabled = now.column === 0;
    byId("later").disabled = now.column === data.periods.length - 1;
    for (const [id, grid] of Object.entries(grids)) showGrid(id, grid);
    for (const link of all("a[data-key]")) link.href = address(placeOf.get(link.dataset.key));
    for (const link of all("a[data-part]")) link.href = address(now.place, now.column, link.dataset.part);
  }

  // The boxes of the strategy map in the colours and with the figures of the period.
  function showMap() {
    for (const box of all(".map [data-key]")) {
      const place = placeOf.get(box.dataset.key);
      const row = said(place);
      if (row.band < 0) delete box.dataset.band;
      else box.dataset.band = row.band;
      const isRoof = place === 0;
      const [figure, word] = ["figure", "word"].map((name) => box.querySelector(`:scope > .map-${name}`));
      if (figure) figure.textContent = isRoof ? `${row.achieved}  ${row.word}` : row.achieved;
      if (word) word.textContent = row.word;
      box.querySelector("title").textContent = `${data.nodes[place].name}: ${row.achieved}, ${row.word}`;
      box.closest("a")?.setAttribute("href", address(place));
    }
  }

  // Which chart of a kind belongs to the view: of the node, of the period, or the only one.
  function chartOf(kind) {
    const { charts } = data.charts[kind];
    if (kind === "trend" || kind === "amounts") return charts[now.place];
    if (kind === "progress") return charts[0];
    if (kind === "consists") return charts[now.place * data.periods.length + now.column];
    return now.place === 0 ? charts[now.column] : null;
  }

  // The rows of a chart with their fields by name; the months of the period are marked.
  function unpacked({ fields, texts }, rows) {
    const isText = new Set(texts);
    const months = periodNow().inside;
    return rows.map((row, index) => {
      const known = Object.fromEntries(
        fields.map((name, place) => [name, isText.has(name) ? data.texts[row[place]] : row[place]]),
      );
      return "is_inside" in known ? { ...known, is_inside: months[index] } : known;
    });
  }

  // A figure: its title, what it says to those who do not see it, its table and its drawing.
  async function showChart(kind) {
    const figure = byId(kind);
    const chart = data.charts[kind] && chartOf(kind);
    if (figure) figure.hidden = !chart;
    if (!figure || !chart) return;
    const [title, told] = chart.slice(0, 2).map((place) => data.texts[place]);
    const rows = unpacked(data.charts[kind], chart[2]);
    byId(`${kind}-title`).textContent = title;
    byId(`${kind}-told`).textContent = told;
    showTable(figure.querySelector("table"), title, data.charts[kind].columns, rows);
    await draw(kind, figure.querySelector(".drawing"), rows);
  }

  // The table that says what a chart shows.
  function showTable(table, title, columns, rows) {
    table.caption.textContent = title;
    const heads = columns.map(([, label]) => element("th", label, { scope: "col" }));
    table.tHead.rows[0].replaceChildren(...heads);
    const lines = rows.map((row) => {
      const line = element("tr");
      const cells = columns.map(([name], index) =>
        index ? element("td", row[name]) : element("th", row[name], { scope: "row" }));
      line.append(...cells);
      return line;
    });
    table.tBodies[0].replaceChildren(...lines);
  }

  // Draws rows by the specification of their kind; drawn once, a chart only takes other rows.
  async function draw(kind, place, rows) {
    if (typeof vegaEmbed !== "function") return;
    place.hidden = false;
    const { height } = data.charts[kind].spec;
    const tall = height.step ? height.step * rows.length : height;
    const former = views.get(kind);
    if (former) {
      const view = await former;
      view.data("rows", rows);
      await view.height(tall).resize().runAsync();
      return;
    }
    const spec = { ...data.charts[kind].spec, height: tall, data: { name: "rows", values: rows } };
    // The syntax tree is interpreted, as no page of ours may make code from text.
    const how = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: hint, logLevel: 1 };
    const drawn = vegaEmbed(place, spec, how).then(({ view }) => {
      place.querySelector("svg").setAttribute("aria-hidden", "true");
      return view;
    });
    views.set(kind, drawn);
    await drawn;
  }

  // What a chart says of the mark under the pointer.
  function hint(_handler, event, _item, text) {
    const shown = byId("told") ?? document.body.appendChild(element("div", "", { class: "told", id: "told" }));
    shown.hidden = !text;
    shown.textContent = text ?? "";
    shown.style.left = `${Math.min(event.clientX + 12, innerWidth - shown.offsetWidth - 8)}px`;
    shown.style.top = `${event.clientY + 16}px`;
  }

  // Shows the state; says it aloud unless the page has just been opened.
  function show(isFirst = false) {
    showPeriod();
    showNode();
    showMap();
    for (const told of all("[data-node]")) tell(told);
    Object.keys(data.charts).forEach(showChart);
    reach();
    if (isFirst) return;
    const row = said(now.place);
    byId("announcement").textContent = `${periodNow().label}: ${nodeNow().name}, ${row.achieved}, ${row.word}`;
  }

  // Follows the address, also when the reader goes back.
  function follow(isFirst = false) {
    const wanted = addressed();
    const isElsewhere = wanted.place !== now.place;
    Object.assign(now, { column: wanted.column, place: wanted.place });
    show(isFirst);
    if (wanted.part) byId(wanted.part)?.scrollIntoView();
    else if (isElsewhere) lookAt(byId("at-name"));
  }

  // Brings a heading into view and lets a screen reader go on from there.
  function lookAt(heading) {
    heading.focus({ preventScroll: true });
    byId("board").scrollIntoView();
  }

  // Another period of the same view.
  function pick(column) {
    location.hash = address(now.place, column);
  }

  // Shows only the KPIs whose name holds what is typed, below their objectives.
  function find(typed) {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const wanted = plain(typed.trim());
    const found = data.nodes.filter((node) => node.level === "kpi" && plain(node.name).includes(wanted));
    const kept = new Set(found.flatMap((node) => [...node.above, node.place]));
    for (const row of all("#scores tr[data-node]")) row.hidden = !kept.has(Number(row.dataset.node));
    byId("found").textContent = wanted ? `${data.words.found} ${found.length}` : "";
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

  // Up one level with Escape, unless somebody is typing.
  function climb(event) {
    if (event.key !== "Escape" || event.target.closest("input, select")) return;
    const above = nodeNow().above.at(-1);
    if (above !== undefined) location.hash = address(above);
  }

  // Parts that are wider than the screen scroll by keys; the others are no stop for them.
  function reach() {
    for (const part of all(".scroll")) part.tabIndex = part.scrollWidth > part.clientWidth ? 0 : -1;
  }

  // On paper every chart has its figures beside it.
  function unfold(isPaper) {
    for (const table of all("details")) table.open = isPaper;
    for (const shown of views.values()) shown.then((view) => view.resize().runAsync());
  }

  // Listens to the controls, the keys and the address.
  function listen() {
    addEventListener("resize", reach);
    matchMedia("print").addEventListener("change", (event) => unfold(event.matches));
    byId("period").addEventListener("change", (event) => pick(Number(event.target.value)));
    byId("earlier").addEventListener("click", () => pick(now.column - 1));
    byId("later").addEventListener("click", () => pick(now.column + 1));
    byId("find").addEventListener("input", (event) => find(event.target.value));
    byId("print").addEventListener("click", () => print());
    byId("theme").addEventListener("click", () => {
      const isDark = document.documentElement.dataset.theme === "dark";
      light(remembered(isDark ? "light" : "dark"));
    });
    addEventListener("hashchange", () => follow());
    addEventListener("keydown", climb);
  }

  byId("controls").hidden = false;
  byId("search").hidden = false;
  light(remembered());
  listen();
  follow(true);
})();

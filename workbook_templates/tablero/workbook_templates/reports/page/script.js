// What the reader can do with the page: pick a period, look into a part, find, and change the light.
// It only chooses among the rows that are already there; texts are set as text, never as markup.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(byId("data").textContent);
  const placeOf = new Map(data.nodes.map((node) => [node.key, node.place]));
  const columnOf = new Map(data.periods.map(([code], column) => [code, column]));
  const field = Object.fromEntries(data.fields.map((name, index) => [name, index]));
  const now = { column: data.shown, place: 0 };

  // The state that the address names; what it does not name stays as it is.
  function addressed() {
    const named = new URLSearchParams(location.hash.slice(1));
    const column = columnOf.get(named.get("period"));
    const place = placeOf.get(named.get("at"));
    return { column: column ?? now.column, place: place ?? now.place, part: named.get("part") };
  }

  // The address of a view, so that a link opens the same one.
  function address(place, column = now.column, part = "") {
    const named = { period: data.periods[column][0], at: data.nodes[place].key };
    const end = part ? `&part=${part}` : "";
    return `#period=${named.period}&at=${encodeURIComponent(named.at).replaceAll("%3A", ":")}${end}`;
  }

  // What is said of a node in the period shown, by the name of the field.
  function said(place, column = now.column) {
    const row = data.rows[column][place];
    const band = data.bands[row[field.band]];
    const text = (name) => data.texts[row[field[name]]];
    const [, , plan, term] = band ?? ["", "", "–", "–"];
    const words = ["achieved", "covered", "value", "goal", "part", "brings", "points"];
    const known = Object.fromEntries(words.map((name) => [name, text(name)]));
    return { ...known, plan, term, band: row[field.band], bar: row[field.bar] };
  }

  // Fills a badge with the sign, the word and the tone of a band.
  function wear(badge, band) {
    const [sign, word] = data.bands[band] ?? ["", "–"];
    if (band < 0) delete badge.dataset.band;
    else badge.dataset.band = band;
    badge.querySelector(".sign").textContent = sign;
    badge.querySelector(".word").textContent = word;
  }

  // Tells an element, and all that is in it, where its node stands.
  function tell(element) {
    const row = said(Number(element.dataset.node));
    for (const slot of all("[data-say]", element)) slot.textContent = row[slot.dataset.say];
    for (const badge of all(".badge", element)) wear(badge, row.band);
    for (const reach of all(".reach", element)) reach.setAttribute("width", row.bar);
  }

  // A new element with a text and attributes.
  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text ?? "";
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // A tile of a node, from the one that stands in the page as a pattern.
  function tile(place) {
    const node = data.nodes[place];
    const made = byId(node.level === "kpi" ? "tile-kpi" : "tile").content.cloneNode(true);
    const link = made.querySelector(".tile");
    link.dataset.node = place;
    link.href = address(place);
    link.querySelector(".name").textContent = node.name;
    for (const slot of all("[data-fact]", link)) slot.textContent = node[slot.dataset.fact];
    return made.firstElementChild;
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
    const node = data.nodes[now.place];
    byId("at").dataset.node = node.place;
    byId("at-name").textContent = node.name;
    byId("at-level").textContent = data.words[`level_${node.level}`];
    byId("at-weight").textContent = node.weight;
    byId("at-unit").textContent = node.shown_unit;
    for (const fact of all(".of-members")) fact.hidden = node.place === 0;
    for (const fact of all(".of-kpis")) fact.hidden = node.level !== "kpi";
    byId("made-of").hidden = node.members.length === 0;
    byId("members-head").textContent = data.words[`members_${node.level}`] ?? "";
    byId("members").replaceChildren(...node.members.map(tile));
    showPath(node);
    showAbout(node);
  }

  // The period in every heading, list and link.
  function showPeriod() {
    const label = data.periods[now.column][2];
    for (const place of all("[data-label]")) place.textContent = label;
    byId("period").value = String(now.column);
    byId("earlier").disabled = now.column === 0;
    byId("later").disabled = now.column === data.periods.length - 1;
    for (const row of all("tr[data-node]")) {
      row.querySelector("a").href = address(Number(row.dataset.node));
    }
    for (const link of all("a[data-part]")) link.href = address(now.place, now.column, link.dataset.part);
  }

  // Shows the state; says it aloud unless the page has just been opened.
  function show(isFirst = false) {
    showPeriod();
    showNode();
    for (const told of all("[data-node]")) tell(told);
    if (isFirst) return;
    const row = said(now.place);
    const [, band] = data.bands[row.band] ?? ["", "–"];
    const label = data.periods[now.column][2];
    byId("announcement").textContent = `${label}: ${data.nodes[now.place].name}, ${row.achieved}, ${band}`;
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
    const isFound = (node) => node.level === "kpi" && plain(node.name).includes(wanted);
    const found = data.nodes.filter(isFound);
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
      return sessionStorage.getItem("tablero-theme");
    } catch {
      return value ?? null;
    }
  }

  // Up one level with Escape, unless somebody is typing.
  function climb(event) {
    if (event.key !== "Escape" || event.target.closest("input, select")) return;
    const above = data.nodes[now.place].above.at(-1);
    if (above !== undefined) location.hash = address(above);
  }

  function listen() {
    byId("period").addEventListener("change", (event) => pick(Number(event.target.value)));
    byId("earlier").addEventListener("click", () => pick(now.column - 1));
    byId("later").addEventListener("click", () => pick(now.column + 1));
    byId("find").addEventListener("input", (event) => find(event.target.value));
    byId("print").addEventListener("click", () => print());
    byId("theme").addEventListener("click", () => {
      const isDark = document.documentElement.dataset.theme === "dark";
      light(remembered(isDark ? "light" : "dark") ?? (isDark ? "light" : "dark"));
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

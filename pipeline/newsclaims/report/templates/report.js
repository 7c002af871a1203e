// The table of claims, ways from one part of the page to another, and printing. All else works without it.
"use strict";
(() => {
  const NUMBER = 0, TYPE = 1, LOOK = 2, KINDS = 3, PARTS = 4, SURE = 5, CREDIT = 6, SAID = 7, TITLE = 9,
    LOW = 10, HIGH = 11, CURRENCY = 12, TRUST = 13, REVIEW = 14;
  const PAGE = 50, PRINTED = 2000;
  const rows = JSON.parse(document.getElementById("rows").textContent);
  const tools = document.getElementById("tools"), found = document.getElementById("found");
  const table = document.getElementById("table"), pages = document.getElementById("pages");
  const [head, body] = [table.tHead.rows[0], table.tBodies[0]];
  const [back, on] = pages.children;
  const reviewed = rows.some(row => row[REVIEW] !== "pending");
  const text = row => row[PARTS].map(part => part.join(" ")).join(" ");
  const haystacks = new Map();
  const haystack = row => {
    let words = haystacks.get(row);
    if (!words) {
      words = [text(row), row[SAID], row[CREDIT], row[TITLE], row[KINDS].join(" ")].join(" ").toLocaleLowerCase();
      haystacks.set(row, words);
    }
    return words;
  };
  const amount = row => row[LOW] ?? row[HIGH];

  // name, class, what to sort by
  const columns = [
    ["No.", "number", row => row[NUMBER]],
    ["Type", "type-of", row => row[TYPE]],
    ["Claim and sentence", "what", row => text(row).toLocaleLowerCase()],
    ["Amount", "money", row => row[CURRENCY] ? [row[CURRENCY], amount(row)] : null],
    ["Certainty", "sure", row => row[SURE]],
    ["Credited", "who", row => row[CREDIT].toLocaleLowerCase() || null],
    ["Confidence", "trust", row => row[TRUST]],
  ];
  if (reviewed) columns.push(["Review", "review", row => row[REVIEW]]);

  const state = { by: 0, down: false, at: 0, chosen: null };
  let shown = rows;

  const element = (name, content, type) => {
    const made = document.createElement(name);
    if (type) made.className = type;
    made.append(...[content].flat().filter(part => part !== ""));
    return made;
  };

  const spoken = row => row[PARTS].flatMap(([before, words], place) => {
    const name = element("bdi", words);
    if (before) return [" ", element("i", before), " ", name];
    return place ? [", ", name] : [name];
  });

  const figure = row => {
    if (!row[CURRENCY]) return "";
    const brief = value => value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 4 });
    const [low, high] = [row[LOW], row[HIGH]];
    const number = low === null && high === null ? "open" : low === null ? "≤ " + brief(high)
      : high === null ? "≥ " + brief(low) : low === high ? brief(low) : brief(low) + "–" + brief(high);
    return row[CURRENCY] + "\u00a0" + number;
  };

  const link = (href, words) => {
    const made = element("a", words);
    made.href = href;
    return made;
  };

  const draw = row => {
    const said = element("span", [element("bdi", row[SAID]), " ", element("cite", element("bdi", row[TITLE]))], "said");
    const cells = [
      document.getElementById("claim-" + row[NUMBER]) ? link("#claim-" + row[NUMBER], String(row[NUMBER])) : String(row[NUMBER]),
      [element("span", row[TYPE].replaceAll("_", " "), "type " + row[LOOK]), ...row[KINDS].flatMap(kind => [" ", element("span", kind, "attribute")])],
      [element("span", spoken(row), "spoken " + row[SURE]), said],
      figure(row),
      row[SURE] === "asserted" ? "asserted" : element("span", row[SURE], "badge " + row[SURE]),
      row[CREDIT] ? element("bdi", row[CREDIT]) : "",
      row[TRUST].toFixed(2),
    ];
    if (reviewed) cells.push(row[REVIEW]);
    const line = document.createElement("tr");
    cells.forEach((content, place) => {
      const cell = element("td", content, columns[place][1]);
      if (["Credited", "Confidence", "Review"].includes(columns[place][0])) cell.dataset.name = columns[place][0].toLowerCase();
      line.append(cell);
    });
    return line;
  };

  const order = (a, b) => {
    const key = columns[state.by][2], [x, y] = [key(a), key(b)];
    if (x === null || y === null) return (x === null) - (y === null) || a[NUMBER] - b[NUMBER];
    const pair = Array.isArray(x) ? (x[0] === y[0] ? [x[1], y[1]] : [x[0], y[0]]) : [x, y];
    const way = typeof pair[0] === "string" ? pair[0].localeCompare(pair[1]) : pair[0] - pair[1];
    return (state.down ? -way : way) || a[NUMBER] - b[NUMBER];
  };

  const render = (count = PAGE) => {
    const part = shown.slice(state.at, state.at + count);
    body.replaceChildren(...part.map(draw));
    const last = state.at + part.length, total = shown.length.toLocaleString("en");
    found.textContent = shown.length ? `${(state.at + 1).toLocaleString("en")}–${last.toLocaleString("en")} of ${total} claims` : "No claim is like this.";
    back.disabled = state.at === 0;
    on.disabled = last >= shown.length;
    pages.hidden = shown.length <= PAGE;
    [...head.cells].forEach((cell, place) => {
      if (place === state.by) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    tools.elements.sort.value = String(state.by);
  };

  const search = () => {
    const { words, type, certainty, chosen } = tools.elements;
    const wanted = words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    shown = rows.filter(row => (!state.chosen || state.chosen.has(row[NUMBER]))
      && (!type.value || row[TYPE] === type.value) && (!certainty.value || row[SURE] === certainty.value)
      && wanted.every(word => haystack(row).includes(word))).sort(order);
    chosen.hidden = !state.chosen;
    state.at = 0;
    render();
  };

  const sort = place => {
    state.down = place === state.by ? !state.down : false;
    state.by = place;
    search();
  };

  columns.forEach(([name, kind], place) => {
    const cell = element("th", element("button", name), kind);
    cell.scope = "col";
    cell.firstChild.type = "button";
    cell.firstChild.addEventListener("click", () => sort(place));
    head.append(cell);
    tools.elements.sort.append(new Option(name, String(place)));
  });
  tools.addEventListener("submit", event => event.preventDefault());
  tools.addEventListener("input", event => {
    if (event.target.name === "sort") sort(Number(event.target.value));
    else search();
  });
  tools.elements.chosen.addEventListener("click", () => {
    state.chosen = null;
    history.replaceState(null, "", "#all");
    search();
  });
  const turn = by => {
    state.at += by;
    render();
    document.getElementById("all").scrollIntoView();
  };
  back.addEventListener("click", () => turn(-PAGE));
  on.addEventListener("click", () => turn(PAGE));

  // #claims=3,8 shows these claims in the table; any other place is opened where it is folded away.
  const visit = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (place.startsWith("claims=")) {
      state.chosen = new Set(place.slice(7).split(",").map(Number));
      tools.reset();
      search();
      document.getElementById("all").scrollIntoView();
      return;
    }
    const goal = place && document.getElementById(place);
    if (!goal) return;
    for (let fold = goal.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    goal.scrollIntoView();
  };
  addEventListener("hashchange", visit);
  document.addEventListener("click", event => {  // a second click on the same link leads there again
    const way = event.target.closest("a[href^='#']");
    if (way && way.getAttribute("href") === location.hash) visit();
  });

  // A claim under the pointer lights up in its article, and the other way round.
  const articles = document.getElementById("articles");
  const lit = [];
  const light = event => {
    const touched = event.target.closest("[data-claims], [data-claim]");
    lit.splice(0).forEach(item => item.classList.remove("lit"));
    if (!touched) return;
    const wanted = (touched.dataset.claims || touched.dataset.claim).split(" ");
    touched.closest(".spread").querySelectorAll("[data-claims], [data-claim]").forEach(item => {
      const own = (item.dataset.claims || item.dataset.claim).split(" ");
      if (own.some(number => wanted.includes(number))) { item.classList.add("lit"); lit.push(item); }
    });
  };
  articles.addEventListener("mouseover", light);
  articles.addEventListener("mouseleave", light);

  // On paper, all that is folded is open and the table goes on.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach(fold => { fold.open = true; });
    state.at = 0;
    render(PRINTED);
  });
  addEventListener("afterprint", () => {
    folded.forEach(fold => { fold.open = false; });
    render();
  });

  document.getElementById("no-scripts").hidden = true;
  tools.hidden = table.hidden = false;
  search();
  visit();
})();

/** The page without reloads: forms and links marked data-live are fetched, and what they changed is put in. */
import { listenToKeys } from "./keys.js";
import { placeBar, selected } from "./selection.js";

const SWAPPED = ["work", "progress", "notes"];
const AWAY =
  "The server does not answer. What you decided so far is kept; start it again and repeat the last step.";
let running = null;
let hushed;

/** Tell what happened, to the eye and to screen readers. */
export function say(text, bad = false) {
  const said = document.getElementById("said");
  said.textContent = text.charAt(0).toUpperCase() + text.slice(1);
  said.classList.toggle("bad", bad);
  said.classList.add("seen");
  clearTimeout(hushed);
  hushed = setTimeout(() => said.classList.remove("seen"), bad ? 6000 : 1800);
}

/** Have the address name what is shown, so that looking again shows the same. */
function settle() {
  const here = document.getElementById("work").dataset.here;
  const at = new URLSearchParams(location.search).get("at");
  if (here && at === null) history.replaceState(null, "", here);
}

/** Bring the card of the chosen claim and its sentence into view. */
function reveal() {
  const card = document.querySelector(".chosen");
  const scrolls = document.querySelector(".claims");
  const hidden = card && (card.getBoundingClientRect().top > innerHeight - 160 || card.getBoundingClientRect().top < 0);
  if (hidden || scrolls.scrollHeight > scrolls.clientHeight) card?.scrollIntoView({ block: "nearest" });
  const reader = document.querySelector(".reader");
  const sentence = document.querySelector("#text .sentence, #text .trigger");
  if (!sentence) return;
  const box = sentence.getBoundingClientRect();
  const frame = reader.getBoundingClientRect();
  if (box.top < frame.top + 40 || box.bottom > frame.bottom - 60) {
    reader.scrollTop += box.top - frame.top - frame.height * 0.3;
  }
}

function toggleFilters() {
  const form = document.getElementById("filters");
  form.hidden = !form.hidden;
  const button = document.querySelector("[aria-controls=filters]");
  button.setAttribute("aria-expanded", String(!form.hidden));
  if (form.hidden) button.focus();
  else form.querySelector("select").focus();
}

function swap(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const doc = () => document.querySelector(".paper")?.dataset.doc;
  const before = doc();
  const top = document.querySelector(".reader").scrollTop;
  const side = document.querySelector(".claims").scrollTop;
  for (const id of SWAPPED) document.getElementById(id).replaceWith(page.getElementById(id));
  const filters = document.getElementById("filters");
  if (filters.hidden) filters.replaceWith(page.getElementById("filters"));
  document.title = page.title;
  document.body.dataset.pulse = page.body.dataset.pulse;
  if (doc() === before) {
    document.querySelector(".reader").scrollTop = top;
    document.querySelector(".claims").scrollTop = side;
  }
  reveal();
}

/**
 * Fetch an address and show what it answers; `keep` leaves the browser's history alone.
 *
 * One thing at a time: a look for others' decisions (`keep`) gives way to whatever the reviewer does, a step
 * waits for the decision before it, and a second decision is not taken before its claim is on the screen.
 */
async function go(address, options = {}, keep = false) {
  if (running?.keep) running.abort();
  else if (running && options.method) return false;
  while (running) await running.done;
  const control = new AbortController();
  let finish;
  running = { keep, abort: () => control.abort(), done: new Promise((resolve) => (finish = resolve)) };
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { ...options, signal: control.signal });
    const text = await answer.text();
    if (!answer.ok) {
      say(text.trim(), true);
      return false;
    }
    swap(text);
    if (!keep && answer.url !== location.href) history.pushState(null, "", answer.url);
    settle();
    return true;
  } catch {
    if (!control.signal.aborted) say(AWAY, true);
    return false;
  } finally {
    running = null;
    finish();
    document.body.removeAttribute("aria-busy");
  }
}

const DONE = { accepted: "Accepted", rejected: "Rejected", unsure: "Unsure", comment: "Comment kept" };

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-live]")) return;
  event.preventDefault();
  const data = new URLSearchParams(new FormData(form, event.submitter));
  const path = new URL(form.action).pathname;
  if (!(await go(form.action, { method: "POST", body: data }))) return;
  document.getSelection().removeAllRanges();
  const where = document.getElementById("position")?.textContent ?? "";
  const done = { "/undo": "Undone", "/edit": "Mended", "/add": "Added: now fill its slots", "/finish": "Marked as read" };
  say(`${done[path] ?? DONE[data.get("decision")] ?? "Kept"}. ${path === "/decide" ? where : ""}`);
});

document.addEventListener("click", (event) => {
  const target = event.target;
  const link = target.closest("a[data-live]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    go(link.href);
    return;
  }
  const opener = target.closest("[data-opens]");
  if (opener) {
    const box = document.getElementById(opener.dataset.opens);
    box.showModal();
    box.querySelector("[aria-current]")?.focus();
    return;
  }
  if (target.closest("[data-closes]") || target.tagName === "DIALOG") target.closest("dialog").close();
  if (target.closest("[aria-controls=filters]")) toggleFilters();
  const other = target.closest("#text [data-claim]");
  if (other && !selected()) document.querySelector(`[data-card="${CSS.escape(other.dataset.claim)}"]`)?.click();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("#filters select, .scope input")) event.target.form.requestSubmit();
});

// Leave empty fields out of the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

document.addEventListener("input", async ({ target }) => {
  const field = target.dataset.suggest;
  if (!field || !target.value) return;
  const answer = await fetch(`/suggest?${new URLSearchParams({ field, q: target.value })}`);
  if (!answer.ok) return;
  const options = (await answer.json()).map(({ value, label }) => {
    const option = document.createElement("option");
    option.value = value;
    option.label = label;
    return option;
  });
  document.getElementById(`known-${field}`).replaceChildren(...options);
});

// Others' decisions: look again when the server's pulse moved, but not under the hands of the reviewer.
setInterval(async () => {
  if (running || document.hidden || selected() || document.querySelector("dialog[open]")) return;
  try {
    const pulse = await (await fetch("/pulse")).json();
    if (pulse !== document.body.dataset.pulse && !running && !selected() && !document.querySelector("dialog[open]")) {
      await go(location.href, {}, true);
    }
  } catch {
    // The server is away; the next decision says so.
  }
}, 2000);

window.addEventListener("popstate", () => go(location.href, {}, true));
document.addEventListener("selectionchange", placeBar);
document.addEventListener("scroll", placeBar, { capture: true, passive: true });
listenToKeys(say, toggleFilters);
settle();
reveal();

/** Keys for everything: controls carry theirs in data-key, slots in data-slot, choices in data-pick. */
import { placeBar, selected } from "./selection.js";

const TYPING = "input:not([type=checkbox]), textarea, select";

/** Without a selection, a slot's key shows where the slot stands. */
function point(key) {
  const button = document.querySelector(`#selection [data-slot="${key}"]`);
  const look = [...(button?.classList ?? [])].find((name) => name.startsWith("slot-") || name === "source" || name === "trigger");
  const mark = look && document.querySelector(`#text .${look}`);
  if (!mark) return false;
  mark.scrollIntoView({ block: "center" });
  mark.classList.remove("flash");
  requestAnimationFrame(() => mark.classList.add("flash"));
  return true;
}

function press(selector) {
  const control = document.querySelector(selector);
  if (!control) return false;
  if (control.matches("input")) control.focus();
  else control.click();
  return true;
}

function slotKey(event, say) {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
  const key = digit ?? (event.key.toLowerCase() === "s" ? "s" : null);
  if (key === null) return false;
  if (event.shiftKey) return press(`[data-clear="${key}"]`) || (say("That slot is empty, or the claim needs it"), true);
  placeBar(); // a quick key comes before the event that tells of the selection
  if (selected()) return press(`#selection [data-slot="${key}"]`);
  return point(key) || (say("Select text in the article, then press the slot's key"), true);
}

export function listenToKeys(say, toggleFilters) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches?.("textarea")) {
      event.target.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const dialog = document.querySelector("dialog[open]");
    if (event.target.matches?.(TYPING)) {
      if (event.key === "Escape" && event.target.closest("#filters")) toggleFilters();
      else if (event.key === "Escape" && !dialog) event.target.blur();
      return;
    }
    const key = event.key.toLowerCase();
    let done = false;
    if (dialog) {
      done = /^[a-z0-9]$/.test(key) && press(`dialog[open] [data-pick="${key}"]`);
      if (key === "?" && dialog.id === "help") dialog.close();
    } else if (key === "n") {
      done = true;
      placeBar();
      if (selected()) document.getElementById("add-box").showModal();
      else say("Select the words that say the claim, then press N");
    } else if (key === "escape") {
      document.getSelection().removeAllRanges();
    } else if (slotKey(event, say)) {
      done = true;
    } else if (/^[a-z?/]$/.test(key)) {
      done = press(`[data-key="${key}"]`);
      if (!done && (key === "j" || key === "k")) say(key === "j" ? "That was the last claim" : "That was the first claim");
      if (!done && (key === "l" || key === "h")) say(key === "l" ? "That was the last article" : "That was the first article");
    }
    if (done) event.preventDefault();
  });
}

/** Selected text of the article as offsets: code points into the text, as the server counts them. */

/** The segment that a place in the page stands in, and how many code points of it lie before that place. */
function offsetOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const segment = element.closest("[data-start]");
  if (segment && node.nodeType === Node.TEXT_NODE) {
    return Number(segment.dataset.start) + [...node.data.slice(0, offset)].length;
  }
  if (segment) return Number(segment.dataset.start) + (offset ? [...segment.textContent].length : 0);
  // Between segments: the end of the one before, or the start of the first after.
  const before = node.childNodes[offset - 1];
  const segments = before?.querySelectorAll?.("[data-start]") ?? [];
  const last = before?.matches?.("[data-start]") ? before : segments[segments.length - 1];
  if (last) return Number(last.dataset.start) + [...last.textContent].length;
  const after = node.childNodes[offset];
  const first = after?.matches?.("[data-start]") ? after : after?.querySelector?.("[data-start]");
  return first ? Number(first.dataset.start) : null;
}

/** What is selected in the article: `{start, end, text, box}`, or null. */
export function selected() {
  const selection = document.getSelection();
  const text = document.getElementById("text");
  if (!selection.rangeCount || selection.isCollapsed || !text) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(text)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(text);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(text, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(text, text.childNodes.length);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  return { start, end, text: range.toString(), box: range.getBoundingClientRect() };
}

/** Show the bar of slots beside the selection, or hide it. */
export function placeBar() {
  const bar = document.getElementById("selection");
  if (!bar) return;
  const chosen = selected();
  bar.hidden = !chosen;
  if (!chosen) return;
  for (const scope of [bar, document.getElementById("add-box")]) {
    for (const name of ["start", "end"]) {
      for (const field of scope.querySelectorAll(`input[name=${name}]`)) field.value = chosen[name];
    }
  }
  document.querySelector("[data-selected]").textContent = chosen.text;
  const height = bar.offsetHeight;
  const above = chosen.box.top - height - 8;
  bar.style.top = `${above > 60 ? above : Math.min(chosen.box.bottom + 8, innerHeight - height - 8)}px`;
  bar.style.left = `${Math.max(8, Math.min(chosen.box.left, innerWidth - bar.offsetWidth - 8))}px`;
}

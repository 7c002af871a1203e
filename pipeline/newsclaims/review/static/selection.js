/** Selected text of the article as offsets: code points into the text, as the server counts them. */

/** Where a place in the page is: in a segment, or else at the end of the last one before it. */
function offsetOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const segment = element.closest("[data-start]");
  if (segment) {
    const before = document.createRange();
    before.setStart(segment, 0);
    before.setEnd(node, offset);
    return Number(segment.dataset.start) + [...before.toString()].length;
  }
  let found = 0;
  for (const one of document.querySelectorAll("#text [data-start]")) {
    const whole = document.createRange();
    whole.selectNodeContents(one);
    if (whole.comparePoint(node, offset) < 0) break;
    found = Number(one.dataset.start) + [...one.textContent].length;
  }
  return found;
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
  if (start >= end) return null;
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

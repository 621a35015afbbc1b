/* Selecting words of the passage puts them into the field. */
const shown = document.querySelector("[data-pick]");
const field = document.querySelector("[data-picked]");
if (shown && field) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || !shown.contains(chosen.anchorNode) || !shown.contains(chosen.focusNode)) return;
    const words = chosen.toString().trim();
    if (words) field.value = words;
  });
}

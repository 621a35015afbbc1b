/* The workbench with script: quote what is selected, insert a figure where one writes, count what is ticked. */
for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.into);
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.focus();
  });
}
const folds = document.getElementById("folds");
if (folds) {
  const count = () => {
    const shown = folds.querySelector("[data-chosen]");
    if (shown) shown.textContent = folds.querySelectorAll("input[name=fold]:checked").length;
  };
  folds.addEventListener("change", count);
  count();
  folds.addEventListener("submit", (event) => {
    const button = event.submitter;
    const words = button && button.closest("[data-fold]") ? button.closest("[data-fold]").querySelector("[data-words]") : null;
    const chosen = document.getSelection();
    const inside = words && chosen.rangeCount && words.contains(chosen.anchorNode) && words.contains(chosen.focusNode);
    folds.elements.part.value = inside ? chosen.toString().trim() : "";
  });
}

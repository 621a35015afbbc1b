// Point at a row or at its words in the text: the other is shown. Select words: they fill the form that adds a task.
(() => {
  const text = document.getElementById("source");
  if (!text) return;
  const all = (id) => document.querySelectorAll(`[data-row="${CSS.escape(id)}"]`);
  const holder = (event) => event.target.closest("[data-row]");

  const light = (id, on) => all(id).forEach((one) => one.classList.toggle("lit", on));
  let lit = "";
  const point = (event) => {
    const here = holder(event);
    const id = here ? here.dataset.row : "";
    if (id === lit) return;
    if (lit) light(lit, false);
    lit = id;
    if (lit) light(lit, true);
  };
  const show = (event) => {
    const here = holder(event);
    if (!here || event.target.closest("a, button, input, select, textarea, summary")) return;
    if (!window.getSelection().isCollapsed) return;
    const inText = text.contains(here);
    const other = [...all(here.dataset.row)].find((one) => text.contains(one) !== inText);
    if (other) other.scrollIntoView({ block: "center", behavior: "smooth" });
  };
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, point);
  document.addEventListener("click", show);

  const words = document.getElementById("add-words");
  const start = document.getElementById("add-start");
  document.addEventListener("selectionchange", () => {
    const chosen = window.getSelection();
    if (!words || chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const raw = range.toString();
    words.value = raw.trim();
    // The server counts characters, JavaScript counts units of UTF-16.
    start.value = [...before.toString()].length + [...raw].length - [...raw.trimStart()].length;
  });
})();

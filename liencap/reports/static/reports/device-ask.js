/* What is shown and asked beside the form; all words stand in the page's templates. */

const copy = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);
const slot = (piece, name) => piece.querySelector(`[data-slot=${name}]`);

export function show(name, words = "") {
  const piece = copy(`kept-${name}`);
  if (slot(piece, "words")) slot(piece, "words").textContent = words;
  const line = document.getElementById("kept");
  line.replaceChildren(piece);
  line.hidden = false;
  document.getElementById("saved").hidden = true;
}

export const hideLine = () => {
  document.getElementById("kept").hidden = true;
  document.getElementById("saved").hidden = false;
};

function put(form, piece) {
  form.querySelector(".sticky-bottom").before(piece);
  piece.tabIndex = -1;
  piece.focus();
  piece.scrollIntoView({ block: "center" });
}

export function askConsent(form) {
  document.getElementById("consent-sure")?.closest(".card").remove();
  const piece = copy("device-consent");
  slot(piece, "seers").textContent = document.getElementById("seen-by")?.textContent.trim() || "";
  const again = form.dataset.again !== undefined;
  slot(piece, "again").hidden = !again;
  put(form, piece);
  const [sure, reason, agree] = ["#consent-sure", "#consent-reason", "[data-agree]"].map((one) => piece.querySelector(one));
  const judge = () => { agree.disabled = !sure.checked || (again && !reason.value.trim()); };
  for (const one of [sure, reason]) {
    one.addEventListener("input", (event) => { event.stopPropagation(); judge(); });
    one.addEventListener("change", (event) => event.stopPropagation());
  }
  return new Promise((resolve) => {
    const end = (value) => () => { piece.remove(); resolve(value && value()); };
    agree.addEventListener("click", end(() => ({ reason: reason.value.trim() })));
    piece.querySelector("[data-refuse]").addEventListener("click", end(null));
  });
}

/* Name a field as the form does: the task, then what is asked. */
function labelOf(form, name) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  const label = field?.id && form.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  const asked = label?.textContent || field?.getAttribute("aria-label") || field?.closest("label")?.textContent || name;
  const group = field?.closest("[role=group][aria-label]")?.getAttribute("aria-label") || "";
  const task = field?.closest(".card")?.querySelector(".card-title")?.textContent || "";
  const parts = [task.trim().slice(0, 90), group.trim(), asked.trim()];
  return parts.filter((one, at) => one && parts.indexOf(one) === at).join(" · ");
}

function shown(form, name, values) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!values) return document.getElementById("device-nothing").content.textContent.trim();
  if (field?.tagName === "SELECT") {
    return values.map((one) => [...field.options].find((option) => option.value === one)?.text || one).join(", ");
  }
  return field?.type === "checkbox" ? "✓" : values.join(", ");
}

/* Show each field that both changed side by side and wait until every one is chosen. */
export function askChoice(form, names, mine, theirs) {
  const piece = copy("device-conflict");
  const go = piece.querySelector("[data-chosen]");
  for (const name of names) {
    const row = copy("device-conflict-row");
    slot(row, "label").textContent = labelOf(form, name);
    slot(row, "mine").textContent = shown(form, name, mine[name]);
    slot(row, "theirs").textContent = shown(form, name, theirs[name]);
    for (const one of row.querySelectorAll("input")) [one.name, one.dataset.field] = [`choose-${name}`, name];
    slot(piece, "rows").append(row);
  }
  for (const kind of ["input", "change"]) {
    piece.addEventListener(kind, (event) => {
      event.stopPropagation();
      go.disabled = piece.querySelectorAll("input:checked").length < names.length;
    });
  }
  form.before(piece);
  piece.tabIndex = -1;
  piece.focus();
  return new Promise((resolve) => {
    go.addEventListener("click", () => {
      const chosen = {};
      for (const one of piece.querySelectorAll("input:checked")) {
        chosen[one.dataset.field] = (one.value === "mine" ? mine : theirs)[one.dataset.field];
      }
      piece.remove();
      resolve(chosen);
    });
  });
}

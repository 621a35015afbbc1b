/* What was typed in a form that was refused stands in it again: the page that comes back would show it empty.
   It is kept in this tab alone and only until the next page; secrets, files and hidden fields never are. */
const KEPT = "refused-form";
const NEVER = ["hidden", "password", "file", "submit", "button"];

const kept = (field) => field.name && !NEVER.includes(field.type) && !/code|password/.test(field.autocomplete || "");
const ticked = (field) => ["checkbox", "radio"].includes(field.type);
const addressed = (form) => form.getAttribute("action") || "";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  const typed = [...form.elements].filter(kept).map((field) => ({
    name: field.name, value: field.value, on: ticked(field) ? field.checked : null,
    chosen: field.multiple && field.options ? [...field.selectedOptions].map((one) => one.value) : null,
  }));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ page: location.pathname, action: addressed(form), typed }));
  } catch {
    // A browser without room keeps nothing; the form works as before.
  }
});

function refill(form, typed) {
  for (const field of [...form.elements].filter(kept)) {
    const said = typed.find((one) => one.name === field.name && (one.on === null || one.value === field.value));
    if (!said) continue;
    if (said.on !== null) field.checked = said.on;
    else if (said.chosen) for (const one of field.options) one.selected = said.chosen.includes(one.value);
    else field.value = said.value;
  }
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

document.addEventListener("DOMContentLoaded", () => {
  const said = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  sessionStorage.removeItem(KEPT);
  if (!said || said.page !== location.pathname || !document.querySelector("[data-refused]")) return;
  const form = [...document.forms].find((one) => one.method === "post" && addressed(one) === said.action);
  if (form) refill(form, said.typed);
});

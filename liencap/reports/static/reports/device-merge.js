/* Fields of a form as {name: [values]}, and what becomes of them when others wrote too. */

const OURS = new Set(["csrfmiddlewaretoken", "revision", "send", "attach"]);
const VERSION = /^v-\d+$/; // which words of a task were answered: no choice of the writer's

export function fieldsOf(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (OURS.has(name) || typeof value !== "string" || value === "") continue;
    (found[name] ||= []).push(value.replaceAll("\r\n", "\n"));
  }
  return found;
}

/* Put fields into a form; what it does not name is emptied. */
export function fill(form, fields) {
  for (const one of form.elements) {
    if (!one.name || OURS.has(one.name) || one.type === "file" || one.tagName === "BUTTON") continue;
    const values = fields[one.name] || [];
    if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
    else if (one.multiple) for (const option of one.options) option.selected = values.includes(option.value);
    else one.value = values[0] ?? "";
  }
}

const text = (value) => JSON.stringify(value || []);

/* Say whether two sets of fields say the same; versions of tasks are no words. */
export function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => VERSION.test(name) || text(one[name]) === text(other[name]));
}

/* Join three sets: a field that one side alone changed is taken from it; both sides' changes stand in `both`. */
export function merge(base, mine, theirs) {
  const joined = {};
  const both = [];
  const taken = [];
  for (const name of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [was, my, their] = [base, mine, theirs].map((fields) => text(fields[name]));
    let value = mine[name];
    if (!VERSION.test(name) && my !== their) {
      if (my === was) [value] = [theirs[name], taken.push(name)];
      else if (their !== was) both.push(name);
    }
    if (value) joined[name] = value;
  }
  return { joined, both, taken };
}

/* Write the server's {name: text} as fields. */
export const fieldsFrom = (typed) =>
  Object.fromEntries(
    Object.entries(typed).filter(([, value]) => value !== "").map(([name, value]) => [name, [value.replaceAll("\r\n", "\n")]])
  );

/* The report form: every word is kept on the device at once, brought when there is a line, never over others' words. */
import { drop, keep, kept } from "./device-store.js";
import { bring } from "./device-line.js";
import { fieldsFrom, fieldsOf, fill, merge, same } from "./device-merge.js";
import { askConsent, askChoice, hideLine, show } from "./device-ask.js";

const AGAIN = 15000;

export async function watch(form, { owner, key, address }) {
  const report = Number(form.dataset.report);
  const page = { fields: fieldsOf(form), revision: revisionOf(form) };
  const found = await kept(key, owner, report);
  const now = {
    form, owner, key, address, report, away: false, busy: false, choosing: false,
    state: found ? found.state : "clean",
    said: found ? found.said : { fields: page.fields, base: page.fields, revision: page.revision },
  };
  now.said.title = document.querySelector("h1").textContent.trim();
  now.said.url = location.pathname;
  if (navigator.locks) navigator.locks.request(`liencap-write-${report}`, () => new Promise(() => {})).catch(() => {});
  listen(now);
  if (found) await resume(now, page);
  else if (form.dataset.unsaved !== undefined) await changed(now, { base: {} });
}

const revisionOf = (form) => Number(form.querySelector("[name=revision]").value);
const setRevision = (now) => { now.form.querySelector("[name=revision]").value = now.said.revision; };
const store = (now) =>
  keep(now.key, { owner: now.owner, report: now.report, state: now.state, said: now.said });

/* Join what the device keeps with the page: an older page is brought up, a newer one is never overwritten. */
async function resume(now, page) {
  const { said } = now;
  if (page.revision < said.revision || (page.revision === said.revision && now.form.dataset.unsaved === undefined)) {
    fill(now.form, said.fields);
    setRevision(now);
    if (now.state === "queued") show("waits");
    if (now.state !== "clean") await tell(now);
    return;
  }
  if (now.form.dataset.unsaved !== undefined) return changed(now);
  if (now.state === "clean" || same(page.fields, said.fields)) return clean(now, page.fields, page.revision);
  await meet(now, page.fields, page.revision);
}

/* Others, or an earlier bringing of ours, stand on the server: join, and ask where both changed a field. */
async function meet(now, theirs, revision) {
  const { said } = now;
  const base = said.attempt && same(said.attempt, theirs) ? said.attempt : said.base;
  const { joined, both } = merge(base, said.fields, theirs);
  if (now.state === "queued") now.state = "kept"; // the consent was to words that nobody else had touched
  now.choosing = true;
  const chosen = both.length ? await askChoice(now.form, both, said.fields, theirs) : {};
  for (const [name, value] of Object.entries(chosen)) {
    if (value) joined[name] = value;
    else delete joined[name];
  }
  now.choosing = false;
  fill(now.form, joined);
  now.said = { ...said, fields: joined, base: theirs, revision, attempt: null, key: null };
  setRevision(now);
  if (same(joined, theirs)) return clean(now, theirs, revision);
  now.state = "kept";
  await store(now);
  await tell(now);
}

async function clean(now, fields, revision) {
  now.state = "clean";
  now.said = { ...now.said, fields, base: fields, revision, attempt: null, key: null, words: "" };
  setRevision(now);
  await store(now);
}

/* A word was typed: keep it before anything else. A consent to send was to other words and falls. */
async function changed(now, more = {}) {
  const fields = fieldsOf(now.form);
  now.said = { ...now.said, ...more, fields, key: null };
  now.state = "kept";
  if (now.away || !navigator.onLine) {
    now.away = true;
    show("away");
  }
  await store(now);
  return now;
}

/* Bring what is kept; each set of words has one key, whatever happens on the way. */
async function tell(now) {
  if (now.busy || now.choosing || now.state === "clean") return;
  now.busy = true;
  now.said.key ||= crypto.randomUUID();
  await store(now);
  const sent = { ...now.said };
  const answer = navigator.onLine ? await bring(now.address, sent, now.state === "queued") : { result: "away" };
  now.busy = false;
  await heard(now, sent, answer);
}

async function heard(now, sent, answer) {
  now.away = answer.result === "away";
  if (answer.result === "sent") {
    await drop(now.owner, now.report);
    now.form.dataset.leaving = "yes";
    location.assign(answer.url);
  } else if (answer.result === "saved") {
    const unchanged = same(fieldsOf(now.form), sent.fields);
    now.said = { ...now.said, base: sent.fields, revision: answer.revision };
    setRevision(now);
    await (unchanged ? clean(now, sent.fields, answer.revision) : changed(now));
    if (unchanged) show("saved");
    else await tell(now);
  } else if (answer.result === "conflict") {
    await meet(now, fieldsFrom(answer.theirs), answer.revision);
  } else if (answer.result === "away") {
    show(now.state === "queued" ? "waits" : "away");
  } else {
    now.state = "kept"; // said once, not tried for ever: the writer mends it or presses again
    await store(now);
    show(answer.result === "shut" ? "shut" : "wrong", answer.words);
  }
}

function listen(now) {
  const { form } = now;
  let chain = Promise.resolve();
  form.addEventListener("input", () => { chain = chain.then(() => changed(now)); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    if (now.away || now.choosing || !navigator.onLine) event.preventDefault();
    else now.said.attempt = fieldsOf(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === form) chain = chain.then(() => answered(now, event.detail.xhr));
  });
  form.addEventListener("submit", (event) => held(now, event), true);
  document.addEventListener("click", (event) => {
    if (event.target.matches("[data-take-back]")) chain = chain.then(() => changed(now)).then(() => show("away"));
  });
  window.addEventListener("online", () => tell(now));
  window.addEventListener("offline", () => { now.away = true; if (now.state === "kept") show("away"); });
  setInterval(() => { if (now.away && now.state !== "clean") tell(now); }, AGAIN);
}

/* The page's own saving came back: with a newer revision it is on the server, without an answer it is not. */
async function answered(now, xhr) {
  const sent = now.said.attempt;
  const revision = revisionOf(now.form);
  if (xhr.status === 0 || xhr.status >= 500) {
    now.away = true;
    show("away");
  } else if (xhr.status === 409) {
    await tell(now);
  } else if (sent && revision > now.said.revision) {
    hideLine();
    if (same(fieldsOf(now.form), sent)) return clean(now, sent, revision);
    now.said = { ...now.said, base: sent, revision };
  }
  if (now.state !== "clean") await store(now);
}

/* Without a line no button leads on: saving waits by itself, sending asks for consent, a file needs the line. */
async function held(now, event) {
  if (!now.away && navigator.onLine && !now.choosing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (now.choosing) return;
  const pressed = event.submitter?.name;
  if (pressed === "attach") return show("line");
  await changed(now);
  if (pressed !== "send") return tell(now);
  if (now.form.dataset.signs === undefined) return show("head");
  const agreed = await askConsent(now.form);
  if (!agreed) return;
  now.state = "queued";
  now.said = { ...now.said, reason: agreed.reason, agreed: new Date().toISOString(), key: null };
  await store(now);
  show("waits");
  await tell(now);
}

/* Entry on every page of who writes reports: lock others' words, bring what waits, tell what came back. */
import { able, all, drop, giveKey, keep, keyOf, lock } from "./device-store.js";
import { bring, get, post } from "./device-line.js";
import { fieldsFrom, same } from "./device-merge.js";
import { watch } from "./device-form.js";

const panel = document.getElementById("device");
const { owner } = panel.dataset;

function tell(name, { text = "", url = "", words = "" } = {}) {
  const piece = document.getElementById(`device-${name}`).content.firstElementChild.cloneNode(true);
  const link = piece.querySelector("[data-slot=link]");
  if (link) [link.textContent, link.href] = [text, url];
  const said = piece.querySelector("[data-slot=words]");
  if (said) said.textContent = words;
  panel.append(piece);
  panel.hidden = false;
  panel.classList.add("flex-column");
}

/* Signing out locks what is kept here before the session ends. */
document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action).pathname.endsWith("/sign-out/") || event.target.dataset.locked) return;
  event.preventDefault();
  event.target.dataset.locked = "yes";
  lock().catch(() => {}).finally(() => event.target.submit());
}, true);

async function key() {
  await lock(owner);
  const had = await keyOf(owner);
  if (had) return had;
  const given = await post(panel.dataset.key);
  return given.key && given.owner === owner ? giveKey(owner, given.key) : null;
}

const addressOf = (report) => panel.dataset.deliver.replace("/0/", `/${report}/`);

/* Bring what another page left; a page that is open on the report brings its own. */
async function bringWaiting(opened, records) {
  const held = navigator.locks ? (await navigator.locks.query()).held.map((one) => one.name) : [];
  for (const record of records) {
    const { said, report, state } = record;
    if (state === "clean" || report === opened || held.includes(`liencap-write-${report}`)) continue;
    if (!said.key) {
      said.key = crypto.randomUUID(); // kept before it is used: brought again it is the same
      await keep(record.key_, { owner, report, state, said });
    }
    const answer = await bring(addressOf(report), said, state === "queued");
    const same_ = answer.result === "conflict" && same(fieldsFrom(answer.theirs), said.fields);
    if (answer.result === "sent") {
      await drop(owner, report);
      tell("went", { text: said.title, url: answer.url });
    } else if (answer.result === "saved" || (same_ && state !== "queued")) {
      const now = { ...said, base: said.fields, revision: answer.revision };
      await keep(record.key_, { owner, report, state: "clean", said: now });
      tell("brought", { text: said.title, url: said.url });
    } else {
      if (answer.result !== "away" && state === "queued") {
        await keep(record.key_, { owner, report, state: "kept", said: { ...said, words: answer.words || "" } });
      }
      tell("waiting", { text: said.title, url: said.url });
    }
  }
}

async function news(opened, records) {
  const asks = records.map((one) => `r=${one.report}`).join("&");
  const told = await get(`${panel.dataset.news}?${asks}`);
  const open = told.reports || [];
  for (const one of open) {
    if (one.state === "returned" && one.report !== opened) {
      tell("back", { text: one.title, url: one.url, words: one.reasons.join(" · ") });
    }
  }
  return open.map((one) => one.url);
}

/* Keep the form itself on the device, so that it opens without a line; also one that came back. */
async function keepPages(addresses) {
  if (!navigator.serviceWorker) return;
  const found = await navigator.serviceWorker.register(panel.dataset.worker, { scope: panel.dataset.reach });
  const active = found.active || found.waiting || found.installing; // `ready` never comes on a page beyond its reach
  const parts = performance.getEntriesByType("resource").map((one) => one.name);
  active.postMessage({ pages: addresses, parts: parts.filter((one) => one.includes("/static/")) });
}

async function begin() {
  if (!able()) return;
  const own = await key();
  const form = document.querySelector("form[data-waits][data-report]");
  const opened = form ? Number(form.dataset.report) : 0;
  if (form && own) await watch(form, { owner, key: own, address: addressOf(opened) });
  if (!own || !navigator.onLine) return;
  panel.replaceChildren();
  const records = (await all(own, owner)).map((one) => ({ ...one, key_: own }));
  const pages = form ? [location.pathname] : [];
  if (records.length || form) pages.push(...(await news(opened, records)));
  if (pages.length) keepPages([...new Set(pages)]).catch(() => {});
  const deliver = () => bringWaiting(opened, records);
  await (navigator.locks ? navigator.locks.request("liencap-bring", deliver) : deliver());
}

window.addEventListener("online", () => {
  if (!document.querySelector("form[data-waits][data-report]")) begin();
});
begin();

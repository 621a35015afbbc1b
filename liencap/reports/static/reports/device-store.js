/* What a device keeps: records of words, locked by a key that only their writer's session brings.

A record is {id, owner, report, state, at, said}; `said` is stored encrypted. Without WebCrypto (a site that is not
served over TLS) nothing is kept at all. */

const DAYS = 60;

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("liencap", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys");
      asked.result.createObjectStore("kept", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(store, mode, deed) {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const step = base.transaction(store, mode);
      const asked = deed(step.objectStore(store));
      step.oncomplete = () => resolve(asked && asked.result);
      step.onabort = step.onerror = () => reject(step.error);
    });
  } finally {
    base.close();
  }
}

export const able = () => Boolean(window.indexedDB && window.crypto && window.crypto.subtle);

export const keyOf = (owner) => within("keys", "readonly", (store) => store.get(owner));

export async function giveKey(owner, text) {
  const raw = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  await within("keys", "readwrite", (store) => store.put(key, owner));
  return key;
}

/* Lock everybody's words but the owner's: their keys go, and the pages that were kept for opening without a line. */
export async function lock(owner = "") {
  const known = (await within("keys", "readonly", (store) => store.getAllKeys())) || [];
  const others = known.filter((one) => one !== owner);
  if (!others.length && owner) return;
  for (const one of others) await within("keys", "readwrite", (store) => store.delete(one));
  if (!window.caches) return;
  for (const name of await caches.keys()) if (name.startsWith("liencap-pages")) await caches.delete(name);
}

export async function keep(key, record) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(record.said));
  const said = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
  const row = { ...record, id: `${record.owner}/${record.report}`, iv, said, at: Date.now() };
  await within("kept", "readwrite", (store) => store.put(row));
}

async function plainOf(key, row) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.said);
  return { ...row, said: JSON.parse(new TextDecoder().decode(plain)) };
}

export async function kept(key, owner, report) {
  const row = await within("kept", "readonly", (store) => store.get(`${owner}/${report}`));
  try {
    return row ? await plainOf(key, row) : null;
  } catch {
    return null; // locked by a key of an earlier installation
  }
}

/* Return the owner's records; those long since on the server are dropped. */
export async function all(key, owner) {
  const rows = (await within("kept", "readonly", (store) => store.getAll())) || [];
  const found = [];
  for (const row of rows) {
    if (row.owner !== owner) continue;
    if (row.state === "clean" && Date.now() - row.at > DAYS * 86400000) await drop(row.owner, row.report);
    else found.push(await plainOf(key, row).catch(() => null));
  }
  return found.filter(Boolean);
}

export const drop = (owner, report) => within("kept", "readwrite", (store) => store.delete(`${owner}/${report}`));

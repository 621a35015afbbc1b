/* Open the report form without a line: the network first, what was kept last. Nothing else of the site is kept. */
const PAGES = "liencap-pages-1";
const PARTS = "liencap-parts-1";
const WRITE = /^\/reports\/\d+\/write\/$/;
const DAYS = 14; // as long as a session

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keep(name, address, answer) {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return;
  const store = await caches.open(name);
  await store.put(address, answer);
}

async function page(request, path) {
  try {
    const answer = await fetch(request);
    if (request.method === "GET") await keep(PAGES, path, answer.clone());
    return answer;
  } catch (error) {
    const found = await (await caches.open(PAGES)).match(path);
    const made = found && Date.parse(found.headers.get("Date") || "");
    if (!found || (made && Date.now() - made > DAYS * 86400000)) throw error;
    return found;
  }
}

async function part(request) {
  try {
    const answer = await fetch(request);
    await keep(PARTS, request.url, answer.clone());
    return answer;
  } catch (error) {
    const found = await (await caches.open(PARTS)).match(request.url);
    if (!found) throw error;
    return found;
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && WRITE.test(address.pathname)) {
    event.respondWith(page(event.request, address.pathname));
  } else if (event.request.method === "GET" && address.pathname.startsWith("/static/")) {
    event.respondWith(part(event.request));
  }
});

self.addEventListener("message", (event) => {
  const { pages = [], parts = [] } = event.data;
  const fetched = (name, address) =>
    fetch(address, { credentials: "same-origin" }).then((answer) => keep(name, address, answer)).catch(() => {});
  event.waitUntil(
    Promise.all([...pages.map((one) => fetched(PAGES, one)), ...parts.map((one) => fetched(PARTS, one))])
  );
});

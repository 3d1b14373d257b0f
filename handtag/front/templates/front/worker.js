// The part of the app that works without a net: keeps what a page is drawn with and one page to show instead.
// Pages themselves are never kept: they may be personal, and the telephone may be lent.
const told = {{ told|safe }};
const KEY = told.offline;
const pieces = [...told.files, ...Object.values(told.fonts)];

const keepOffline = async (language) => {
  const cache = await caches.open(told.name);
  const kept = await cache.match(KEY);
  if (kept && kept.headers.get("Content-Language") === language) return;
  // Asked for as nobody: whoever is logged in leaves no trace on it.
  const page = await fetch(told.offline + language + "/", { credentials: "omit", cache: "no-cache" });
  if (told.fonts[language]) await cache.add(told.fonts[language]);
  if (page.ok) await cache.put(KEY, page);
};

const spoken = async () => {
  for (const name of await caches.keys()) {
    const kept = name.startsWith(told.family) && (await (await caches.open(name)).match(KEY));
    if (kept) return kept.headers.get("Content-Language");
  }
  return told.languages[0];
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil((async () => {
    await (await caches.open(told.name)).addAll(told.files);
    await keepOffline(await spoken());
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
    for (const name of await caches.keys()) {
      if (name.startsWith(told.family) && name !== told.name) await caches.delete(name);
    }
  })());
});

self.addEventListener("message", (event) => {
  const { language } = event.data || {};
  if (told.languages.includes(language)) event.waitUntil(keepOffline(language).catch(() => {}));
});

const page = async (event) => {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (await (await caches.open(told.name)).match(KEY)) || Response.error();
  }
};

const piece = async (request) => (await (await caches.open(told.name)).match(request)) || fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pieces.includes(url.pathname + url.search)) event.respondWith(piece(request));
});

self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data.json(); } catch { /* a message without words is shown as one */ }
  event.waitUntil(self.registration.showNotification(said.title || "Handtag", {
    tag: said.tag, lang: said.lang, dir: said.dir || "auto", icon: told.icon, data: { link: said.link },
  }));
});

// A link leads to our own site and nowhere else, whatever it says.
const ours = (link) => {
  try {
    const url = new URL(link, self.location.origin);
    return url.origin === self.location.origin ? url.href : told.home;
  } catch {
    return told.home;
  }
};

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const link = ours((event.notification.data || {}).link || told.home);
    const open = await self.clients.matchAll({ type: "window" });
    const there = open.find((each) => each.url === link);
    return there ? there.focus() : self.clients.openWindow(link);
  })());
});

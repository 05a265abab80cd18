/** The service worker: the app itself, whole or not at all, from the telephone. It never sees, keeps or answers a record. */
/// <reference lib="webworker" />
declare const FILES: readonly string[];
declare const VERSION: string;
// TypeScript takes `self` for a window: both kinds are known here, and this file runs in a worker only.
const scope = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `app-${VERSION}`;
const START = "/field/";

scope.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([START, ...FILES].map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })))));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("app-") && name !== CACHE).map((name) => caches.delete(name)))).then(() => scope.clients.claim()),
  );
});

scope.addEventListener("fetch", (event) => {
  const wanted = new URL(event.request.url);
  if (event.request.method !== "GET" || wanted.origin !== location.origin) return;
  const file = wanted.pathname === START ? START : FILES.includes(wanted.pathname) ? wanted.pathname : null;
  if (file) event.respondWith(caches.match(file, { cacheName: CACHE }).then((kept) => kept ?? fetch(event.request)));
});

/** Another window may be in the middle of something: nothing is taken from under it. */
async function alone(): Promise<boolean> {
  const open = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.filter((one) => new URL(one.url).pathname.startsWith(START)).length < 2;
}

scope.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(alone().then((yes) => (yes ? scope.skipWaiting() : undefined)));
});

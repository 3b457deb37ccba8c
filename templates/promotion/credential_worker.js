{% load static %}// Keeps the page of the check, its style and its script for when there is no network. What the
// page knows of keys and status lists it keeps by itself.

const SHELF = "ocop-credential-check-1";
const KEPT = [
  "{% url "promotion:credential-check" %}",
  "{% static "css/app.css" %}",
  "{% static "js/credential-check.js" %}",
  "{% static "js/double-submit.js" %}",
  "{% static "js/menu.js" %}",
  "{% static "img/mark.svg" %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

// The network first, so that nobody reads an old page while there is one.
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  if (!KEPT.includes(new URL(event.request.url).pathname)) return;
  event.respondWith(
    fetch(event.request)
      .then(async (answer) => {
        if (answer.ok) (await caches.open(SHELF)).put(event.request, answer.clone());
        return answer;
      })
      .catch(() => caches.match(event.request, { ignoreSearch: true })),
  );
});

// A paper that is unfolded shows its pages in place: <details data-paper="address of its pages">
// with an empty [data-paper-pages] inside. Without this module a link leads to a page of them.

// "toggle" does not bubble, so it is caught on its way down.
document.addEventListener("toggle", (event) => {
  const paper = event.target;
  if (paper.open && paper.dataset?.paper && !paper.dataset.shown) show(paper);
}, true);

async function show(paper) {
  const place = paper.querySelector("[data-paper-pages]");
  paper.dataset.shown = "yes";
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(paper.dataset.paper, { headers: { "X-Part": "1" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    place.innerHTML = await answer.text();
  } catch {
    // Folded and unfolded again, it is asked for again; the link beside it stays.
    delete paper.dataset.shown;
    place.textContent = place.dataset.failed ?? "";
  }
  place.removeAttribute("aria-busy");
}

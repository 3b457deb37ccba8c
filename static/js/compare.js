// The comparison as a dialog over the catalogue: closed by a click outside it, Escape or its button;
// then the focus is where it was. Without this module, or when the network fails, the form opens
// the page of the comparison. Fewer than two ticks also go there: the page says what to do.

const FEWEST = 2;

for (const form of document.querySelectorAll("form[data-compare-dialog]")) {
  const dialog = document.getElementById(form.dataset.compareDialog);
  if (!dialog?.showModal) continue;
  form.addEventListener("submit", (event) => {
    const ticked = new FormData(form).getAll("product");
    if (ticked.length < FEWEST) return;
    event.preventDefault();
    const address = `${form.action}?${new URLSearchParams(ticked.map((slug) => ["product", slug]))}`;
    open(dialog, address, event.submitter);
  });
  // The dialog's own padding is none, so a click on the dialog itself is a click on what is behind.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

async function open(dialog, address, button) {
  const page = await read(address);
  const table = page?.querySelector("[data-comparison]");
  if (!table) {
    location.assign(address);
    return;
  }
  const told = page.querySelector(".comparison > .message");
  dialog.querySelector("[data-compare-table]").replaceChildren(...(told ? [told, table] : [table]));
  dialog.querySelector("[data-compare-link]").href = address;
  dialog.addEventListener("close", () => button?.focus(), { once: true });
  dialog.showModal();
}

async function read(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null; // no network: the page itself says so
  }
}

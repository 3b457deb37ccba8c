// Puts a product aside without leaving the place where one reads. Without this module, or when the
// network fails, the form goes its plain way: the page comes back with the change.

for (const form of document.querySelectorAll("form[data-favourites]")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    change(form, button);
  }, { capture: true });
}

async function change(form, button) {
  if (button.dataset.waiting) return;
  button.dataset.waiting = "1";
  const isKept = button.name === "drop";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams([[button.name, button.value]]),
      credentials: "same-origin",
    });
    const told = await answer.json();
    form.querySelector("[data-favourites-said]").textContent = told.message ?? "";
    if (!answer.ok) throw new Error(told.message);
    button.name = isKept ? "keep" : "drop";
  } catch {
    // The plain way says what is wrong on a page of its own.
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
    form.submit();
  } finally {
    delete button.dataset.waiting;
  }
}

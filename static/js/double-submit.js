// A form is sent once: the second press of an impatient thumb does nothing.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  form.dataset.sent = "yes";
  // An answer that is a file leaves the page where it is: the form may be sent again later.
  setTimeout(() => release(form), 10_000);
  // The button stays enabled until the form has been read, so that its name and value are sent.
  setTimeout(() => {
    event.submitter?.setAttribute("data-busy", "");
    event.submitter?.setAttribute("aria-disabled", "true");
  });
});

// A page that comes back from the history is a fresh page.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});

function release(form) {
  delete form.dataset.sent;
  for (const button of document.querySelectorAll("[data-busy]")) {
    if (button.form !== form) continue;
    button.removeAttribute("data-busy");
    button.removeAttribute("aria-disabled");
  }
}

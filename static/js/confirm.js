// A button with data-confirm="sentence" asks before its form is sent.
// Without this module the form is sent at once; what must be asked for has a page of its own.

const template = document.getElementById("confirm-dialog");

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-confirm]");
  if (!button || !template || button.dataset.confirmed) return;
  // What is still missing is named first; only a form that can be sent is asked about.
  if (!button.formNoValidate && !button.form.noValidate && !button.form.checkValidity()) return;
  event.preventDefault();
  ask(button);
});

function ask(button) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  dialog.querySelector(".dialog__text").textContent = button.dataset.confirm;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const agreed = dialog.returnValue === "yes";
    dialog.remove();
    button.focus();
    if (agreed) send(button);
  });
  dialog.showModal();
}

function send(button) {
  button.dataset.confirmed = "yes";
  button.form.requestSubmit(button);
  delete button.dataset.confirmed;
}

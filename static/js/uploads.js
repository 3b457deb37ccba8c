// A file that is too large is told so before it is sent; the server would refuse it as well.

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file" || !field.dataset.maxBytes) return;
  const isTooLarge = [...field.files].some((file) => file.size > Number(field.dataset.maxBytes));
  field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
  field.setAttribute("aria-invalid", String(isTooLarge));
  if (isTooLarge) field.reportValidity();
});

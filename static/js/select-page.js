// "Choose this page" ticks every row without loading the page again; pressed again it clears them.

const link = document.querySelector("[data-select-page]");
const boxes = [...document.querySelectorAll('input[name="row"][form="hang-loat"]')];

link?.addEventListener("click", (event) => {
  event.preventDefault();
  const isAll = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !isAll;
});

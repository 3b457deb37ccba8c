// The score sheet's courtesies: running totals, what is still open, a jump to it.
// The totals of the server are the law; without this module they come with the next save.
//
// Expects, inside <form data-scoresheet>:
//   <section data-part="A"> … <fieldset data-criterion="1.1" id="…">
//     <input type="radio" name="c-1.1" data-points="3" …>
// and anywhere on the page, each as wanted:
//   [data-points-part="A"] [data-points-total]          points so far
//   [data-answered] [data-answered-part="A"] [data-criteria] [data-criteria-part="A"]   counts
//   [data-meter-part="A"] [data-meter-total]             <meter> or <progress>
//   a[data-for-criterion="1.1"]                          gets data-state="done" or "open"
//   [data-unanswered]                                    a list, filled with links
//   button[data-next-open]                               goes to the next open criterion

const form = document.querySelector("form[data-scoresheet]");

if (form) {
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const parts = [...new Set(criteria.map(partOf))];

  form.addEventListener("change", show);
  form.addEventListener("sheet:next-open", goToNextOpen);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-next-open]")) goToNextOpen();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyN") {
      event.preventDefault();
      goToNextOpen();
    }
  });
  show();

  function partOf(criterion) {
    return criterion.closest("[data-part]")?.dataset.part ?? "";
  }

  function chosen(criterion) {
    return criterion.querySelector('input[type="radio"]:checked');
  }

  function sum(group) {
    return group.reduce((total, each) => total + (Number(chosen(each)?.dataset.points) || 0), 0);
  }

  function write(selector, value) {
    for (const place of document.querySelectorAll(selector)) {
      if ("value" in place && place.tagName !== "OUTPUT") place.value = value;
      else place.textContent = String(value);
    }
  }

  function show() {
    for (const name of parts) {
      const group = criteria.filter((each) => partOf(each) === name);
      const points = sum(group);
      write(`[data-points-part="${name}"]`, points);
      write(`[data-meter-part="${name}"]`, points);
      write(`[data-answered-part="${name}"]`, group.filter(chosen).length);
      write(`[data-criteria-part="${name}"]`, group.length);
    }
    write("[data-points-total]", sum(criteria));
    write("[data-meter-total]", sum(criteria));
    write("[data-answered]", criteria.filter(chosen).length);
    write("[data-criteria]", criteria.length);
    markStates();
  }

  function markStates() {
    for (const criterion of criteria) {
      const state = chosen(criterion) ? "done" : "open";
      criterion.dataset.state = state;
      const links = document.querySelectorAll(
        `[data-for-criterion="${criterion.dataset.criterion}"]`,
      );
      for (const link of links) link.dataset.state = state;
    }
    for (const list of document.querySelectorAll("[data-unanswered]")) listOpen(list);
  }

  function listOpen(list) {
    const open = criteria.filter((each) => !chosen(each));
    list.replaceChildren(
      ...open.map((criterion) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `#${criterion.id}`;
        link.textContent = criterion.querySelector("legend")?.textContent.trim().replace(/\s+/g, " ")
          ?? criterion.dataset.criterion;
        item.append(link);
        return item;
      }),
    );
    list.hidden = open.length === 0;
  }

  function goToNextOpen() {
    const here = criteria.findIndex((each) => each.contains(document.activeElement));
    const after = [...criteria.slice(here + 1), ...criteria.slice(0, here + 1)];
    const next = after.find((each) => !chosen(each));
    if (!next) return;
    // Who shows one section at a time opens that of the criterion.
    next.dispatchEvent(new CustomEvent("sheet:reveal", { bubbles: true }));
    next.scrollIntoView({ block: "start" });
    next.querySelector('input[type="radio"]')?.focus({ preventScroll: true });
  }
}

// A member's sheet: one section at a time without asking the server, the keys, the index.
// Without this module each button of the index saves the draft and the server shows the section.
//
// Expects <form data-ballot> with [data-section="6"] > [data-criterion="6.1"], buttons named "go"
// (value: a section's or a criterion's code), and [data-answered-section="6"] for counts.

const form = document.querySelector("form[data-ballot]");

if (form) {
  const sections = [...form.querySelectorAll("[data-section]")];
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const index = form.querySelector("[data-ballot-index]");
  const stops = [...index.querySelectorAll("button[name='go']")];

  const radios = (criterion) => [...criterion.querySelectorAll('input[type="radio"]')];
  const chosen = (criterion) => radios(criterion).find((radio) => radio.checked);
  const shown = () => sections.find((section) => !section.hidden);
  const codeOf = (section) => section.dataset.section;

  for (const button of index.querySelectorAll("[data-next-open]")) button.hidden = false;
  form.addEventListener("change", count);
  form.addEventListener("sheet:reveal", (event) => reveal(event.target.closest("[data-section]")));
  document.addEventListener("click", onClick);
  form.addEventListener("keydown", onKey);
  index.addEventListener("keydown", onIndexKey);
  index.addEventListener("focusin", (event) => {
    if (stops.includes(event.target)) rove(event.target);
  });
  window.addEventListener("popstate", () => {
    const asked = new URL(location.href).searchParams.get("muc");
    const section = sections.find((each) => codeOf(each) === asked);
    if (section) reveal(section, { remember: false });
  });
  history.replaceState(null, "", addressOf(shown()));
  rove(stopOf(shown()));
  stopOf(shown())?.scrollIntoView({ block: "nearest", inline: "center" });
  count();
  const named = location.hash && form.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (named && named.dataset.criterion) goTo(named);

  function onClick(event) {
    const button = event.target.closest?.("button[name='go']");
    if (button && button.form === form) {
      event.preventDefault();
      const code = button.dataset.forCriterion ?? button.value;
      const criterion = criteria.find((each) => each.dataset.criterion === code);
      const section = sections.find((each) => codeOf(each) === button.value);
      if (section && !button.dataset.forCriterion) open(section);
      else if (criterion) goTo(criterion);
      return;
    }
    const link = event.target.closest?.("a[href^='#']");
    const target = link && criteria.find((each) => `#${each.id}` === link.getAttribute("href"));
    if (target) {
      event.preventDefault();
      goTo(target);
    }
  }

  function addressOf(section) {
    const address = new URL(location.href);
    address.searchParams.set("muc", codeOf(section));
    address.hash = "";
    return address;
  }

  function reveal(section, { remember = true } = {}) {
    if (!section || !section.hidden) return;
    for (const each of sections) each.hidden = each !== section;
    for (const stop of stops) stop.removeAttribute("aria-current");
    const stop = stopOf(section);
    stop?.setAttribute("aria-current", "step");
    stop?.scrollIntoView({ block: "nearest", inline: "center" });
    if (stop) rove(stop);
    if (remember) history.pushState(null, "", addressOf(section));
  }

  function open(section) {
    reveal(section);
    const heading = section.querySelector("h2");
    heading.focus({ preventScroll: true });
    // On a phone the index lies above: what was asked for begins at the top of the screen.
    const top = heading.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight / 2) section.scrollIntoView({ block: "start" });
  }

  function goTo(criterion) {
    reveal(criterion.closest("[data-section]"));
    const radio = chosen(criterion) ?? radios(criterion)[0];
    if (criterion.disabled) criterion.closest("section").querySelector("h2").focus({ preventScroll: true });
    else radio?.focus({ preventScroll: true });
    criterion.scrollIntoView({ block: "start" });
  }

  function stopOf(section) {
    return stops.find((stop) => stop.dataset.jump === codeOf(section));
  }

  // The index is one stop of the Tab key; the arrows move inside it.
  function rove(current) {
    for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
  }

  function onIndexKey(event) {
    const here = stops.indexOf(event.target);
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (here < 0) return;
    let there = here + (steps[event.key] ?? 0);
    if (event.key === "Home") there = 0;
    if (event.key === "End") there = stops.length - 1;
    // On a phone the criteria are not in the index: only what is drawn can be a stop.
    const way = there < here ? -1 : 1;
    while (stops[there] && stops[there].offsetParent === null) there += way;
    if (there === here || !stops[there]) return;
    event.preventDefault();
    stops[there].focus();
  }

  // Single keys act only where the focus stands in a criterion, so they never meet typed text.
  function onKey(event) {
    const criterion = event.target.closest("[data-criterion]");
    const isRadio = event.target.matches('input[type="radio"]');
    if (!criterion || !isRadio || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[event.key.toLowerCase()];
    const nth = radios(criterion)[Number(event.key) - 1];
    if (!act && !nth) return;
    event.preventDefault();
    if (nth) choose(nth);
    else act(criterion);
  }

  const acts = {
    enter: (criterion) => onward(criterion),
    n: () => form.dispatchEvent(new CustomEvent("sheet:next-open")),
    e: (criterion) => unfold(criterion),
    "[": () => step(-1),
    "]": () => step(1),
    s: () => form.querySelector("button[value='save']").click(),
    r: () => open(sections.at(-1)),
  };

  function choose(radio) {
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function onward(criterion) {
    const after = criteria.slice(criteria.indexOf(criterion) + 1);
    const next = after.find((each) => !each.disabled);
    if (next) goTo(next);
    else open(sections.at(-1));
  }

  function step(by) {
    const there = sections[sections.indexOf(shown()) + by];
    if (!there) return;
    const first = there.querySelector("[data-criterion]:enabled");
    if (first) goTo(first);
    else open(there);
  }

  function unfold(criterion) {
    const beside = form.querySelector(`[data-beside="${CSS.escape(criterion.dataset.criterion)}"]`);
    const papers = [...(beside?.querySelectorAll("details[data-paper]") ?? [])];
    const isOpen = papers.some((paper) => paper.open);
    for (const paper of papers) paper.open = !isOpen;
  }

  function count() {
    for (const section of sections) {
      const inside = criteria.filter((each) => section.contains(each));
      const place = form.querySelector(`[data-answered-section="${CSS.escape(codeOf(section))}"]`);
      if (place) place.textContent = String(inside.filter(chosen).length);
    }
    const whole = criteria.every(chosen);
    for (const place of form.querySelectorAll("[data-when-open]")) place.hidden = whole;
    for (const place of form.querySelectorAll("[data-when-whole]")) place.hidden = !whole;
  }
}

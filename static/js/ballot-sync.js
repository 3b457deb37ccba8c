// A member's sheet saves itself, outlives a lost network, and is handed in once.
//
// What is not yet stored stands in this browser under a key of the sheet and its member, together
// with what the server held when it was read. Each sending carries a key of its own that is kept
// until an answer comes, so the server acts once however often it is sent. Where another device has
// saved in between, choices that only one side changed are merged; for the rest the member chooses.
// The clock of this device is never sent. Without this module the buttons save the form as it is.
//
// Expects <form data-ballot data-sync="address" data-sheet="name"> with [data-sync-texts] and its
// parts (error, reason, login, pending, conflict, rows, keep) and a [data-sync-status] line.

const form = document.querySelector("form[data-ballot][data-sync]");
const REST = 800; // ms without a further choice
const AGAIN = [2, 5, 10, 20]; // s between attempts without network

if (form) {
  const texts = form.querySelector("[data-sync-texts]").dataset;
  const part = (name) => form.querySelector(`[data-sync-${name}]`);
  const place = `ocop:sheet:${form.dataset.sheet}`;
  const field = (name) => form.querySelector(`[name="${name}"]`);
  // What was tasted by number stands in the sheet to be read, and is not sent.
  const radios = [...form.querySelectorAll('[data-criterion] input[type="radio"]')]
    .filter((radio) => !radio.matches(":disabled"));

  let base = { ...read(), version: Number(field("version").value) };
  let waiting = null; // a sending without an answer: { key, act, choices, comment, version }
  let isHandingIn = false;
  let isBusy = false;
  let failures = 0;
  let timer = 0;

  recall();
  form.addEventListener("change", changed);
  form.addEventListener("input", changed);
  form.addEventListener("submit", onSubmit);
  window.addEventListener("online", () => tryNow());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isUnsent()) tryNow();
  });
  for (const button of form.querySelectorAll("[data-sync-keep]")) {
    button.addEventListener("click", () => settle(button.dataset.syncKeep));
  }

  // --- What is chosen, here and there ------------------------------------------------------------

  function read() {
    const choices = {};
    for (const radio of radios) if (radio.checked) choices[radio.name.slice(2)] = radio.value;
    return { choices, comment: field("comment").value.trim() };
  }

  function write({ choices, comment }) {
    for (const radio of radios) radio.checked = choices[radio.name.slice(2)] === radio.value;
    field("comment").value = comment;
    form.dispatchEvent(new Event("change"));
  }

  // The server names "meets no option" by null, the form by the value of that button.
  function asForm(stored) {
    const none = (code) =>
      radios.find((radio) => radio.name === `c-${code}` && !radio.value.includes("/"))?.value;
    const pairs = Object.entries(stored.choices).map(([code, option]) => [code, option ?? none(code)]);
    return { choices: Object.fromEntries(pairs), comment: stored.comment, version: stored.version };
  }

  function isSame(one, other) {
    const codes = new Set([...Object.keys(one.choices), ...Object.keys(other.choices)]);
    return one.comment === other.comment
      && [...codes].every((code) => one.choices[code] === other.choices[code]);
  }

  const isUnsent = () => waiting !== null || isHandingIn || !isSame(read(), base);

  // --- Kept in this browser until the server has it ------------------------------------------------

  function keep() {
    try {
      if (!isUnsent()) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify({ ...read(), base, waiting, isHandingIn }));
    } catch {
      // Without storage the page itself still holds everything while it stands open.
    }
  }

  function recall() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(place) ?? "null");
    } catch {
      kept = null;
    }
    if (!kept) return;
    const stored = base;
    waiting = kept.waiting;
    isHandingIn = kept.isHandingIn;
    if (kept.base.version === stored.version || isSame(kept, stored)) write(kept);
    else meet(kept, kept.base, stored);
    if (!isUnsent()) return keep();
    say(texts.restored);
    tryNow();
  }

  // --- Sending -------------------------------------------------------------------------------------

  function changed(event) {
    if (event && !event.isTrusted && event.target === form) return;
    isHandingIn = false;
    part("pending").hidden = true;
    keep();
    clearTimeout(timer);
    timer = setTimeout(tryNow, REST);
  }

  function onSubmit(event) {
    const button = event.submitter;
    if (button?.name === "go" || event.defaultPrevented) return;
    event.preventDefault();
    isHandingIn = button?.value === "submit";
    keep();
    tryNow({ byHand: true });
  }

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) =>
      byte.toString(16).padStart(2, "0"));
    return hex.join("");
  }

  async function tryNow({ byHand = false } = {}) {
    clearTimeout(timer);
    if (isBusy || !part("conflict").hidden) return;
    if (!waiting) {
      if (!isHandingIn && isSame(read(), base) && !byHand) return;
      const act = isHandingIn ? "submit" : "save";
      waiting = { key: newKey(), act, ...read(), version: base.version };
      keep();
    }
    isBusy = true;
    say(texts.saving);
    try {
      await heed(await send(waiting, { again: failures > 0 }), waiting);
    } catch {
      later(texts.waiting);
    }
    isBusy = false;
    if (!waiting && !form.dataset.left && !isSame(read(), base) && part("error").hidden) tryNow();
  }

  async function send(sending, { again }) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
    for (const name of ["key", "act", "comment", "version"]) data.set(name, sending[name]);
    for (const [code, value] of Object.entries(sending.choices)) data.set(`c-${code}`, value);
    const headers = { Accept: "application/json" };
    // What is tried again by itself is no sign that somebody is there.
    if (again) headers["X-Background"] = "1";
    return fetch(form.dataset.sync, { method: "POST", body: data, headers, redirect: "manual" });
  }

  async function heed(answer, sending) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.status === 401 || answer.type === "opaqueredirect") return ended();
    if (answer.status >= 500 || !isJson) {
      if (answer.status === 403) return ended(); // the token of a session that has ended
      if (answer.status === 404) return refuse(texts.refused);
      return later(texts.waiting);
    }
    const said = await answer.json();
    failures = 0;
    part("error").hidden = true;
    if (answer.ok) return stored(asForm(said), said, sending);
    waiting = null;
    if (answer.status === 409 && said.stored) {
      const there = asForm(said.stored);
      if (said.stored.state !== "draft") return refuse(said.message);
      const mine = read();
      const before = base;
      base = there;
      meet(mine, before, there);
      return undefined;
    }
    return refuse(said.message);
  }

  // The receipt: what the server read back from its rows must be what was sent.
  function stored(there, said, sending) {
    waiting = null;
    base = there;
    field("version").value = String(said.version);
    if (said.state !== "draft") {
      isHandingIn = false;
      forget();
      form.dataset.left = "yes";
      location.assign(said.url);
      return;
    }
    if (isSame(sending, there)) say(`${texts.saved} ${said.saved_at_text}`);
    else if (said.version === sending.version + 1) refuse(texts.differs);
    keep();
    // Saved first, because the draft was on its way when it was to be handed in.
    if (isHandingIn && sending.act === "save") queueMicrotask(() => setTimeout(tryNow));
  }

  function forget() {
    try {
      localStorage.removeItem(place);
    } catch {
      // Nothing was kept then.
    }
  }

  function later(text) {
    say(text, "bad");
    part("pending").hidden = !isHandingIn;
    const pause = AGAIN[Math.min(failures, AGAIN.length - 1)];
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(tryNow, pause * 1000);
  }

  function ended() {
    later(texts.ended);
    part("error").hidden = false;
    part("reason").textContent = texts.ended;
    part("login").hidden = false;
  }

  function refuse(reason) {
    waiting = null;
    isHandingIn = false;
    failures = 0;
    keep();
    say(texts.refused, "bad");
    part("pending").hidden = true;
    part("login").hidden = true;
    part("reason").textContent = reason;
    part("error").hidden = false;
    part("error").scrollIntoView({ block: "center" });
  }

  function say(text, tone = "") {
    const line = document.querySelector("[data-sync-status]");
    line.textContent = text;
    line.dataset.tone = tone;
  }

  // --- Two devices -----------------------------------------------------------------------------------

  let conflict = null;

  function meet(mine, before, there) {
    const merged = { choices: { ...there.choices }, comment: there.comment };
    const apart = [];
    const codes = new Set([...Object.keys(mine.choices), ...Object.keys(there.choices)]);
    for (const code of codes) {
      const [here, stored, old] = [mine, there, before].map((each) => each.choices[code]);
      if (here === stored || here === old) continue;
      if (stored === old) merged.choices[code] = here;
      else apart.push(code);
    }
    if (mine.comment !== there.comment && mine.comment !== before.comment) {
      if (there.comment === before.comment) merged.comment = mine.comment;
      else apart.push("");
    }
    field("version").value = String(there.version);
    write(merged);
    waiting = null;
    if (apart.length === 0) {
      keep();
      clearTimeout(timer);
      timer = setTimeout(tryNow);
      return;
    }
    isHandingIn = false;
    conflict = { mine, there, apart };
    part("rows").replaceChildren(...apart.map((code) => row(code, mine, there)));
    part("conflict").hidden = false;
    part("conflict").scrollIntoView({ block: "center" });
    part("conflict").focus({ preventScroll: true });
  }

  function row(code, mine, there) {
    const line = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = code || texts.comment;
    const cells = [mine, there].map((each) => {
      const cell = document.createElement("td");
      cell.textContent = code ? worded(code, each.choices[code]) : each.comment;
      return cell;
    });
    line.append(head, ...cells);
    return line;
  }

  function worded(code, value) {
    const radio = radios.find((each) => each.name === `c-${code}` && each.value === value);
    if (!radio) return texts.open;
    const label = radio.labels[0]?.firstElementChild?.textContent.trim() || texts.none;
    return `${radio.dataset.points} ${texts.points}: ${label}`;
  }

  function settle(whose) {
    const { mine, there, apart } = conflict;
    const now = read();
    for (const code of apart) {
      const from = whose === "mine" ? mine : there;
      if (!code) now.comment = from.comment;
      else if (from.choices[code] === undefined) delete now.choices[code];
      else now.choices[code] = from.choices[code];
    }
    conflict = null;
    part("conflict").hidden = true;
    write(now);
    keep();
    tryNow({ byHand: true });
  }
}

// A form that saves itself: each field within a second of rest, and nothing typed is ever lost.
//
// Contract with the page
//   <form data-autosave="URL" data-autosave-document="cycle.dossier:12"> with a hidden input
//   name="seen" that holds the marks of what was read, as JSON: { field: mark }. A page that shows
//   again what was typed, because it was refused, says data-autosave-typed, and with
//   data-autosave-seen what was read before the refusal. With data-autosave-refresh="ADDRESS" and
//   data-autosave-refreshes="ID" that element is fetched anew after each save. The body tells whose
//   page it is (data-person). Words and the panel of a choice stand in the templates
//   #autosave-words and #autosave-choice. Every named control is a field: texts, numbers, days,
//   lists, and each group of radio buttons (its value is the checked one's, or "").
//   Without this module the form is saved by its button.
//
// A page with fields of its own kind leaves data-autosave out and calls
//   autosave(form, { url, document, fields, seen })
//   where `fields` is a list of { name, label, place, read(), write(text) }: `place` is the element
//   at whose end the state is shown; read() and write() speak plain text. Whatever changes such a
//   field fires "input" or "change" inside the form. The address answers as drafts.js says;
//   each send carries an Idempotency-Key that stays the same while the same words are tried again.
//   The call returns { flush() }, which resolves when everything was sent, with whether it stands.
//
// Contract with the portal (ocop_portal/autosave.py)
//   A field is sent with the mark of what was read, and with what was sent before without an
//   answer. Unless somebody else changed it meanwhile, it
//   is saved and gets a new mark; else the person chooses between the two texts.
//
// What is promised
//   A text comes back sign for sign, but for line ends, composed letters and signs nobody can see
//   (drafts.js: composed). At every keystroke it is kept in this browser until the portal has
//   it; what is kept is sent again by itself, with growing pauses, after the network is back, after
//   a login, and when the page, or any other page of the portal, is opened again by the same person.

import { composed, drop, forget, keep, kept, person, send } from "./drafts.js";

const REST_MS = 600;
const LONGEST_MS = 5_000;
const SUBMIT_MS = 5_000;
const MOST_TRIED = 5;
const PAUSES_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
const SESSION_PAUSE_MS = 60_000;

const words = document.getElementById("autosave-words")?.dataset ?? {};
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("ocop-session") : null;

export function autosave(form, options = {}) {
  const url = options.url ?? form.dataset.autosave;
  const documentName = options.document ?? form.dataset.autosaveDocument;
  const hidden = form.elements.namedItem("seen");
  const marks = options.seen ?? JSON.parse(form.dataset.autosaveSeen || hidden?.value || "{}");
  const isTyped = "autosaveTyped" in form.dataset;
  const fields = (options.fields ?? fieldsOf(form)).map((each) => ({
    ...each,
    seen: marks[each.name] ?? "",
    tried: [],
    saved: isTyped ? null : composed(each.initial ?? each.read()),
    isInConflict: false,
    refusedValue: null,
    state: stateOf(each),
  }));
  const live = liveRegion(form);
  const bar = statusBar(form);
  let restTimer = 0;
  let firstUnsent = 0;
  let retryTimer = 0;
  let failures = 0;
  let sending = null;
  let storageWorks = true;
  let batchKey = "";
  let batchText = "";
  let isFlushed = false;

  const value = (field) => composed(field.read());
  const isDirty = (field) => value(field) !== field.saved;
  const unsent = () =>
    fields.filter((each) => isDirty(each) && !each.isInConflict && each.refusedValue !== value(each));

  function entry(field) {
    return {
      value: value(field),
      seen: field.seen,
      tried: field.tried,
      url,
      page: location.pathname,
      title: document.querySelector("h1")?.textContent.trim() ?? document.title,
      label: field.label,
    };
  }

  function look(field) {
    if (!isDirty(field)) {
      if (!sending && !field.isInConflict) forget(documentName, field.name);
      return;
    }
    storageWorks = keep(documentName, field.name, entry(field));
    if (!storageWorks) say(words.noStorage, "");
  }

  function onInput() {
    const before = unsent().length;
    for (const field of fields) {
      look(field);
      if (field.isInConflict) field.mine.textContent = value(field);
    }
    if (!unsent().length) return;
    if (!before || !firstUnsent) firstUnsent ||= Date.now();
    clearTimeout(restTimer);
    const longest = Math.max(0, firstUnsent + LONGEST_MS - Date.now());
    restTimer = setTimeout(sendNow, Math.min(REST_MS, longest));
  }

  async function sendNow(how = {}) {
    clearTimeout(restTimer);
    clearTimeout(retryTimer);
    if (sending) return sending;
    const batch = unsent().map((field) => ({ field, sent: value(field) }));
    if (!batch.length) return null;
    firstUnsent = 0;
    sending = deliver(batch, how).finally(() => {
      sending = null;
    });
    await sending;
    if (!failures && unsent().length) restTimer = setTimeout(sendNow, REST_MS);
    return null;
  }

  async function deliver(batch, how) {
    const body = {};
    for (const { field, sent } of batch) {
      body[field.name] = { value: sent, seen: field.seen, tried: field.tried };
      show(field, words.saving, "saving");
    }
    const text = JSON.stringify(body);
    if (text !== batchText) {
      batchText = text;
      batchKey = crypto.getRandomValues(new Uint32Array(4)).join("-");
    }
    // Whether it arrives is not known before the answer: the next text may follow upon this one.
    for (const { field, sent } of batch) {
      field.tried = [...field.tried.filter((text) => text !== sent), sent].slice(-MOST_TRIED);
      field.saved = null;
      look(field);
    }
    const answer = await send(url, body, { ...how, key: batchKey });
    if (answer.kind === "answered") settle(batch, answer);
    else if (answer.kind === "refused") refuse(batch, answer.reason);
    else wait(batch, answer);
  }

  function settle(batch, answer) {
    failures = 0;
    say("", "");
    if (Object.keys(answer.saved).length) refresh(form);
    for (const { field, sent } of batch) {
      if (field.name in answer.saved) {
        stand(field, sent, answer.saved[field.name]);
        show(field, words.saved.replace("{time}", answer.at), "saved");
        announce(words.saved.replace("{time}", answer.at));
      } else if (answer.conflicts[field.name]) {
        offerChoice(field, answer.conflicts[field.name]);
      } else {
        field.refusedValue = sent;
        show(field, words.refused.replace("{reason}", answer.errors[field.name] ?? ""), "failed");
        announce(words.refused.replace("{reason}", answer.errors[field.name] ?? ""));
      }
    }
  }

  function stand(field, text, mark) {
    field.saved = text;
    field.seen = mark;
    field.tried = [];
    field.refusedValue = null;
    tellForm();
    if (isDirty(field)) look(field);
    else forget(documentName, field.name);
  }

  // The button of the form sends the same marks, so that it overwrites nobody either.
  function tellForm() {
    const known = Object.fromEntries(fields.map((field) => [field.name, field.seen]));
    if (hidden) hidden.value = JSON.stringify(known);
  }

  function refuse(batch, reason) {
    failures = 0;
    for (const { field, sent } of batch) {
      field.refusedValue = sent;
      show(field, words.kept, "failed");
    }
    say(words.refused.replace("{reason}", reason), "");
  }

  // Not saved yet: said on the page, kept in the browser, tried again.
  function wait(batch, answer) {
    for (const { field } of batch) show(field, storageWorks ? words.kept : words.unsaved, "failed");
    const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)];
    failures += 1;
    if (answer.kind === "session") say(words.session, answer.login || words.login);
    else say(navigator.onLine ? words.unreachable : words.offline, "");
    retryTimer = setTimeout(
      () => sendNow({ background: true }),
      answer.kind === "session" ? SESSION_PAUSE_MS : pause,
    );
  }

  function again() {
    if (failures) sendNow({ background: true });
  }

  // Both texts on one screen: mine in the field, the other's below it.
  function offerChoice(field, theirs) {
    field.isInConflict = true;
    show(field, words.conflict, "failed");
    announce(words.conflict);
    const panel = document
      .getElementById("autosave-choice")
      .content.firstElementChild.cloneNode(true);
    panel.querySelector("[data-label]").textContent = field.label;
    field.mine = panel.querySelector("[data-mine-text]");
    field.mine.textContent = value(field);
    panel.querySelector("[data-theirs-text]").textContent = theirs.value;
    panel.querySelector("[data-mine]").addEventListener("click", () => choose(theirs.seen));
    panel.querySelector("[data-theirs]").addEventListener("click", () => {
      field.write(theirs.value);
      choose(theirs.seen);
    });
    field.place.querySelector(".choice-of-two")?.remove();
    field.place.append(panel);

    function choose(mark) {
      stand(field, composed(theirs.value), mark);
      field.isInConflict = false;
      // Only now: a button that goes takes the focus with it, and what loses the focus is sent.
      panel.remove();
      if (isDirty(field)) sendNow();
      else show(field, words.taken, "saved");
      field.place.querySelector("textarea, input, select")?.focus();
    }
  }

  function show(field, text, tone) {
    field.state.textContent = text;
    field.state.dataset.tone = tone;
  }

  function announce(text) {
    if (live.textContent !== text) live.textContent = text;
  }

  function say(text, login) {
    if (bar.dataset.text === `${text} ${login}`) return;
    bar.dataset.text = `${text} ${login}`;
    bar.hidden = !text;
    bar.querySelector("span").textContent = text;
    const link = bar.querySelector("a");
    link.hidden = !login;
    if (login) link.href = login;
  }

  // Texts that an earlier page of this person could not send come back into their fields.
  function restore() {
    const mine = kept().filter((each) => each.document === documentName);
    const newest = new Map(mine.map((each) => [each.field, each.key]));
    for (const { key, field: fieldName, entry: old } of mine) {
      const field = fields.find((each) => each.name === fieldName);
      if (!field) continue;
      if (old.value === field.saved) {
        drop(key);
        continue;
      }
      // Of several the newest comes back; the others wait, and are a choice next time.
      if (newest.get(fieldName) !== key) continue;
      drop(key);
      field.write(old.value);
      field.seen = old.seen;
      field.tried = old.tried ?? [];
      show(field, words.restored, "saving");
      look(field);
    }
  }

  // What is still to be sent goes first, so that the button sends nothing but what stands.
  function onSubmit(event) {
    if (isFlushed || failures || event.defaultPrevented || !(sending || unsent().length)) return;
    event.preventDefault();
    const { submitter } = event;
    const enough = new Promise((resolve) => {
      setTimeout(resolve, SUBMIT_MS);
    });
    Promise.race([flush(), enough]).then(() => {
      isFlushed = true;
      form.requestSubmit(submitter);
      isFlushed = false;
    });
  }

  async function flush() {
    while (sending || (unsent().length && !failures)) await (sending ?? sendNow());
    return !fields.some(isDirty);
  }

  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  form.addEventListener("submit", onSubmit);
  form.addEventListener("focusout", () => unsent().length && sendNow());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again();
    else if (unsent().length) sendNow({ leaving: true });
  });
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  tabs?.addEventListener("message", again);
  window.addEventListener("beforeunload", (event) => {
    if (!storageWorks && unsent().length) event.preventDefault();
  });
  restore();
  tellForm();
  onInput();

  return { flush };
}

function fieldsOf(form) {
  const found = new Map();
  for (const control of form.elements) {
    const isField = control.name && !["hidden", "submit", "button", "file"].includes(control.type);
    if (!isField) continue;
    if (!found.has(control.name)) found.set(control.name, []);
    found.get(control.name).push(control);
  }
  return [...found].map(([name, controls]) => fieldOf(name, controls));
}

function fieldOf(name, controls) {
  const first = controls[0];
  const place = first.closest("fieldset, .field") ?? first.parentElement;
  const label = (place.querySelector("legend, .field__label")?.textContent ?? name)
    .trim()
    .replace(/\s+/g, " ");
  if (first.type === "radio") {
    return {
      name,
      label,
      place,
      initial: controls.find((each) => each.defaultChecked)?.value ?? "",
      read: () => controls.find((each) => each.checked)?.value ?? "",
      write: (text) => {
        for (const each of controls) each.checked = each.value === text;
        first.dispatchEvent(new Event("change", { bubbles: true }));
      },
    };
  }
  return {
    name,
    label,
    place,
    initial: first.defaultValue,
    // A number field hides from the page what is no number; the portal then says so.
    read: () => first.value || (first.validity.badInput ? "?" : ""),
    write: (text) => {
      first.value = text;
    },
  };
}

// What the portal makes of the fields (points, a star) is drawn by the portal alone.
async function refresh({ dataset }) {
  if (!dataset.autosaveRefresh) return;
  try {
    const answer = await fetch(dataset.autosaveRefresh, { redirect: "error" });
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = drawn.getElementById(dataset.autosaveRefreshes);
    if (fresh) document.getElementById(dataset.autosaveRefreshes)?.replaceWith(fresh);
  } catch {
    // It is drawn with the next save.
  }
}

function stateOf({ place }) {
  const state = document.createElement("p");
  state.className = "field__state";
  place.append(state);
  return state;
}

function liveRegion(form) {
  const region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  form.append(region);
  return region;
}

function statusBar(form) {
  const bar = document.createElement("p");
  bar.className = "autosave-bar message message--warning";
  bar.setAttribute("role", "alert");
  bar.hidden = true;
  bar.append(document.createElement("span"), " ");
  const link = document.createElement("a");
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = words.loginLabel;
  link.hidden = true;
  bar.append(link);
  form.append(bar);
  return bar;
}

if (person) {
  // A page with this module leaves that of the other pages out, to ask for less at once.
  const isElsewhere = kept().some((each) => !document.querySelector(
    `[data-autosave-document="${CSS.escape(each.document)}"]`,
  ));
  if (isElsewhere) import("./unsent.js");
  for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
}

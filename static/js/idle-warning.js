// Sixty seconds before the idle limit ends the session, every open tab asks; one press keeps it.
//
// Only a person counts: a page that was opened, a key, a press, a scroll. What a page fetches by
// itself does not. The server hears of a sign of life within a minute, and the end is counted from
// what it has heard; the tabs share that moment, so they agree with it and with each other.

const WARNING_SECONDS = 60;
const LAST_TOLD = "ocop:last-told";
const SIGNS = ["keydown", "pointerdown", "scroll", "input"];

const { idleLimit, keepAliveUrl } = document.body.dataset;
const dialog = document.getElementById("idle-dialog");
const part = (name) => dialog.querySelector(`[data-idle-${name}]`);
const limit = Number(idleLimit) * 1000;
const tellEvery = Math.min(60_000, limit / 10);
const warning = Math.min(WARNING_SECONDS, limit / 2000);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("ocop-session") : null;

let lastTold = Date.now();
let lastTried = lastTold;
let isSignUntold = false;
let isOver = false;

function remember(moment) {
  lastTold = Math.max(lastTold, moment);
  lastTried = lastTold;
  try {
    localStorage.setItem(LAST_TOLD, String(lastTold));
  } catch {
    // Private windows may have no storage; this tab then counts for itself.
  }
}

function recall() {
  try {
    lastTold = Math.max(lastTold, Number(localStorage.getItem(LAST_TOLD)) || 0);
  } catch {
    // As above.
  }
  return lastTold;
}

function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

function token() {
  return cookie("csrftoken") || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

// Tells the server that somebody is there; its answer decides whether the session still lives.
async function tellServer() {
  lastTried = Date.now();
  isSignUntold = false;
  try {
    const answer = await fetch(keepAliveUrl, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
    });
    if (answer.ok) {
      remember(lastTried);
      tabs?.postMessage("alive");
      welcomeBack();
      return;
    }
    if (answer.status === 401) part("login").href = (await answer.json()).login;
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) end();
  } catch {
    // No network: the end is counted from what the server last heard, and this is tried again.
    isSignUntold = true;
  }
}

// After a new login in another tab the forms of this one need the new token.
function welcomeBack() {
  isOver = false;
  if (dialog.open) dialog.close();
  const fresh = cookie("csrftoken");
  if (!fresh) return;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
}

function end() {
  isOver = true;
  part("asking").hidden = true;
  part("over").hidden = false;
  part("status").textContent = part("over").querySelector("h2").textContent;
  if (!dialog.open) dialog.showModal();
}

function ask(seconds) {
  part("asking").hidden = false;
  part("over").hidden = true;
  part("seconds").textContent = String(seconds);
  if (!dialog.open) {
    part("status").textContent = part("asking").textContent.replace(/\s+/g, " ");
    dialog.showModal();
    part("stay").focus();
  } else if (seconds === 30 || seconds === 10) {
    part("status").textContent = part("seconds").parentElement.textContent;
  }
}

function look() {
  if (isOver) return;
  const now = Date.now();
  const left = Math.ceil((recall() + limit - now) / 1000);
  if (isSignUntold && now - Math.max(lastTold, lastTried) >= tellEvery) tellServer();
  if (left <= 0) end();
  else if (left <= warning && (!isSignUntold || lastTried > lastTold)) ask(left);
  else if (dialog.open) dialog.close();
}

function onSign() {
  // While the question stands, only its button answers it.
  if (!dialog.open) isSignUntold = true;
}

if (dialog && keepAliveUrl && limit > 0) {
  remember(Date.now());
  tabs?.postMessage("alive");
  for (const sign of SIGNS) document.addEventListener(sign, onSign, { passive: true, capture: true });
  part("stay").addEventListener("click", tellServer);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!isOver) tellServer();
  });
  tabs?.addEventListener("message", () => {
    remember(Date.now());
    welcomeBack();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}

// Sixty seconds before the idle limit ends the session, every open tab asks; one press keeps it.
//
// Only a person counts: a page that was opened, a key, a press, a scroll. What a page fetches by
// itself does not. The tabs share the moment of the last sign of life, so they agree.

const WARNING_SECONDS = 60;
const LAST_SIGN = "ocop:last-sign";
const SIGNS = ["keydown", "pointerdown", "scroll", "input"];

const { idleLimit, keepAliveUrl } = document.body.dataset;
const dialog = document.getElementById("idle-dialog");
const part = (name) => dialog.querySelector(`[data-idle-${name}]`);
const limit = Number(idleLimit) * 1000;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("ocop-session") : null;

let lastSign = Date.now();
let lastTold = Date.now();
let isOver = false;

function remember(moment) {
  lastSign = Math.max(lastSign, moment);
  try {
    localStorage.setItem(LAST_SIGN, String(lastSign));
  } catch {
    // Private windows may have no storage; this tab then counts for itself.
  }
}

function recall() {
  try {
    lastSign = Math.max(lastSign, Number(localStorage.getItem(LAST_SIGN)) || 0);
  } catch {
    // As above.
  }
  return lastSign;
}

function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : "";
}

function token() {
  return cookie("csrftoken") || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

// The server is told of a sign of life; its answer decides whether the session still lives.
async function tellServer() {
  lastTold = Date.now();
  try {
    const answer = await fetch(keepAliveUrl, {
      method: "POST",
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
    });
    if (answer.ok) return true;
    if (answer.status === 401) part("login").href = (await answer.json()).login;
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      return false;
    }
  } catch {
    // No network: the session's end is counted here, and the next press tries again.
  }
  return null;
}

async function stay() {
  const alive = await tellServer();
  if (alive === false) {
    end();
    return;
  }
  remember(Date.now());
  tabs?.postMessage("alive");
  welcomeBack();
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
  const left = Math.ceil((recall() + limit - Date.now()) / 1000);
  if (left <= 0) end();
  else if (left <= Math.min(WARNING_SECONDS, limit / 2000)) ask(left);
  else if (dialog.open) dialog.close();
}

function onSign() {
  // While the question stands, only its button answers it.
  if (dialog.open) return;
  remember(Date.now());
  if (Date.now() - lastTold > limit / 4) tellServer();
}

if (dialog && keepAliveUrl && limit > 0) {
  remember(Date.now());
  tabs?.postMessage("alive");
  for (const sign of SIGNS) document.addEventListener(sign, onSign, { passive: true, capture: true });
  part("stay").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!isOver) stay();
  });
  tabs?.addEventListener("message", () => {
    remember(Date.now());
    welcomeBack();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}

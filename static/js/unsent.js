// On any page: what this person typed elsewhere and the portal does not have yet is sent now; what
// cannot be saved is shown, with its words and where it belongs, until the person drops it.

const REST_MS = 1_500;

async function sendAll() {
  const { drop, kept, send } = await import("./drafts.js");
  const here = new Set(
    [...document.querySelectorAll("[data-autosave-document]")].map(
      (form) => form.dataset.autosaveDocument,
    ),
  );
  const waiting = [];
  for (const each of kept().filter(({ document: name }) => !here.has(name))) {
    const { value, seen, tried, url } = each.entry;
    const answer = await send(url, { [each.field]: { value, seen, tried } }, { background: true });
    if (answer.kind === "unreachable" || answer.kind === "session") return;
    if (answer.saved && each.field in answer.saved) drop(each.key);
    else waiting.push({ ...each, reason: answer.errors?.[each.field] ?? answer.reason ?? "" });
  }
  if (waiting.length) show(waiting, drop);
}

function show(waiting, drop) {
  const panel = document.getElementById("unsent").content.firstElementChild.cloneNode(true);
  const row = panel.querySelector("li");
  const list = row.parentElement;
  row.remove();
  for (const { key, entry, reason } of waiting) {
    const item = row.cloneNode(true);
    const link = item.querySelector("a");
    link.href = entry.page;
    link.textContent = `${entry.title}: ${entry.label}`;
    item.querySelector("[data-reason]").textContent = reason;
    item.querySelector("[data-text]").textContent = entry.value;
    item.querySelector("button").addEventListener("click", () => {
      drop(key);
      item.remove();
      if (!list.children.length) panel.remove();
    });
    list.append(item);
  }
  document.querySelector("main").prepend(panel);
}

// A page that is being left may still be sending the same words.
if (isAnythingKept()) setTimeout(sendAll, REST_MS);

function isAnythingKept() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("ocop%3Adraft"));
  } catch {
    return false;
  }
}

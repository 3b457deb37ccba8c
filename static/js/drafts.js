// What was typed and is not on the portal yet, kept in this browser: by person, document and field.
//
// An entry is { value, seen, tried, at, url, page, title, label }: the text, the mark of what the
// page had read, what was sent of it without an answer, when it was typed, where it is sent, and
// where a person finds it again. Entries of another person are never read, shown or sent: every
// key begins with the person's own number. Each page keeps its entries under a name of its own, so
// two tabs do not overwrite each other.
//
// It also sends fields to the portal and says in one word what came of it:
//
//   await send(url, { name: { value, seen, tried } }, { key, background, leaving })
//     → { kind: "answered", at, saved, conflicts, errors }   each field has its own outcome
//     → { kind: "refused", reason }      the whole is refused: another try would end the same
//     → { kind: "session", login }       nobody is logged in, or somebody else is
//     → { kind: "unreachable" }          no network, or a portal that does not answer: try again
//
// `key` stays the same while the same words are tried again. `background` tells the portal that
// nobody is at the keys, so that a try does not keep a session alive.

const PREFIX = "ocop:draft:";
const page = crypto.getRandomValues(new Uint32Array(2)).join("-");

export const person = document.body.dataset.person ?? "";

// Line ends, composed letters, no signs that nobody can see: what the portal does to a text too.
const UNSEEN =
  /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

export function composed(text) {
  return text.replace(/\r\n?/g, "\n").replace(UNSEEN, "").normalize("NFC");
}

function key(document, field) {
  return [`${PREFIX}${person}`, document, field, page].map(encodeURIComponent).join("|");
}

// Whether the browser could keep it; it cannot in some private windows, or when it is full.
export function keep(document, field, entry) {
  try {
    localStorage.setItem(key(document, field), JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(document, field) {
  drop(key(document, field));
}

export function drop(entryKey) {
  try {
    localStorage.removeItem(entryKey);
  } catch {
    // Nothing could be kept here, so there is nothing to drop.
  }
}

// Everything kept for this person, oldest first: [{ key, document, field, entry }].
export function kept() {
  const found = [];
  if (!person) return found;
  try {
    for (const entryKey of Object.keys(localStorage)) {
      const [owner, document, field] = entryKey.split("|").map(decodeURIComponent);
      if (owner !== `${PREFIX}${person}`) continue;
      found.push({ key: entryKey, document, field, entry: JSON.parse(localStorage.getItem(entryKey)) });
    }
  } catch {
    return found;
  }
  return found.sort((one, other) => one.entry.at - other.entry.at);
}

const PATIENCE_MS = 20_000;

export async function send(url, fields, { key, background = false, leaving = false } = {}) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "X-CSRFToken": token(),
    "X-Draft-Owner": person,
    "Idempotency-Key": key ?? "",
  };
  if (background) headers["X-Background"] = "1";
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ fields }),
      redirect: "manual",
      keepalive: leaving,
      signal: leaving ? undefined : AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { kind: "unreachable" };
  }
  return judged(answer);
}

async function judged(answer) {
  const said = await words(answer);
  if (answer.ok && said.saved) return { kind: "answered", ...said };
  if (answer.status === 401 || answer.type === "opaqueredirect") {
    return { kind: "session", login: said.login };
  }
  if (said.code === "other_person") return { kind: "session" };
  // A refusal of ours says why; one without a reason is the guard of forms: its token is too old.
  if (answer.status === 403) {
    return said.reason ? { kind: "refused", reason: said.reason } : { kind: "session" };
  }
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
    return { kind: "unreachable" };
  }
  return { kind: "refused", reason: said.reason ?? "" };
}

async function words(answer) {
  try {
    return (await answer.json()) ?? {};
  } catch {
    return {};
  }
}

// A login in another tab changes the token: the cookie always has the present one.
function token() {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  if (found) return found.slice("csrftoken=".length);
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

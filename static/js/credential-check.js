// Checks a signed credential in the browser: with the keys and status lists that were fetched while
// there was a network. Where the browser cannot, the form goes to the server as it stands.

const form = document.getElementById("credential-form");
const answer = document.getElementById("credential-answer");
const words = document.getElementById("credential-words");
const text = form.elements.credential;
const fileField = document.getElementById("credential-file-field");
const KEYS = "ocop-keys";
const LISTS = "ocop-lists";
const PURPOSES = { revocation: "revoked", suspension: "suspended", refresh: "superseded" };

let canVerify;

class Forged extends Error {}

fileField.hidden = false;
fileField.querySelector("input").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file && file.size <= text.maxLength) text.value = (await file.text()).trim();
});
form.addEventListener("submit", (event) => {
  if (canVerify === false && navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  check();
}, { capture: true });
navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
const ready = Promise.all([supportsEd25519(), fetchAll()]);

async function check() {
  form.querySelector("button").disabled = true;
  try {
    [canVerify] = await ready;
    show(...(await outcomeOf(text.value.trim())));
  } catch (error) {
    if (!(error instanceof Forged)) throw error;
    show("forged");
  } finally {
    form.querySelector("button").disabled = false;
    delete form.dataset.sent;
  }
}

async function outcomeOf(token) {
  if (!canVerify) return ["unsupported"];
  const keys = stored(KEYS)?.keys ?? [];
  if (!keys.length) return ["no-keys"];
  const payload = await verified(token, keys);
  if (!payload.type?.includes?.("OcopCertificate")) throw new Forged();
  const now = Date.now();
  const notes = now < moment(payload.validFrom) ? [words.dataset.oldClock] : [];
  const { status, known, isOld } = await statusOf(payload, keys, now);
  notes.push(known ? `${words.dataset.known} ${new Date(known).toLocaleString(document.documentElement.lang)}` : words.dataset.unknown);
  if (isOld) notes.push(words.dataset.old);
  const isOver = status === "valid" && now > moment(payload.validUntil);
  return [isOver ? "expired" : status, payload.credentialSubject, notes];
}

async function statusOf(payload, keys, now) {
  const lists = stored(LISTS) ?? {};
  let status = "valid";
  const known = [];
  let isOld = false;
  for (const entry of payload.credentialStatus ?? []) {
    const token = lists[new URL(entry.statusListCredential).pathname];
    if (!token) continue;
    const list = await verified(token, keys);
    const subject = list.credentialSubject ?? {};
    if (list.id !== entry.statusListCredential || subject.statusPurpose !== entry.statusPurpose) continue;
    known.push(moment(list.validFrom));
    isOld ||= now > moment(list.validUntil);
    const isSet = await bitOf(subject.encodedList ?? "", Number(entry.statusListIndex));
    if (isSet && status === "valid") status = PURPOSES[entry.statusPurpose] ?? status;
  }
  const isWhole = known.length === Object.keys(PURPOSES).length;
  return { status, known: isWhole ? Math.min(...known) : 0, isOld: isWhole && isOld };
}

async function verified(token, keys) {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Forged();
  const header = object(parts[0]);
  const payload = object(parts[1]);
  const key = keys.find((each) => each.kid && each.kid === header.kid);
  if (header.alg !== "EdDSA" || "crit" in header || !key) throw new Forged();
  const jwk = { kty: key.kty, crv: key.crv, x: key.x };
  const publicKey = await crypto.subtle.importKey("jwk", jwk, { name: "Ed25519" }, false, ["verify"]);
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  if (!(await crypto.subtle.verify({ name: "Ed25519" }, publicKey, bytes(parts[2]), signed))) throw new Forged();
  return payload;
}

async function bitOf(encoded, index) {
  if (!encoded.startsWith("u") || !Number.isInteger(index)) throw new Forged();
  const packed = new Blob([bytes(encoded.slice(1))]).stream().pipeThrough(new DecompressionStream("gzip"));
  const unpacked = await new Response(packed).arrayBuffer().catch(() => { throw new Forged(); });
  const bits = new Uint8Array(unpacked);
  if (index < 0 || index >= bits.length * 8) throw new Forged();
  return Boolean(bits[index >> 3] & (0x80 >> (index & 7)));
}

// Base64url in its one spelling: spare bits of the last sign could else be changed unnoticed.
function bytes(part) {
  let binary;
  try {
    binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new Forged();
  }
  const again = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  if (again !== part) throw new Forged();
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function object(part) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes(part)));
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
  } catch (error) {
    if (error instanceof Forged) throw error;
  }
  throw new Forged();
}

function moment(written) {
  const found = Date.parse(written ?? "");
  if (Number.isNaN(found)) throw new Forged();
  return found;
}

async function supportsEd25519() {
  try {
    const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    await crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x }, { name: "Ed25519" }, false, ["verify"]);
    return typeof DecompressionStream === "function";
  } catch {
    return false;
  }
}

// What could be fetched replaces what was kept; without a network the kept remains.
async function fetchAll() {
  try {
    const keys = await fetch(form.dataset.keys, { cache: "no-cache" });
    if (keys.ok) localStorage.setItem(KEYS, JSON.stringify(await keys.json()));
    const lists = {};
    for (const url of form.dataset.lists.split(" ").filter(Boolean)) {
      const list = await fetch(url, { cache: "no-cache" });
      if (list.ok) lists[url] = (await list.text()).trim();
    }
    localStorage.setItem(LISTS, JSON.stringify({ ...stored(LISTS), ...lists }));
  } catch {
    // No network: the check says of when its knowledge is.
  }
}

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function show(outcome, subject, notes = []) {
  const shown = words.querySelector(`[data-outcome="${outcome}"]`).firstElementChild.cloneNode(true);
  answer.replaceChildren(shown);
  if (subject) {
    const facts = words.querySelector("dl").cloneNode(true);
    for (const place of facts.querySelectorAll("[data-fact]")) place.textContent = String(subject[place.dataset.fact] ?? "–");
    answer.append(facts);
  }
  for (const note of notes) {
    const line = document.createElement("p");
    line.className = "muted";
    line.textContent = note;
    answer.append(line);
  }
}

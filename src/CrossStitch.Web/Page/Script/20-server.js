// Asking the server, and what its refusals mean for a person.

// The page works below any prefix that an application mounts it at.
const root = `${location.pathname.replace(/\/?$/, "/")}v1/`;

/** What went wrong, in a code of the server's or one of ours: gone, empty, link, camera. */
class Problem extends Error {
  constructor(code, title, detail = "", retryAfter = 0) {
    super(title);
    Object.assign(this, { code, title, detail, retryAfter });
  }
}

const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";

/** Asks; a refusal is thrown as a problem. */
async function ask(path, options = {}) {
  try {
    const response = await fetch(root + path, { cache: "no-store", ...options });
    if (response.ok) { return await response.json(); }
    throw await refusal(response);
  } catch (error) {
    // Only a connection that fails or ends early is left.
    if (error instanceof Problem || isAbort(error)) { throw error; }
    throw new Problem("gone", "The server does not answer", "It may have been stopped. Start it again with “crossstitch serve”, then try again.");
  }
}

async function refusal(response) {
  let said = {};
  try { said = await response.json(); } catch (error) { if (isAbort(error)) { throw error; } }
  const code = said.code ?? ({ 401: "token-missing", 413: "too-large", 415: "unsupported-type", 429: "busy", 503: "busy" }[response.status] ?? "other");
  const title = titles[code] ?? said.title ?? `The server answered ${response.status}`;
  return new Problem(code, title, said.detail ?? "", Number(response.headers.get("Retry-After")) || 1);
}

const titles = {
  "not-an-image": "This is not a picture that can be read",
  "unsupported-type": "This is not a picture that can be read",
  "too-large": "This photo is too large",
  "too-many-pixels": "This photo has too many pixels",
  "timed-out": "This took too long",
  busy: "The server is busy",
  stopping: "The server is stopping",
  internal: "The server failed",
};

/** Whether trying the same again can help. */
const canRetry = (problem) => ["gone", "busy", "timed-out", "stopping", "internal", "other"].includes(problem.code);

function keepToken(token) {
  document.cookie = `crossstitch-token=${encodeURIComponent(token)}; Path=/; SameSite=Strict${location.protocol === "https:" ? "; Secure" : ""}`;
}

// The command prints the page's address with the token in it; it shall not stay in the address bar.
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    keepToken(token);
    history.replaceState(null, "", location.pathname + location.search);
  }
}

/** Asks for the token, and goes on when it was given. */
function askForToken(goOn) {
  const form = byId("token-form");
  form.hidden = false;
  byId("token").focus();
  form.onsubmit = (event) => {
    event.preventDefault();
    keepToken(byId("token").value.trim());
    form.hidden = true;
    byId("choose").focus({ preventScroll: true });
    goOn();
  };
}

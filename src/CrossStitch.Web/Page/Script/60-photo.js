// A photo's way: taken in, checked, sent, shown. A newer one stops the older, whose answer is dropped.

let server = null;
let current = null;

const limits = () => server?.limits;

/** Begins something that ends whatever is under way. */
function begin(name) {
  current?.controller.abort();
  current = { name, controller: new AbortController(), picture: null, answer: null };
  clearAlert();
  say("");
  return current;
}

/** Takes a photo: a file, or the bytes of a sample. */
async function takePhoto(blob, name) {
  stopWebcam();
  const job = begin(name);
  clearResult();
  if (blob.size === 0) { return refuse(job, new Problem("empty", "This file is empty", "Choose another one.")); }
  if (blob.size > limits()?.bytes) {
    return refuse(job, new Problem("too-large", titles["too-large"], `It has ${megabytes(blob.size)}; at most ${megabytes(limits().bytes)} are taken.`), blob);
  }

  const picture = await load(blob);
  if (job !== current) { return undefined; }
  job.picture = picture;
  if (picture) {
    const pixels = picture.naturalWidth * picture.naturalHeight;
    if (pixels > limits()?.pixels) {
      return refuse(job, new Problem("too-many-pixels", titles["too-many-pixels"], `It has ${megapixels(pixels)}; at most ${megapixels(limits().pixels)} are taken.`), blob);
    }

    showPicture(picture);
  }

  return analyze(job, blob);
}

/** The picture as the browser shows it; null where it cannot, for the server has the last word on what a picture is. */
function load(blob) {
  return new Promise((resolve) => {
    const picture = new Image();
    const url = URL.createObjectURL(blob);
    picture.alt = "The photo";
    const done = (result) => {
      // What is loaded stays; only its address ends.
      URL.revokeObjectURL(url);
      resolve(result);
    };
    picture.onload = () => done(picture.naturalWidth > 0 ? picture : null);
    picture.onerror = () => done(null);
    picture.src = url;
  });
}

function showPicture(picture) {
  byId("frame").querySelector("img")?.remove();
  byId("frame").prepend(picture);
  shapeFrame(picture.naturalWidth, picture.naturalHeight);
  hasPicture(true);
  // A sample below may have been chosen on a small screen.
  if (byId("stage").getBoundingClientRect().top < 0) { byId("stage").scrollIntoView(); }
}

function hasPicture(isThere) {
  byId("stage").classList.toggle("has-picture", isThere);
  byId("invite").hidden = isThere;
  byId("frame").hidden = !isThere;
  byId("choose").textContent = isThere ? "Choose another photo" : "Choose a photo";
}

function clearResult() {
  showMarks([], 1, 1);
  byId("results").hidden = true;
  byId("save").hidden = true;
  byId("desk").classList.remove("found");
}

async function analyze(job, blob) {
  const frame = byId("frame");
  const waiting = setTimeout(() => { frame.classList.add("busy"); say("Looking for faces…"); }, 250);
  try {
    const answer = await sendPatiently(job, blob);
    if (job === current) { showAnswer(job, answer); }
  } catch (error) {
    if (job !== current || isAbort(error)) { return; }
    if (error.code === "token-missing") { askForToken(start(() => analyze(job, blob))); return; }
    refuse(job, error, blob);
  } finally {
    clearTimeout(waiting);
    if (job === current) { frame.classList.remove("busy"); }
  }
}

/** Sends a photo, and again while the server is busy, when it says so, three times. */
async function sendPatiently(job, blob) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(blob, job.controller.signal);
    } catch (error) {
      if (error.code !== "busy" || attempt > 3) { throw error; }
      const seconds = Math.min(error.retryAfter, 10);
      say(`The server is busy. Trying again in ${counted(seconds, "second", "seconds")}…`, true);
      await later(1000 * seconds);
      job.controller.signal.throwIfAborted();
    }
  }
}

const send = (blob, signal) => ask("analyze", { method: "POST", body: blob, signal, headers: { "Content-Type": blob.type.startsWith("image/") ? blob.type : "application/octet-stream" } });

function showAnswer(job, answer) {
  job.answer = answer;
  const { width, height, faces, timings } = answer;
  if (!job.picture) { hasPicture(true); }
  shapeFrame(width, height);
  showMarks(faces, width, height);
  showPanels(faces, job.picture);
  showFacts([
    ["pixels", `${width} × ${height}`],
    ["faces", String(faces.length)],
    ["time", milliseconds(timings.total)],
    ["decode", milliseconds(timings.decode)],
    ["find", milliseconds(timings.find)],
    ["read", milliseconds(timings.read)],
  ]);
  byId("faces").classList.add("still");
  byId("results").hidden = false;
  byId("save").hidden = false;
  byId("desk").classList.add("found");
  if (job.picture) { job.picture.alt = `The photo, with ${counted(faces.length, "face", "faces")} marked`; }
  say(faces.length === 0
    ? "No face found. Faces that are very small, covered or seen from the side can be missed."
    : `${upperFirst(counted(faces.length, "face", "faces"))} found in ${milliseconds(timings.total)}.`, faces.length === 0);
}

/** Shows why there is no answer, and what can be done about it. */
function refuse(job, problem, blob) {
  const shrinks = ["too-large", "too-many-pixels"].includes(problem.code) && blob && limits();
  if (!job.picture || !canRetry(problem)) { hasPicture(false); }
  if (shrinks) {
    alertOf(problem, "Make it smaller and look", () => shrink(blob, job.name));
  } else if (canRetry(problem) && blob) {
    alertOf(problem, "Try again", () => { say("Trying again…"); takePhoto(blob, job.name); });
  } else {
    alertOf(problem);
  }
}

/** A copy of a photo that is within the limits. */
async function shrink(blob, name) {
  const job = begin(name);
  const picture = await load(blob);
  if (job !== current) { return; }
  if (!picture) { refuse(job, new Problem("not-an-image", titles["not-an-image"])); return; }
  const scale = Math.min(1, Math.sqrt(Math.min(limits().pixels, 6e6) / (picture.naturalWidth * picture.naturalHeight)));
  const canvas = make("canvas", { width: Math.floor(scale * picture.naturalWidth), height: Math.floor(scale * picture.naturalHeight) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const smaller = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
  if (job === current && smaller) { takePhoto(smaller, name); }
}

/** Saves the answer as it came. */
function saveAnswer() {
  if (!current?.answer) { return; }
  const url = URL.createObjectURL(new Blob([`${JSON.stringify({ photo: current.name, ...current.answer }, null, 2)}\n`], { type: "application/json" }));
  make("a", { href: url, download: `${current.name.replace(/\.[^.]*$/, "")}.faces.json` }).click();
  later(1000).then(() => URL.revokeObjectURL(url));
}

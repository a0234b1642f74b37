// The webcam: a picture at a time, the next one when the last one's faces are there.

const widest = 640;
let camera = null;

async function toggleWebcam() {
  if (camera) {
    stopWebcam();
    say("The webcam is off.");
  } else {
    await startWebcam();
  }
}

async function startWebcam() {
  const job = begin("webcam");
  clearResult();
  let stream;
  try {
    if (!navigator.mediaDevices) { throw new Problem("camera", "The camera cannot be used here", "Browsers give a page the camera only over https, or when the server runs on this machine."); }
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: widest }, facingMode: "user" }, audio: false });
  } catch (error) {
    if (job === current) { hasPicture(false); alertOf(cameraProblem(error)); }
    return;
  }

  if (job !== current) { stream.getTracks().forEach((track) => track.stop()); return; }
  const video = byId("video");
  camera = { stream, canvas: make("canvas") };
  stream.getVideoTracks()[0].addEventListener("ended", () => {
    if (job === current) { stopWebcam(); alertOf(new Problem("camera", "The camera stopped", "It may have been unplugged.")); }
  });
  byId("webcam").textContent = "Stop the webcam";
  byId("webcam").classList.add("on");
  byId("frame").querySelector("img")?.remove();
  // People know themselves from the mirror; what a camera at the back sees stays as it is.
  camera.isMirrored = stream.getVideoTracks()[0].getSettings().facingMode !== "environment";
  video.classList.toggle("mirrored", camera.isMirrored);
  video.srcObject = stream;
  video.hidden = false;
  await video.play().catch(() => {});
  if (job !== current) { return; }
  shapeFrame(video.videoWidth, video.videoHeight);
  hasPicture(true);
  await follow(job, video);
}

function cameraProblem(error) {
  if (error instanceof Problem) { return error; }
  if (error.name === "NotAllowedError") { return new Problem("camera", "The browser may not use the camera", "Allow it beside the page's address, then try again."); }
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") { return new Problem("camera", "No camera was found", "Plug one in, or drop a photo."); }
  return new Problem("camera", "The camera cannot be read", "Another program may be using it.");
}

function stopWebcam() {
  if (!camera) { return; }
  camera.stream.getTracks().forEach((track) => track.stop());
  camera = null;
  current?.controller.abort();
  current = null;
  byId("video").srcObject = null;
  byId("video").hidden = true;
  byId("webcam").textContent = "Use the webcam";
  byId("webcam").classList.remove("on");
  hasPicture(false);
  clearResult();
}

/** One request at a time; meanwhile the next picture is taken. Counts the answers of the last second. */
async function follow(job, video) {
  const times = [];
  let said = { count: -1, at: -Infinity };
  let blob = await capture(video);
  while (job === current) {
    try {
      const [answer, next] = await Promise.all([send(blob, job.controller.signal), newPicture(video).then(() => (job === current ? capture(video) : null))]);
      if (job !== current) { return; }
      blob = next;
      const now = performance.now();
      times.push(now);
      while (times[0] < now - 1000) { times.shift(); }
      showLive(job, answer, now - times[0] > 0 ? (1000 * (times.length - 1)) / (now - times[0]) : 0);
      if (answer.faces.length !== said.count && now - said.at > 2000) {
        said = { count: answer.faces.length, at: now };
        say(`${upperFirst(counted(said.count, "face", "faces"))} in sight.`);
      }
    } catch (error) {
      if (job !== current || isAbort(error)) { return; }
      if (error.code === "busy") { await later(300); continue; }
      stopWebcam();
      if (error.code === "token-missing") { askForToken(start(startWebcam)); } else { alertOf(error, "Try again", startWebcam); }
    }
  }
}

const newPicture = (video) => new Promise((resolve) => {
  if (video.requestVideoFrameCallback) { video.requestVideoFrameCallback(resolve); } else { requestAnimationFrame(resolve); }
});

/** What the camera sees, as it is shown: at most 640 pixels wide. */
function capture(video) {
  const { canvas, isMirrored } = camera;
  const scale = Math.min(1, widest / video.videoWidth);
  const [width, height] = [Math.round(scale * video.videoWidth), Math.round(scale * video.videoHeight)];
  if (canvas.width !== width || canvas.height !== height) { Object.assign(canvas, { width, height }); }
  const context = canvas.getContext("2d");
  context.setTransform(isMirrored ? -1 : 1, 0, 0, 1, isMirrored ? width : 0, 0);
  context.drawImage(video, 0, 0, width, height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.8); });
}

function showLive(job, answer, rate) {
  // From left to right, so that a face keeps its number from one picture to the next.
  answer.faces.sort((one, other) => one.box.left - other.box.left);
  job.answer = answer;
  const { width, height, faces, timings } = answer;
  shapeFrame(width, height);
  showMarks(faces, width, height);
  showPanels(faces, null);
  showFacts([
    ["frames", `${rate.toFixed(0)} a second`],
    ["faces", String(faces.length)],
    ["time", milliseconds(timings.total)],
    ["decode", milliseconds(timings.decode)],
    ["find", milliseconds(timings.find)],
    ["read", milliseconds(timings.read)],
  ]);
  byId("faces").classList.remove("still");
  byId("results").hidden = false;
  byId("save").hidden = false;
  byId("desk").classList.add("found");
}

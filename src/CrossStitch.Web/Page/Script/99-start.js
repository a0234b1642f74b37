// Where a photo comes from, and how the page begins.

const hasFiles = (transfer) => [...(transfer?.types ?? [])].some((type) => type === "Files" || type === "text/uri-list");

/** Takes what was dropped or pasted. */
function takeTransfer(transfer) {
  const files = [...transfer.files];
  if (files.length > 0) {
    showView("faces");
    takePhoto(files.find((file) => file.type.startsWith("image/")) ?? files[0], files[0].name || "photo");
  } else {
    begin("none");
    clearResult();
    hasPicture(false);
    alertOf(new Problem("link", "That was a link or text, and no picture", "Save the picture first, then drop the file; or copy the picture itself and paste it."));
  }
}

function listen() {
  let depth = 0;
  const dropping = (isOn) => document.body.classList.toggle("dropping", isOn);
  addEventListener("dragenter", (event) => { if (hasFiles(event.dataTransfer)) { event.preventDefault(); depth++; dropping(true); } });
  addEventListener("dragover", (event) => { if (hasFiles(event.dataTransfer)) { event.preventDefault(); event.dataTransfer.dropEffect = "copy"; } });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); dropping(depth > 0); });
  addEventListener("drop", (event) => {
    depth = 0;
    dropping(false);
    if (hasFiles(event.dataTransfer)) { event.preventDefault(); takeTransfer(event.dataTransfer); }
  });
  addEventListener("paste", (event) => {
    if (event.target instanceof HTMLInputElement) { return; }
    event.preventDefault();
    takeTransfer(event.clipboardData);
  });

  const file = byId("file");
  byId("choose").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    if (file.files.length > 0) { takePhoto(file.files[0], file.files[0].name); }
    // So that the same file can be chosen again.
    file.value = "";
  });
  byId("stage").addEventListener("click", (event) => {
    if (!byId("stage").classList.contains("has-picture") && !event.target.closest("button, input")) { file.click(); }
  });
  byId("webcam").addEventListener("click", toggleWebcam);
  byId("save").addEventListener("click", saveAnswer);

  const tabs = ["faces", "training"];
  for (const name of tabs) {
    byId(`tab-${name}`).addEventListener("click", () => showView(name));
    byId(`tab-${name}`).addEventListener("keydown", (event) => {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
        event.preventDefault();
        showView(event.key === "Home" ? "faces" : event.key === "End" ? "training" : tabs[1 - tabs.indexOf(name)], true);
      }
    });
  }

  document.addEventListener("visibilitychange", watchRuns);
  new ResizeObserver(sizeDots).observe(byId("frame"));
}

/** The drawn faces that ship with the page. */
function showSamples() {
  const titlesOf = { smile: "A smile", glasses: "Glasses", turned: "Turned", group: "A group" };
  const samples = JSON.parse(byId("samples").textContent);
  const order = (sample) => (Object.keys(titlesOf).indexOf(sample.name) + 9) % 9;
  samples.sort((one, other) => order(one) - order(other));
  byId("samples-list").append(...samples.map(({ name, type, data }) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const image = make("img", { src: `data:${type};base64,${data}`, alt: "", width: 96, height: 80 });
    const button = make("button", { type: "button" }, image, make("span", {}, titlesOf[name] ?? name));
    button.addEventListener("click", () => takePhoto(new Blob([bytes], { type }), name));
    return make("li", {}, button);
  }));
  byId("samples-row").hidden = samples.length === 0;
}

/** Says whose machine the photos go to. */
function showPrivacy() {
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
  if (!isHere) { byId("privacy").textContent = `Photos go to ${location.host} and nowhere else.`; }
}

/** Asks what the server runs, then goes on. */
const start = (goOn) => async () => {
  try {
    server = await ask("model");
  } catch (error) {
    if (error.code === "token-missing") { askForToken(start(goOn)); } else { alertOf(error, "Try again", start(goOn)); }
    return;
  }

  const kinds = server.limits.types.map((type) => ({ jpeg: "JPEG", png: "PNG", webp: "WebP", gif: "GIF", bmp: "BMP" }[type.split("/")[1]] ?? type));
  byId("limits").textContent = `${kinds.slice(0, -1).join(", ")} or ${kinds.at(-1)}, to ${megabytes(server.limits.bytes)} and ${megapixels(server.limits.pixels)}.`;
  byId("file").accept = server.limits.types.join(",");
  byId("about").replaceChildren(`CrossStitch ${server.version} · finder ${server.finder.id} · reader ${server.reader.id} · `, make("a", { href: `${root}openapi.json` }, "the same over HTTP"));
  byId("tabs").hidden = !server.runs;
  for (const name of server.runs ? ["faces", "training"] : []) {
    byId(`view-${name}`).setAttribute("role", "tabpanel");
    byId(`view-${name}`).setAttribute("aria-labelledby", `tab-${name}`);
  }

  goOn();
};

takeToken();
listen();
showSamples();
showPrivacy();
start(() => { if (server.runs && location.hash === "#training") { showView("training"); } })();

// The second view: runs, their curves while they train, and the report.

const training = { chosen: null, shown: "", timer: 0, states: new Map() };
const pollEvery = 2000;
const pollWhenAllHaveEnded = 10000;

const isWatched = () => !byId("view-training").hidden && !document.hidden;

/** Asks now and, as long as somebody looks, every two seconds; less often when all runs have ended, for others may begin. */
async function watchRuns() {
  clearTimeout(training.timer);
  if (!isWatched()) { return; }
  let goesOn = true;
  try {
    const list = await ask("runs");
    byId("runs-status").textContent = list.runs.length === 0 ? "No run yet. They appear here when they start." : "";
    byId("runs-name").textContent = list.name;
    training.chosen ??= (list.runs.find((run) => run.state === "running") ?? list.runs[0])?.id ?? null;
    showRuns(list.runs);
    showReport(list.report);
    await showCurves(list.runs.find((run) => run.id === training.chosen));
    goesOn = list.runs.length === 0 || list.runs.some((run) => run.state !== "finished");
  } catch (error) {
    if (!(error instanceof Problem)) { throw error; }
    if (error.code === "token-missing") { askForToken(watchRuns); return; }
    byId("runs-status").textContent = `${error.title}. ${error.detail}`;
  }

  training.timer = setTimeout(watchRuns, goesOn ? pollEvery : pollWhenAllHaveEnded);
}

function showRuns(runs) {
  const list = byId("runs");
  if (list.children.length !== runs.length || runs.some((run, index) => list.children[index].dataset.id !== run.id)) {
    list.replaceChildren(...runs.map(createRun));
  }

  runs.forEach((run, index) => {
    const [name, state, bar] = list.children[index].firstChild.children;
    list.children[index].firstChild.setAttribute("aria-current", String(run.id === training.chosen));
    name.textContent = run.id;
    state.textContent = run.state === "finished" ? counted(run.epoch, "epoch", "epochs") : run.state === "waiting" ? "waiting" : `${run.epoch} / ${run.epochs}`;
    state.className = `state ${run.state}`;
    bar.className = `bar ${run.state}`;
    bar.firstChild.style.width = `${run.epochs > 0 ? (100 * run.epoch) / run.epochs : 0}%`;
  });
}

function createRun(run) {
  const button = make("button", { type: "button" }, make("span"), make("span"), make("span", { "aria-hidden": "true" }, make("i")));
  button.addEventListener("click", () => {
    training.chosen = run.id;
    watchRuns();
  });
  const item = make("li", {}, button);
  item.dataset.id = run.id;
  return item;
}

async function showCurves(run) {
  const key = run ? `${run.id} ${run.state} ${run.epoch}` : "";
  if (key === training.shown) { return; }
  if (!run) { byId("curves").replaceChildren(); training.shown = key; return; }
  const curves = await ask(`runs/${encodeURIComponent(run.id)}`);
  if (run.id !== training.chosen) { return; }
  training.shown = key;
  byId("curves").replaceChildren(...(curves.curves.length > 0 ? chartsOf(curves) : [make("p", { className: "muted" }, "No epoch has ended yet.")]));
}

function showReport(isThere) {
  if (!isThere || !byId("report").hidden) { return; }
  byId("report").hidden = false;
  byId("report-link").href = `${root}report`;
  const frame = make("iframe", { title: "The report", src: `${root}report`, loading: "lazy" });
  frame.setAttribute("sandbox", "allow-scripts allow-popups");
  byId("report-frame").append(frame);
}

/** Shows one of the two views. */
function showView(name, takesFocus = false) {
  for (const one of ["faces", "training"]) {
    const isShown = one === name;
    byId(`view-${one}`).hidden = !isShown;
    const tab = byId(`tab-${one}`);
    tab.setAttribute("aria-selected", String(isShown));
    tab.tabIndex = isShown ? 0 : -1;
    if (isShown && takesFocus) { tab.focus(); }
  }

  if (name === "training") { stopWebcam(); watchRuns(); }
  if (!byId("tabs").hidden) { history.replaceState(null, "", name === "training" ? "#training" : location.pathname + location.search); }
}

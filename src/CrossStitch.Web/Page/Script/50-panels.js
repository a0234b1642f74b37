// A panel a face: what it is in words, and a bar for each probability.

const panels = [];

const yesNo = { glasses: "glasses", smile: "smiling" };
const poses = { "left-profile": "left profile", left: "turned left", frontal: "frontal", right: "turned right", "right-profile": "right profile" };

/** Shows a panel for each face; panels are kept and filled anew, so that focus stays where it is. */
function showPanels(faces, picture) {
  while (panels.length < faces.length) {
    panels.push(createPanel(panels.length));
    byId("faces").append(panels.at(-1).root);
  }

  while (panels.length > faces.length) { panels.pop().root.remove(); }
  faces.forEach((face, index) => fillPanel(panels[index], face, picture));
}

function createPanel(index) {
  const [title, words, thumb] = [make("h2", {}, `Face ${index + 1}`), make("p", { id: `face-${index + 1}` }), make("canvas", { width: 104, height: 104, "aria-hidden": "true" })];
  const head = make("div", { className: "face-head" }, thumb, title, words);
  const bars = make("dl", { className: "bars" });
  const root = make("li", { className: "face", tabIndex: 0, "aria-label": `Face ${index + 1}`, "aria-describedby": `face-${index + 1}` }, head, bars);
  root.addEventListener("mouseenter", () => highlight(index));
  root.addEventListener("mouseleave", () => highlight(-1));
  root.addEventListener("focus", () => highlight(index));
  root.addEventListener("blur", () => highlight(-1));
  return { root, head, words, thumb, bars, rows: new Map() };
}

function fillPanel(panel, face, picture) {
  panel.words.textContent = upperFirst(wordsOf(face).join(", "));
  panel.thumb.hidden = !picture;
  panel.head.classList.toggle("plain", !picture);
  if (picture) { drawThumb(panel.thumb, picture, face.box); }

  const wanted = ["pose", "gender", "glasses", "smile"].filter((name) => face[name]);
  for (const [name, row] of panel.rows) {
    if (name !== "face" && !wanted.includes(name)) {
      row.label.remove();
      row.value.remove();
      panel.rows.delete(name);
    }
  }

  for (const name of wanted) {
    const { value, probability, probabilities } = face[name];
    if (name === "pose") {
      const row = rowOf(panel, name, Object.keys(probabilities));
      Object.values(probabilities).forEach((share, index) => { row.fills[index].style.height = `${100 * share}%`; });
      Object.entries(probabilities).forEach(([one, share], index) => { row.fills[index].parentNode.title = `${one.replace("-", " ")}: ${percent(share)}`; });
      row.text.textContent = `${value.replace("-", " ")} ${percent(probability)}`;
    } else {
      const share = name in yesNo ? probabilities.yes : probability;
      const row = rowOf(panel, name);
      row.fills[0].style.width = `${100 * share}%`;
      row.text.textContent = name in yesNo ? percent(share) : `${value} ${percent(share)}`;
    }
  }

  const score = rowOf(panel, "face");
  score.fills[0].style.width = `${100 * face.score}%`;
  score.text.textContent = `score ${face.score.toFixed(2)}`;
}

/** A row of a panel: made once, with a column for each class or one bar. */
function rowOf(panel, name, classes) {
  if (!panel.rows.has(name)) {
    const fills = (classes ?? [name]).map(() => make("i"));
    const chart = classes
      ? make("div", { className: "bins", "aria-hidden": "true" }, ...fills.map((fill) => make("span", {}, fill)))
      : make("div", { className: "bar", "aria-hidden": "true" }, ...fills);
    const [label, text] = [make("dt", {}, upperFirst(name)), make("span", { className: "value" })];
    const value = make("dd", {}, chart, text);
    panel.bars.append(label, value);
    panel.rows.set(name, { label, value, fills, text });
  }

  return panel.rows.get(name);
}

function wordsOf(face) {
  const words = [];
  if (face.gender) { words.push(face.gender.value); }
  if (face.pose) { words.push(poses[face.pose.value] ?? face.pose.value); }
  for (const [name, word] of Object.entries(yesNo)) {
    if (face[name]?.value) { words.push(word); }
  }

  return words;
}

function drawThumb(canvas, picture, box) {
  const context = canvas.getContext("2d");
  const margin = 0.12 * box.side;
  const side = box.side + (2 * margin);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, box.left - margin, box.top - margin, side, side, 0, 0, canvas.width, canvas.height);
}

/** The line of numbers above the panels. */
function showFacts(facts) {
  byId("facts").replaceChildren(...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

// Small line charts, one a curve; a validation curve goes into the chart of the curve it belongs to.

const chart = { width: 300, height: 120, left: 44, right: 10, top: 8, bottom: 20 };

/** Charts by group, in the order in which the server names them. */
function chartsOf(run) {
  const groups = new Map();
  for (const curve of run.curves) {
    const group = curve.group.replace(/^validation /, "");
    const charts = groups.get(group) ?? groups.set(group, new Map()).get(group);
    const lines = charts.get(curve.name) ?? charts.set(curve.name, []).get(curve.name);
    lines.push({ label: curve.group === group ? "training" : "validation", values: curve.values });
  }

  const isValidation = (charts) => [...charts.values()].flat().every((line) => line.label === "validation");
  return [...groups].map(([group, charts]) => [
    make("h2", {}, upperFirst(isValidation(charts) ? `validation ${group}` : group)),
    make("div", { className: "charts" }, ...[...charts].map(([name, lines]) => chartOf(name, lines, run.epochs))),
  ]).flat();
}

function chartOf(name, lines, epochs) {
  const known = lines.flatMap((line) => line.values.filter((value) => Number.isFinite(value)));
  const caption = make("figcaption", {}, make("strong", {}, name), ...lines.map((line, index) => keyOf(line, index, lines.length)));
  if (known.length === 0) { return make("figure", { className: "chart" }, caption, make("p", { className: "note" }, "No value yet.")); }

  const [least, most] = [Math.min(...known), Math.max(...known)];
  const margin = least < most ? 0 : Math.abs(least) / 2 || 1;
  const ticks = ticksOf(least - margin, most + margin);
  const [low, high] = [Math.min(ticks[0], least), Math.max(ticks.at(-1), most)];
  const x = (epoch) => chart.left + ((chart.width - chart.left - chart.right) * (epoch - 1)) / Math.max(epochs - 1, 1);
  const y = (value) => chart.top + ((chart.height - chart.top - chart.bottom) * (high - value)) / (high - low);
  const drawing = draw("svg", { viewBox: `0 0 ${chart.width} ${chart.height}`, role: "img", "aria-label": `${name}: ${lines.map(inWords).join("; ")}` });
  for (const tick of ticks) {
    drawing.append(
      draw("line", { class: "grid", x1: chart.left, x2: chart.width - chart.right, y1: y(tick), y2: y(tick) }),
      draw("text", { x: chart.left - 6, y: y(tick) + 4, "text-anchor": "end" }, short(tick)));
  }

  drawing.append(draw("text", { x: x(1), y: chart.height - 4 }, epochs > 1 ? "1" : "epoch 1"));
  if (epochs > 1) { drawing.append(draw("text", { x: x(epochs), y: chart.height - 4, "text-anchor": "end" }, `epoch ${epochs}`)); }
  lines.forEach((line, index) => {
    const second = index > 0 ? " second" : "";
    drawing.append(draw("path", { class: `line${second}`, d: pathOf(line.values, x, y) }));
    const last = line.values.findLastIndex((value) => Number.isFinite(value));
    if (last >= 0) { drawing.append(draw("circle", { class: `end${second}`, cx: x(last + 1), cy: y(line.values[last]), r: 3 })); }
  });
  return make("figure", { className: "chart" }, caption, drawing);
}

function keyOf(line, index, count) {
  const last = line.values.findLast((value) => Number.isFinite(value));
  return make("span", { className: index > 0 ? "key second" : "key" }, ...(count > 1 ? [make("i", { "aria-hidden": "true" }), `${line.label} `] : []), last === undefined ? "–" : short(last));
}

/** A line from value to value; it breaks where one is missing. */
function pathOf(values, x, y) {
  let path = "";
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) { return; }
    const joins = index > 0 && Number.isFinite(values[index - 1]);
    path += `${joins ? "L" : "M"}${x(index + 1).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  return path;
}

/** Three to five round numbers that cover a range. */
function ticksOf(low, high) {
  const range = high - low;
  const power = 10 ** Math.floor(Math.log10(range / 3));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => range / candidate <= 4);
  const ticks = [];
  for (let tick = Math.floor(low / step); tick <= Math.ceil(high / step); tick++) { ticks.push(tick * step); }
  return ticks;
}

const short = (value) => value === 0 ? "0" : Math.abs(value) < 1e-4 || Math.abs(value) >= 1e5 ? value.toExponential(1) : String(Number(value.toPrecision(3)));

function inWords(line) {
  const known = line.values.filter((value) => Number.isFinite(value));
  return known.length === 0 ? `${line.label} without a value` : `${line.label} from ${short(known[0])} to ${short(known.at(-1))} over ${counted(line.values.length, "epoch", "epochs")}`;
}

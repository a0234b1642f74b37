// Boxes, points and numbers over the picture. The drawing's unit is a pixel of the photo; strokes keep their width.

const marks = [];
let highlighted = -1;

const landmarkNames = ["left-eye", "right-eye", "nose", "left-mouth-corner", "right-mouth-corner"];

/** Gives the frame the picture's shape. Small pictures are shown larger, to three times their size. */
function shapeFrame(width, height) {
  const frame = byId("frame");
  frame.style.setProperty("--ratio", width / height);
  frame.style.setProperty("--most", `${Math.max(3 * width, 160)}px`);
  byId("overlay").setAttribute("viewBox", `0 0 ${width} ${height}`);
}

/** Shows faces over the picture; elements are kept and moved, so that a webcam's can follow. */
function showMarks(faces, width, height) {
  while (marks.length < faces.length) { marks.push(createMark(marks.length)); }
  while (marks.length > faces.length) {
    const mark = marks.pop();
    mark.group.remove();
    mark.tag.remove();
  }

  faces.forEach((face, index) => moveMark(marks[index], face, width, height));
  sizeDots();
}

/** Dots are as wide as suits the face on the screen, from 2.5 to 6 of its pixels. */
function sizeDots() {
  const scale = byId("frame").clientWidth / byId("overlay").viewBox.baseVal.width;
  for (const mark of marks) { mark.group.style.setProperty("--dot", `${Math.min(Math.max((scale * mark.side) / 20, 2.5), 6)}px`); }
}

function createMark(index) {
  const [halo, box] = [draw("rect", { class: "halo" }), draw("rect", { class: "box" })];
  const halos = landmarkNames.map(() => draw("path", { class: "point-halo" }));
  const points = landmarkNames.map(() => draw("path", { class: "point" }));
  const group = draw("g", {}, halo, box, ...halos, ...points);
  const tag = make("span", { className: "tag" }, String(index + 1));
  group.addEventListener("mouseenter", () => highlight(index));
  group.addEventListener("mouseleave", () => highlight(-1));
  group.addEventListener("click", () => {
    panels[index].root.focus({ preventScroll: true });
    panels[index].root.scrollIntoView({ block: "nearest" });
  });
  byId("overlay").append(group);
  byId("tags").append(tag);
  return { group, tag, rects: [halo, box], halos, points };
}

function moveMark(mark, face, width, height) {
  const { left, top, side } = face.box;
  mark.side = side;
  for (const rect of mark.rects) {
    for (const [name, value] of Object.entries({ x: left, y: top, width: side, height: side, rx: side / 50 })) { rect.setAttribute(name, value); }
  }

  landmarkNames.forEach((name, index) => {
    // A line of no length with round ends is a dot of the stroke's width, whatever the scale.
    const path = `M${face.landmarks[name].join(" ")}h0`;
    mark.halos[index].setAttribute("d", path);
    mark.points[index].setAttribute("d", path);
  });
  mark.tag.style.left = `${100 * Math.min(Math.max(left / width, 0), 0.94)}%`;
  mark.tag.style.top = `${100 * Math.max(top / height, 0)}%`;
  mark.tag.classList.toggle("inside", top < 0.08 * height);
}

/** Makes a face stand out, on the picture and in its panel; −1 for none. */
function highlight(index) {
  for (const [at, isOn] of [[highlighted, false], [index, true]]) {
    marks[at]?.group.classList.toggle("active", isOn);
    marks[at]?.tag.classList.toggle("active", isOn);
    panels[at]?.root.classList.toggle("active", isOn);
  }

  highlighted = index;
}

// What the page says: a quiet line for how it goes, a box for what went wrong.

/** Says how it goes. */
function say(text, isStrong = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("strong", isStrong);
}

function clearAlert() {
  byId("alert").hidden = true;
  byId("alert").replaceChildren();
}

/** Says what went wrong and, where something can be done, offers it. */
function alertOf(problem, label, action) {
  const box = byId("alert");
  say("");
  box.replaceChildren(make("p", { className: "title" }, `${problem.title}.`));
  if (problem.detail) { box.append(make("p", {}, problem.detail)); }
  if (action) {
    box.append(make("button", { type: "button", className: "retry", onclick: () => { clearAlert(); byId("choose").focus({ preventScroll: true }); action(); } }, label));
  }

  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

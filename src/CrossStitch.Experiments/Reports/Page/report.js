document.querySelectorAll("table.sortable").forEach(function (table) {
  table.querySelectorAll("thead th").forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    button.addEventListener("click", function () {
      var up = head.getAttribute("aria-sort") !== "ascending";
      table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      var body = table.tBodies[0];
      Array.from(body.rows).map(function (row) {
        var cell = row.cells[column];
        var key = cell.dataset.key || cell.textContent;
        var number = parseFloat(key);
        return { row: row, key: isNaN(number) ? key : number };
      }).sort(function (one, other) {
        var order = typeof one.key === typeof other.key ? (one.key === other.key ? 0 : one.key > other.key ? 1 : -1) : (typeof one.key === "number" ? -1 : 1);
        return up ? order : -order;
      }).forEach(function (entry) { body.appendChild(entry.row); });
    });
  });
});

// What scrolls sideways is reached by keyboard too.
document.querySelectorAll(".scroll, .panel").forEach(function (box) {
  if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; }
});

/* The drawing of the body sets the boxes of the list, which does the same without this script. */
(function () {
  "use strict";
  var map = document.querySelector("[data-body-map]");
  if (!map) return;
  var list = document.querySelector("[data-body-list]");
  var told = map.querySelector("[data-said]");
  var order = ["", "pain", "spread"];

  function box(mark, region) { return document.querySelector('[name="' + mark + '"][value="' + region + '"]'); }
  function markOf(region) {
    if (box("pain", region).checked) return "pain";
    return box("spread", region).checked ? "spread" : "";
  }
  function draw(shape) {
    var region = shape.getAttribute("data-region"), mark = markOf(region);
    var words = shape.getAttribute("data-name") + (mark ? ": " + map.getAttribute("data-" + mark) : "");
    shape.setAttribute("class", "region " + mark);
    shape.setAttribute("aria-label", words);
    shape.querySelector("title").textContent = words;
    return words;
  }
  function turn(shape) {
    var region = shape.getAttribute("data-region");
    var next = order[(order.indexOf(markOf(region)) + 1) % order.length];
    box("pain", region).checked = next === "pain";
    box("spread", region).checked = next === "spread";
    told.textContent = draw(shape);
  }
  map.querySelectorAll("[data-region]").forEach(function (shape) {
    draw(shape);
    shape.addEventListener("click", function () { turn(shape); });
    shape.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      turn(shape);
    });
  });
  if (list) list.addEventListener("change", function () { map.querySelectorAll("[data-region]").forEach(draw); });
  map.hidden = false;
  if (list) list.open = false;
})();

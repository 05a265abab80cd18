/* While a name is typed for a new registration: people alike, found by the server and explained. Names travel in the
   body of a request, and nothing stays in the browser. Without this script the search before registering does it. */
(function () {
  "use strict";
  var place = document.querySelector("[data-alike]");
  var form = place && place.closest("form");
  if (!form) return;
  var names = ["first", "last", "birth_year"];
  var waiting = 0;
  var asked = typed();
  var running = null;

  function value(name) { return form.elements[name] ? form.elements[name].value.trim() : ""; }
  function typed() { return names.map(value).join("\n"); }

  function ask() {
    waiting = 0;
    if (typed() === asked) return;
    asked = typed();
    if (value("first").length < 2 || value("last").length < 2) { place.replaceChildren(); return; }
    if (running) running.abort();
    running = new AbortController();
    var data = new FormData();
    names.concat("csrfmiddlewaretoken").forEach(function (name) { data.append(name, value(name)); });
    fetch(place.getAttribute("data-alike"), { method: "POST", body: data, credentials: "same-origin", cache: "no-store", signal: running.signal })
      .then(function (answer) { return answer.ok && answer.status !== 204 ? answer.text() : ""; })
      .then(function (text) { place.innerHTML = text; })
      .catch(function () { /* without signal the search before registering has been done already */ });
  }

  form.addEventListener("input", function (event) {
    if (names.indexOf(event.target.name) < 0) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 1500);
  });
})();

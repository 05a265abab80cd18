"use strict";
// Whether this telephone accepts the certificate: a picture comes over https, or it does not. Nothing else is asked or
// kept. Written for browsers of ten years ago.
(function () {
  var state = document.getElementById("state");
  var step = state.parentNode;
  var asking = false;
  var known = "";

  function show(found) {
    asking = false;
    known = found;
    step.className = found === "done" ? "" : "later";
    Array.prototype.forEach.call(state.children, function (one) {
      one.hidden = one.getAttribute("data-when") !== found;
    });
  }

  function ask() {
    if (asking || document.hidden) return;
    asking = true;
    var picture = new Image();
    var late = setTimeout(function () { picture.onload = picture.onerror = null; show("not-yet"); }, 8000);
    picture.onload = function () { clearTimeout(late); show("done"); };
    picture.onerror = function () { clearTimeout(late); show("not-yet"); };
    picture.src = state.getAttribute("data-probe") + "?" + Date.now(); // never out of what the browser kept
  }

  document.addEventListener("visibilitychange", ask);
  window.addEventListener("pageshow", ask);
  setInterval(function () { if (known !== "done") ask(); }, 10000);
})();

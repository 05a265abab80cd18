/* Small help for pages that work without it: hide quickly, lock when left alone, send on change, put the focus right. */
(function () {
  "use strict";
  var body = document.body;
  var hideUrl = body.getAttribute("data-hide");

  function hide() {
    document.documentElement.classList.add("gone");
    document.title = "\u2013";
    window.location.replace(hideUrl);
  }
  var lastEscape = 0;
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.menu[open]");
    if (open) { open.removeAttribute("open"); open.querySelector("summary").focus(); }
    var now = Date.now();
    if (hideUrl && now - lastEscape < 700) hide();
    lastEscape = now;
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-hide-link]");
    if (link && hideUrl) { event.preventDefault(); hide(); return; }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });
  /* A page kept by the browser's back button may belong to somebody who has left. */
  window.addEventListener("pageshow", function (event) { if (event.persisted) window.location.reload(); });

  /* Lock when nobody touches the screen; the last minute is counted aloud and can be stopped. */
  var seconds = parseInt(body.getAttribute("data-idle") || "0", 10);
  var lockForm = document.getElementById("lock-form");
  var warning = document.getElementById("idle-warning");
  var dirty = null;
  if (seconds > 0 && lockForm && warning) {
    var touched = Date.now();
    var number = warning.querySelector("[data-seconds]");
    var stay = function () { touched = Date.now(); warning.hidden = true; };
    ["pointerdown", "keydown", "scroll", "touchstart"].forEach(function (kind) {
      document.addEventListener(kind, stay, { passive: true });
    });
    var counting = window.setInterval(function () {
      var left = seconds - Math.floor((Date.now() - touched) / 1000);
      if (left <= 0) { window.clearInterval(counting); dirty = null; document.documentElement.classList.add("gone"); lockForm.submit(); return; }
      if (left <= 60) { warning.hidden = false; number.textContent = String(left); }
    }, 1000);
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) window.print();
  });
  /* A sheet under a number says once that it was printed, however the print was asked for. */
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details[data-paper]").forEach(function (rest) { rest.open = true; });
    document.querySelectorAll("form[data-printed]:not([data-sent])").forEach(function (form) {
      form.setAttribute("data-sent", "");
      fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: true })
        .catch(function () { form.removeAttribute("data-sent"); });
    });
  });
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-autosubmit")) form.requestSubmit ? form.requestSubmit() : form.submit();
  });
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    var long = lockForm && event.target.tagName === "TEXTAREA" && form && !form.hasAttribute("data-autosave");
    if (form && (long || form.hasAttribute("data-dirty"))) dirty = form;
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    /* Another form of the page, or another language, would lose what is typed in this one. Locking never waits. */
    if (form === dirty || form.closest(".account")) dirty = null;
    if (!form.hasAttribute("data-once")) return;
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
  });
  window.addEventListener("beforeunload", function (event) {
    if (!dirty || document.documentElement.classList.contains("gone")) return;
    event.preventDefault();
    event.returnValue = "";
    /* Whoever stays may send again. */
    window.setTimeout(function () {
      document.querySelectorAll("form[data-once][data-sent]").forEach(function (form) { form.removeAttribute("data-sent"); });
    }, 0);
  });

  /* What is being typed is kept on the server as a draft: a power cut loses seconds. Nothing stays in the browser. */
  document.querySelectorAll("form[data-autosave]").forEach(function (form) {
    var waiting = 0;
    var said = form.querySelector("[data-kept]");
    function keep() {
      window.clearTimeout(waiting);
      waiting = 0;
      fetch(form.getAttribute("data-autosave"), { method: "POST", body: new FormData(form), credentials: "same-origin" })
        .then(function (answer) { if (said) said.hidden = !answer.ok; })
        .catch(function () { if (said) said.hidden = true; });
    }
    form.addEventListener("input", function (event) {
      if (event.target.tagName !== "TEXTAREA" && !form.hasAttribute("data-autosave-all")) return;
      if (said) said.hidden = true;
      if (!waiting) waiting = window.setTimeout(keep, 2000);
    });
    form.addEventListener("submit", function () { window.clearTimeout(waiting); });
  });

  /* A long list of choices: show those in which every typed word stands, and whatever is chosen. It is never sent. */
  document.querySelectorAll("[data-narrow]").forEach(function (list) {
    var box = list.querySelector("[data-narrower]"), typed = box.querySelector("input");
    box.hidden = false;
    typed.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
    typed.addEventListener("input", function () {
      var words = typed.value.toLowerCase().split(/\s+/);
      list.querySelectorAll("label.choice").forEach(function (one) {
        var said = one.textContent.toLowerCase();
        one.hidden = !one.querySelector(":checked") && words.some(function (word) { return said.indexOf(word) < 0; });
      });
    });
  });

  var first = document.querySelector("[data-fault]") || document.querySelector("[data-focus]");
  if (first) first.focus();

  /* A sign to whoever is in the room: short and soft, and nothing where the browser allows none. */
  if (document.querySelector("[data-signal]")) {
    try { if (navigator.vibrate) navigator.vibrate([200, 150, 200]); } catch (e) { /* not allowed */ }
    try {
      var sounds = new (window.AudioContext || window.webkitAudioContext)();
      var tone = sounds.createOscillator(), soft = sounds.createGain();
      tone.frequency.value = 440; soft.gain.value = 0.05;
      tone.connect(soft); soft.connect(sounds.destination);
      tone.start(); tone.stop(sounds.currentTime + 0.4);
    } catch (e) { /* not allowed */ }
  }

  /* htmx: say in words that something did not arrive; what was typed stays where it is. */
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (kind) {
    document.addEventListener(kind, function () {
      var said = document.getElementById("not-arrived");
      if (said) said.hidden = false;
    });
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    var target = event.target.querySelector && event.target.querySelector("[data-focus]");
    if (target) target.focus();
  });
})();

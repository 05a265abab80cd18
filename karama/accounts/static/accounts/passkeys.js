/* Shows the passkey part of a page only where the browser can do it; without this script the password way stands alone. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential) { return; }
  document.querySelectorAll("[data-passkeys]").forEach(function (part) { part.hidden = false; });
})();

// A thumb that knows its way: each step waits until what it wants to touch is there. [what, selector, text or value].
async (steps) => {
  const moment = () => new Promise((go) => setTimeout(go, 2));
  const plain = (one) => one.textContent.replace(/[\u2066-\u2069]/g, "");
  const shown = (one) => one.checkVisibility() && !one.disabled;
  for (const [what, selector, told] of steps) {
    const find = () => [...document.querySelectorAll(selector)].find((one) => shown(one) && (what !== "tap" || !told || plain(one).includes(told)));
    const end = performance.now() + 60_000;
    let found = find();
    while (what === "gone" ? found : !found) {
      if (performance.now() > end) throw new Error(`${what} ${selector} ${told ?? ""}: ${document.querySelector("main")?.innerText}`);
      await moment();
      found = find();
    }
    if (what === "tap") {
      found.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      found.click();
    }
    if (what === "fill") {
      found.value = told;
      found.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await moment();
  }
};

// The same short work again and again, by the taps of a thumb that knows it by heart. Starts and ends on Today.
async ({ many, begin, name }) => {
  const PATIENCE = 6000; // turns of some milliseconds: a script that waits for ever hangs its story without a word
  const moment = () => new Promise((go) => setTimeout(go));
  const until = async (find) => {
    for (let turn = 0; turn < PATIENCE; turn += 1) {
      const found = find();
      if (found) return found;
      await moment();
    }
    throw new Error(`Nothing of this: ${find} on: ${document.querySelector("main")?.innerText}`);
  };
  const one = (selector) => document.querySelector(`main ${selector}`);
  const type = async (box, text) => {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    await moment();
  };
  const choose = async (value) => {
    one(`.answer[data-value='${value}']`).click();
    await until(() => one(`.answer[data-value='${value}'][aria-pressed='true']`));
  };
  for (let at = 1; at <= many; at += 1) {
    const start = await until(() => [...document.querySelectorAll("main .start")].find((each) => each.textContent === begin));
    start.click();
    await until(() => one(".answer[data-value='recreation']"));
    await choose("recreation");
    await type(one(".field > input[type='text']"), `${name} ${at}`);
    await type(one("input.short"), String(at));
    await choose("people");
    (await until(() => one(".actions > .button.primary:not([disabled])"))).click();
    await until(() => !one("input.short"));
    (await until(() => one(".actions > .button.primary:not([disabled])"))).click();
  }
  await until(() => one(".start"));
};

/** The parts of a code as it is shown: what was drawn, and the letter that checks it. */
export function letters(code: string): { readonly body: string; readonly check: string } {
  return { body: code.slice(0, -1), check: code.slice(-1) };
}

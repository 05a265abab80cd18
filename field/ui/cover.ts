/** The list of recent apps shows what stood on the screen last: as soon as the page is hidden, an empty one stands there. */

export const COVERED = "covered";

/** Returns how to stop. */
export function coverWhenHidden(page: Document = document): () => void {
  const look = (): void => void page.documentElement.classList.toggle(COVERED, page.visibilityState === "hidden");
  page.addEventListener("visibilitychange", look);
  look();
  return () => page.removeEventListener("visibilitychange", look);
}

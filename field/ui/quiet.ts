/** A locked screen has a button of its own for what plays: nothing plays while the page is hidden. Returns how to stop. */
export function quietWhenHidden(sound: HTMLMediaElement): () => void {
  const quiet = (): void => sound.pause();
  sound.addEventListener("play", () => { if (document.hidden) quiet(); });
  document.addEventListener("visibilitychange", quiet);
  return () => document.removeEventListener("visibilitychange", quiet);
}

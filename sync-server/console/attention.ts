/** So long after it was last touched a page still counts as one that somebody is at; pages ask by themselves more often than that. */
const ATTENDED_FOR_MS = 60_000;
/** What only people do; pages scroll by themselves too. */
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

let touchedAt = Date.now();

/** Notes from now on when somebody does something on the page. */
export function watchForPeople(page: EventTarget): void {
  const touched = () => {
    touchedAt = Date.now();
  };
  touched();
  for (const touch of TOUCHES) page.addEventListener(touch, touched, { capture: true, passive: true });
}

/** Headers by which the server knows that a page asks by itself with nobody at it: that does not keep a session open. */
export function attentionHeaders(): Readonly<Record<string, string>> {
  return Date.now() - touchedAt < ATTENDED_FOR_MS ? {} : { "onetill-unattended": "1" };
}

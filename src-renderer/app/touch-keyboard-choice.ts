import { create } from "zustand";
import { Quiet } from "./quiet.ts";
import { MAX_GAP_MS } from "./wedge.ts";

/** When the till shows keys of its own for text fields: after a touch where nobody typed on real keys yet, always, or never. */
export type KeyboardChoice = "auto" | "on" | "off";
export const KEYBOARD_CHOICES: readonly KeyboardChoice[] = ["auto", "on", "off"];

const KEPT_UNDER = "onetill.touchKeyboard";
/** A scanner would have gone on by now, milliseconds. */
const ALONE_MS = MAX_GAP_MS + 10;

interface Hands {
  readonly choice: KeyboardChoice;
  /** A hand typed on real keys since the till was opened. */
  readonly hasKeyboard: boolean;
  /** The last press was by finger. */
  readonly byTouch: boolean;
}

export const useHands = create<Hands>(() => ({ choice: keptChoice(), hasKeyboard: false, byTouch: false }));

export function chooseKeyboard(choice: KeyboardChoice): void {
  localStorage.setItem(KEPT_UNDER, choice);
  useHands.setState({ choice });
}

/** Whether a field that gets the focus now is typed into by touch. */
export function wantsTouchKeyboard({ choice, hasKeyboard, byTouch }: Hands = useHands.getState()): boolean {
  return choice === "on" || (choice === "auto" && byTouch && !hasKeyboard);
}

function keptChoice(): KeyboardChoice {
  if (typeof localStorage === "undefined") return "auto";
  const kept = localStorage.getItem(KEPT_UNDER);
  return KEYBOARD_CHOICES.find((choice) => choice === kept) ?? "auto";
}

/**
 * Notices how people use this till; called once. A stroke with none right before and none right after it was a hand's: a scanner is a keyboard
 * as well, but never strikes one key alone.
 */
export function watchHands(target: EventTarget = window): void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const alone = new Quiet({
    afterMs: ALONE_MS,
    act: () => useHands.setState({ hasKeyboard: true }),
    now: () => performance.now(),
  });
  target.addEventListener(
    "keydown",
    (event) => {
      if (!event.isTrusted) return;
      const isFirst = event.timeStamp - lastMs > MAX_GAP_MS;
      lastMs = event.timeStamp;
      if (isFirst) alone.heard();
      else alone.stop();
    },
    { capture: true },
  );
  target.addEventListener(
    "pointerdown",
    (event) => {
      if (event instanceof PointerEvent) useHands.setState({ byTouch: event.pointerType === "touch" });
    },
    { capture: true },
  );
}

import { type KeyboardEvent, type MouseEvent, useRef } from "react";

interface Pressed {
  readonly button: Element;
  readonly words: string;
}

/**
 * For whatever holds the buttons of payment: the second tap of a double tap, and Enter that is held down, were meant for the button that was pressed first.
 * Where another is in its place by then, or it says something else, nothing is pressed: nobody takes the rest, or completes the sale, by a hand that was quick.
 */
export function useSameButton() {
  const first = useRef<Pressed | null>(null);
  return {
    onClickCapture(event: MouseEvent): void {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      const now =
        button === null ? null : { button, words: button.getAttribute("aria-label") ?? button.textContent };
      if (event.detail > 1 && now !== null && !isSame(first.current, now)) {
        event.preventDefault();
        event.stopPropagation();
      } else first.current = now;
    },
    onKeyDownCapture(event: KeyboardEvent): void {
      if (event.key === "Enter" && event.repeat) event.preventDefault();
    },
  };
}

function isSame(one: Pressed | null, other: Pressed): boolean {
  return one !== null && one.button === other.button && one.words === other.words;
}

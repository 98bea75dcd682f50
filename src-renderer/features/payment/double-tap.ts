import { type KeyboardEvent, type MouseEvent, useRef } from "react";

/**
 * For whatever holds the buttons of payment: the second tap of a double tap, and Enter that is held down, were meant for what stood there at the first. Where
 * money was taken, given back or undone since, or other buttons came, nothing is pressed, be it by the same words: nobody takes the other half, or completes the
 * sale, by a hand that was quick. `stands`: tells apart what was taken and given back so far, and which buttons there are. While that stays, keys of an amount
 * are typed as quickly as one can.
 */
export function useDoubleTap(stands: string) {
  /** What stood at the first of the taps that belong together; null: that one was elsewhere. */
  const first = useRef<string | null>(null);
  return {
    onClickCapture(event: MouseEvent): void {
      if (event.detail <= 1) first.current = stands;
      else if (first.current !== stands) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    onKeyDownCapture(event: KeyboardEvent): void {
      if (event.key === "Enter" && event.repeat) event.preventDefault();
    },
  };
}

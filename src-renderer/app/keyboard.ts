import { useLayoutEffect, useRef } from "react";
import { setField, type TextField, textField, typeInto } from "./field-text.ts";
import { isCaptured } from "./key-capture.ts";
import { KeyRouter, type Level } from "./key-router.ts";
import { commandOf } from "./keys.ts";
import { Quiet } from "./quiet.ts";
import { MAX_GAP_MS } from "./wedge.ts";

/** Held-back characters are typing once a scanner would have gone on by now, milliseconds. */
const SETTLE_MS = MAX_GAP_MS + 10;

const router = new KeyRouter(putIntoFocused);

/** The field that has the focus gets what was kept from it, where its cursor is. */
function putIntoFocused(text: string): void {
  const field = textField(document.activeElement);
  // A field without a cursor, as for a day, takes no text.
  if (field !== null && field.selectionStart !== null) typeInto(field, text);
}

/** Listens to every key of the page before anything else does; called once. */
export function listenToKeyboard(): void {
  let typedInto: { readonly field: TextField; readonly before: string } | null = null;
  const quiet = new Quiet({
    afterMs: SETTLE_MS,
    act: () => router.settle(),
    now: () => performance.now(),
  });
  const onKey = (event: KeyboardEvent): void => {
    if (isCaptured(event)) return;
    if (commandOf(event) !== undefined) {
      router.settle();
      return;
    }
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    if ((chord && !event.getModifierState("AltGraph")) || event.isComposing) return;
    const field = textField(event.target);
    const verdict = router.press({ key: event.key, atMs: event.timeStamp, inField: field !== null });
    if (verdict === "fieldBurst") typedInto = field === null ? null : { field, before: field.value };
    if (verdict === "pass" || verdict === "fieldBurst") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (verdict === "hold") {
      if (field === null) typedInto = null;
      quiet.heard();
      return;
    }
    quiet.stop();
    if (typedInto !== null) setField(typedInto.field, typedInto.before);
    typedInto = null;
  };
  window.addEventListener("keydown", onKey, { capture: true });
  window.addEventListener("pointerdown", () => router.touch(), { capture: true });
  // A press never takes the focus: nothing at the till depends on it, and a later Enter must not press the same button again.
  window.addEventListener("mousedown", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    if (pressed !== null) event.preventDefault();
  });
}

/** While mounted, a scan anywhere means this, whatever has the focus. */
export function useScans(level: Level, onScan: (code: string) => void): void {
  const latest = useRef(onScan);
  latest.current = onScan;
  useLayoutEffect(() => router.onScan(level, (code) => latest.current(code)), [level]);
}

/** While mounted, characters typed outside of fields mean this. */
export function useTyped(level: Level, onTyped: (text: string) => void): void {
  const latest = useRef(onTyped);
  latest.current = onTyped;
  useLayoutEffect(() => router.onTyped(level, (text) => latest.current(text)), [level]);
}

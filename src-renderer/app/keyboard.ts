import { useLayoutEffect, useRef } from "react";
import { GROUP_SEPARATOR } from "#domain/scan/application-identifiers.ts";
import type { WedgeSetup } from "#protocol/till/counter.ts";
import { setField, type TextField, textField, typeInto } from "./field-text.ts";
import { isCaptured } from "./key-capture.ts";
import { KeyRouter, type Level } from "./key-router.ts";
import { commandOf } from "./keys.ts";
import { Quiet } from "./quiet.ts";
import { USUAL_WEDGE } from "./wedge.ts";

/** Held-back characters are typing once a scanner would have gone on for so much longer, milliseconds. */
const GRACE_MS = 10;

const router = new KeyRouter(putIntoFocused, takeOutOfField);
let rules = USUAL_WEDGE;
let quiet = quietFor(rules);
let typedInto: { readonly field: TextField; readonly before: string } | null = null;

function quietFor({ gapMs }: WedgeSetup): Quiet {
  return new Quiet({
    afterMs: gapMs + GRACE_MS,
    act: () => router.settle(),
    now: () => performance.now(),
  });
}

/** How keyboard scanners are set up at this till; null: as most are delivered. */
export function followWedge(setup: WedgeSetup | null): void {
  rules = setup ?? USUAL_WEDGE;
  router.follow(rules);
  quiet.stop();
  quiet = quietFor(rules);
}

/** A code that came another way than by keys. */
export function deliverScan(code: string): void {
  router.deliver(code);
}

function takeOutOfField(): void {
  if (typedInto !== null) setField(typedInto.field, typedInto.before);
  typedInto = null;
}

/** The field that has the focus gets what was kept from it, where its cursor is. */
function putIntoFocused(text: string): void {
  const field = textField(document.activeElement);
  // A field without a cursor, as for a day, takes no text.
  if (field !== null && field.selectionStart !== null) typeInto(field, text);
}

/** Listens to every key of the page before anything else does; called once. */
export function listenToKeyboard(): void {
  const onKey = (event: KeyboardEvent): void => {
    if (isCaptured(event)) return;
    const isFraming = event.key.length > 1 && [rules.prefix, rules.separator].includes(event.key);
    if (commandOf(event) !== undefined && !isFraming) {
      router.settle();
      return;
    }
    const chord = event.ctrlKey || event.altKey || event.metaKey;
    const isSeparator = event.ctrlKey && event.key === "]";
    if ((chord && !isSeparator && !event.getModifierState("AltGraph")) || event.isComposing) return;
    const field = textField(event.target);
    const key = isSeparator ? GROUP_SEPARATOR : event.key;
    const verdict = router.press({ key, atMs: event.timeStamp, inField: field !== null });
    if (rules.terminator === "none" && field !== null) quiet.heard();
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
    takeOutOfField();
  };
  window.addEventListener("keydown", onKey, { capture: true });
  window.addEventListener("pointerdown", () => router.touch(), { capture: true });
  // A press never takes the focus: nothing at the till depends on it, and a later Enter must not press the same button again.
  window.addEventListener("mousedown", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    if (pressed !== null) event.preventDefault();
  });
}

/** How evenly the last code came in by keys: the longest time between two of its characters, milliseconds. */
export function lastGapMs(): number {
  return router.longestGapMs;
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

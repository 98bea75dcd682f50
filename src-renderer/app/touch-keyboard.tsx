import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { speaking, t, typedNumberText } from "../i18n/translate.ts";
import { OnScreenKeyboard, type Typing } from "../ui/on-screen-keyboard.tsx";
import { deleteFrom, pressEnter, type TextField, typeInto, writableField } from "./field-text.ts";
import { useHands, wantsTouchKeyboard } from "./touch-keyboard-choice.ts";

interface TypedInto {
  readonly field: TextField;
  readonly typing: Typing;
  /** What lies over all else and has the field in it, or the page. */
  readonly host: Element;
}

/** The till's own keys, shown while a field is typed into by touch. What lies above them shrinks, so that they cover no field. */
export function TouchKeyboard() {
  const [into, setInto] = useState<TypedInto | null>(null);
  useFieldInFocus(setInto);
  useEffect(() => {
    if (into === null) return;
    // A field that is gone tells nobody that it lost the focus.
    const watch = new MutationObserver(() => {
      if (!into.field.isConnected) setInto(null);
    });
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [into]);
  if (into === null) return null;
  return createPortal(<Shown key={into.typing} into={into} onHide={() => setInto(null)} />, into.host);
}

function useFieldInFocus(show: (into: TypedInto | null) => void): void {
  useEffect(() => {
    const begin = (target: EventTarget | null): void => {
      const field = writableField(target);
      if (field === null || !wantsTouchKeyboard()) return;
      const typing = typingOf(field);
      // The system's own keys stay away from a field that has ours.
      if (field.inputMode !== "none") field.dataset.typing = typing;
      field.inputMode = "none";
      show({ field, typing, host: field.closest("dialog[open]") ?? document.body });
    };
    const onFocus = (event: FocusEvent): void => begin(event.target);
    const onBlur = (event: FocusEvent): void => {
      if (writableField(event.relatedTarget) === null) show(null);
    };
    // A press on a field that has the focus already brings back keys that were put away.
    const onClick = (event: MouseEvent): void => {
      if (event.target === document.activeElement) begin(event.target);
    };
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", onBlur);
    document.addEventListener("click", onClick);
    // Real keys that are found while ours are shown make room for what is behind ours.
    const unsubscribe = useHands.subscribe((now, before) => {
      if (now.hasKeyboard && !before.hasKeyboard && !wantsTouchKeyboard(now)) show(null);
    });
    return () => {
      unsubscribe();
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", onBlur);
      document.removeEventListener("click", onClick);
    };
  }, [show]);
}

const TYPING_OF: Readonly<Record<string, Typing>> = {
  numeric: "digits",
  decimal: "decimal",
  tel: "phone",
  email: "address",
  url: "address",
  number: "decimal",
  digits: "digits",
  phone: "phone",
  address: "address",
};

function typingOf(field: TextField): Typing {
  const hints = [field.dataset.typing ?? "", field.inputMode, field.type];
  return hints.map((hint) => TYPING_OF[hint]).find((typing) => typing !== undefined) ?? "text";
}

function Shown({ into, onHide }: { readonly into: TypedInto; readonly onHide: () => void }) {
  const { field, typing } = into;
  const shown = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const keys = shown.current;
    if (keys === null) return;
    keys.showPopover();
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => {
      root.setProperty("--keyboard-height", `${keys.offsetHeight}px`);
      field.scrollIntoView({ block: "nearest" });
    });
    observer.observe(keys);
    return () => {
      observer.disconnect();
      root.removeProperty("--keyboard-height");
    };
  }, [field]);
  const atField = (act: (field: TextField) => void) => (): void => {
    if (field.isConnected) act(field);
  };
  return (
    <div
      ref={shown}
      popover="manual"
      data-testid="touch-keyboard"
      className="inset-x-0 top-auto bottom-0 m-0 w-full max-w-none border-0 bg-transparent p-0 shadow-sheet"
    >
      <OnScreenKeyboard
        language={speaking()}
        typing={typing}
        decimalSign={typedNumberText(".")}
        words={{
          title: t("touch.title"),
          delete: t("touch.delete"),
          enter: t("touch.enter"),
          hide: t("touch.hide"),
          shift: t("touch.shift"),
          symbols: t("touch.symbols"),
          letters: t("touch.letters"),
          space: t("touch.space"),
          otherLetters: t("touch.otherLetters"),
        }}
        onText={(text) => atField((at) => typeInto(at, text))()}
        onDelete={atField(deleteFrom)}
        onEnter={atField(pressEnter)}
        onHide={onHide}
      />
    </div>
  );
}

import { ArrowBigUp, CornerDownLeft, Delete, KeyboardOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ADDRESS_SIGNS, DIGITS, type KeyLayout, layoutsOf, SYMBOL_ROWS, shifted } from "./key-layouts.ts";

/** What is typed decides the keys: words, an address of mail or server, a whole number, one with decimals, a phone number. */
export type Typing = "text" | "address" | "digits" | "decimal" | "phone";

export interface KeyboardWords {
  readonly title: string;
  readonly delete: string;
  readonly enter: string;
  readonly hide: string;
  readonly shift: string;
  readonly symbols: string;
  readonly letters: string;
  readonly space: string;
  readonly otherLetters: string;
}

export interface OnScreenKeyboardProps {
  readonly language: string;
  readonly typing: Typing;
  /** The decimal sign of the language. */
  readonly decimalSign: string;
  readonly words: KeyboardWords;
  readonly onText: (text: string) => void;
  readonly onDelete: () => void;
  readonly onEnter: () => void;
  readonly onHide: () => void;
}

/**
 * Keys by touch, at least 48 px each. It takes no focus, so the field keeps its cursor and is the only one that tells what was typed; its keys
 * are in nobody's way who goes from field to field.
 */
export function OnScreenKeyboard(props: OnScreenKeyboardProps) {
  const { typing, words } = props;
  const [byLetters, setByLetters] = useState(false);
  const isPad = typing === "digits" || typing === "decimal" || (typing === "phone" && !byLetters);
  return (
    <fieldset
      aria-label={words.title}
      dir="ltr"
      onMouseDown={(event) => event.preventDefault()}
      className="m-0 min-w-0 select-none border-0 bg-sunken p-1.5 text-ink"
    >
      {isPad ? <Pad {...props} onLetters={() => setByLetters(true)} /> : <Letters {...props} />}
    </fieldset>
  );
}

function Pad({
  typing,
  decimalSign,
  words,
  onText,
  onDelete,
  onEnter,
  onHide,
  onLetters,
}: OnScreenKeyboardProps & { readonly onLetters: () => void }) {
  const extra = typing === "decimal" ? decimalSign : typing === "phone" ? "+" : null;
  const digit = (text: string) => <Key key={text} words={text} onPress={() => onText(text)} />;
  return (
    <div className="mx-auto grid max-w-md grid-cols-4 gap-1">
      {["1", "2", "3"].map(digit)}
      <Key label={words.delete} words={<Delete aria-hidden />} onPress={onDelete} isQuiet />
      {["4", "5", "6"].map(digit)}
      <Key label={words.hide} words={<KeyboardOff aria-hidden />} onPress={onHide} isQuiet />
      {["7", "8", "9"].map(digit)}
      {typing === "phone" ? <Key label={words.letters} words="ABC" onPress={onLetters} isQuiet /> : <span />}
      {extra === null ? <span /> : digit(extra)}
      {digit("0")}
      {typing === "phone" ? digit("-") : <span />}
      <Key label={words.enter} words={<CornerDownLeft aria-hidden />} onPress={onEnter} isMain />
    </div>
  );
}

function Letters({ language, typing, words, onText, onDelete, onEnter, onHide }: OnScreenKeyboardProps) {
  const layouts = layoutsOf(language);
  const isAddress = typing === "address";
  // Addresses are written in Latin letters everywhere.
  const [place, setPlace] = useState(isAddress ? layouts.length - 1 : 0);
  const [isShifted, setShifted] = useState(false);
  const [hasSymbols, setSymbols] = useState(false);
  const layout: KeyLayout = layouts[place] ?? layouts[0];
  const other = layouts[(place + 1) % layouts.length];
  const rows = hasSymbols ? SYMBOL_ROWS : layout.rows;
  const type = (letter: string): void => {
    onText(letter);
    setShifted(false);
  };
  const written = (letter: string): string =>
    isShifted && !hasSymbols ? shifted(letter, layout.language) : letter;
  const row = (letters: string) =>
    [...letters].map((letter) => (
      <Key key={letter} words={written(letter)} onPress={() => type(written(letter))} />
    ));
  const canShift = layout.hasCases && !hasSymbols;
  return (
    <div lang={layout.language} className="mx-auto flex max-w-6xl flex-col gap-1">
      {hasSymbols ? null : <div className="flex gap-1 [@media(max-height:640px)]:hidden">{row(DIGITS)}</div>}
      <div className="flex gap-1">{row(rows[0])}</div>
      <div className="flex gap-1">{row(rows[1])}</div>
      <div className="flex gap-1">
        {canShift ? (
          <Key
            label={words.shift}
            isPressed={isShifted}
            words={<ArrowBigUp aria-hidden />}
            onPress={() => setShifted(!isShifted)}
            isQuiet
          />
        ) : null}
        {row(rows[2])}
      </div>
      <div className="flex gap-1">
        <Key
          label={hasSymbols ? words.letters : words.symbols}
          words={hasSymbols ? "ABC" : "?123"}
          onPress={() => setSymbols(!hasSymbols)}
          isQuiet
        />
        {layouts.length > 1 && other !== undefined ? (
          <Key
            label={words.otherLetters}
            words={other.name}
            onPress={() => setPlace((place + 1) % layouts.length)}
            isQuiet
          />
        ) : null}
        {isAddress ? row(ADDRESS_SIGNS) : null}
        <Key label={words.space} words="␣" onPress={() => type(" ")} isWide />
        <Key label={words.delete} words={<Delete aria-hidden />} onPress={onDelete} isQuiet />
        <Key label={words.hide} words={<KeyboardOff aria-hidden />} onPress={onHide} isQuiet />
        <Key label={words.enter} words={<CornerDownLeft aria-hidden />} onPress={onEnter} isMain />
      </div>
    </div>
  );
}

function Key({
  words,
  label,
  onPress,
  isPressed,
  isQuiet = false,
  isMain = false,
  isWide = false,
}: {
  readonly words: ReactNode;
  /** Where the words say too little. */
  readonly label?: string;
  readonly onPress: () => void;
  readonly isPressed?: boolean;
  readonly isQuiet?: boolean;
  readonly isMain?: boolean;
  readonly isWide?: boolean;
}) {
  const look = isMain ? "bg-brand text-on-brand" : isQuiet ? "bg-raised" : "bg-surface";
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      aria-pressed={isPressed}
      // Two thumbs type quicker than a press and a release: what counts is the press. A reader's press has no pointer.
      onPointerDown={(event) => {
        if (event.button === 0) onPress();
      }}
      onClick={(event) => {
        if (event.detail === 0) onPress();
      }}
      className={`grid h-13 min-w-12 touch-manipulation place-items-center rounded-xl border border-line font-semibold text-xl active:bg-brand-soft active:text-ink aria-pressed:border-brand aria-pressed:bg-brand-soft [@media(max-height:640px)]:h-12 ${isWide ? "flex-[4]" : "flex-1"} ${look}`}
    >
      {words}
    </button>
  );
}

import { useState } from "react";
import { playTone, setVolume, VOLUMES, type Volume, volumeNow } from "../../app/tones.ts";
import {
  chooseKeyboard,
  KEYBOARD_CHOICES,
  type KeyboardChoice,
  useHands,
} from "../../app/touch-keyboard-choice.ts";
import { t } from "../../i18n/translate.ts";
import { Chip } from "../../ui/chip.tsx";
import { currentTheme, setTheme, THEMES, type Theme } from "./theme.ts";

/** How this till looks, sounds and is typed on. */
export function LookAndFeel() {
  const [theme, showTheme] = useState<Theme>(currentTheme());
  const [volume, showVolume] = useState<Volume>(volumeNow());
  const keyboard = useHands(({ choice }) => choice);
  return (
    <>
      <Choice
        label={t("settings.look")}
        options={THEMES.map((value) => ({ value, words: t(`settings.theme.${value}`) }))}
        chosen={theme}
        onChoose={(next) => {
          setTheme(next);
          showTheme(next);
        }}
      />
      <Choice
        label={t("settings.sounds")}
        options={VOLUMES.map((value) => ({ value, words: volumeWord(value) }))}
        chosen={volume}
        onChoose={(next) => {
          setVolume(next);
          showVolume(next);
          playTone("ok");
        }}
      />
      <Choice<KeyboardChoice>
        label={t("settings.touch")}
        options={KEYBOARD_CHOICES.map((value) => ({ value, words: t(`settings.touch.${value}`) }))}
        chosen={keyboard}
        onChoose={chooseKeyboard}
      />
    </>
  );
}

function volumeWord(volume: Volume): string {
  return t(volume === "normal" ? "settings.sounds.on" : `settings.sounds.${volume}`);
}

function Choice<V extends string>({
  label,
  options,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: V; readonly words: string }[];
  readonly chosen: V;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <fieldset className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-2 border-0 p-0">
      <legend className="mb-1.5 font-bold text-lg">{label}</legend>
      {options.map(({ value, words }) => (
        <Chip key={value} words={words} chosen={value === chosen} onChoose={() => onChoose(value)} />
      ))}
    </fieldset>
  );
}

import { Clock4, Printer } from "lucide-react";
import { type ReactNode, useState } from "react";
import { openOverlay } from "../../app/overlay.ts";
import { setSounds, soundsOn } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { LanguageChoice } from "./language-choice.tsx";
import { currentTheme, setTheme, type Theme } from "./theme.ts";

/** What belongs to this machine: its devices, its look, its sounds. */
export function SettingsSheet({
  onClose,
  children,
}: {
  readonly onClose: () => void;
  /** What other features have to set here. */
  readonly children?: ReactNode;
}) {
  return (
    <Sheet title={t("settings.title")} closeLabel={t("app.close")} onClose={onClose}>
      <div className="flex flex-col gap-8">
        <section className="flex flex-col gap-3">
          <h3 className="font-bold text-lg">{t("devices.title")}</h3>
          <p className="text-ink-soft">{t("devices.openHint")}</p>
          <Button
            size="large"
            icon={<Printer aria-hidden />}
            onClick={() => openOverlay({ kind: "devices" })}
          >
            {t("devices.open")}
          </Button>
        </section>
        <Button
          size="large"
          icon={<Clock4 aria-hidden size={20} />}
          onClick={() => openOverlay({ kind: "clock" })}
        >
          {t("clock.title")}
        </Button>
        <Look />
        {children}
        <LanguageChoice />
      </div>
    </Sheet>
  );
}

function Look() {
  const [theme, choose] = useState<Theme>(currentTheme());
  const [sounds, chooseSounds] = useState(soundsOn());
  return (
    <section className="grid grid-cols-2 gap-6">
      <Choice
        label={t("settings.look")}
        options={[
          { value: "light", words: t("settings.theme.light") },
          { value: "dark", words: t("settings.theme.dark") },
        ]}
        chosen={theme}
        onChoose={(value) => {
          const next: Theme = value === "dark" ? "dark" : "light";
          setTheme(next);
          choose(next);
        }}
      />
      <Choice
        label={t("settings.sounds")}
        options={[
          { value: "on", words: t("settings.sounds.on") },
          { value: "off", words: t("settings.sounds.off") },
        ]}
        chosen={sounds ? "on" : "off"}
        onChoose={(value) => {
          setSounds(value === "on");
          chooseSounds(value === "on");
        }}
      />
    </section>
  );
}

function Choice({
  label,
  options,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}) {
  return (
    <fieldset className="grid grid-cols-2 gap-2 border-0 p-0">
      <legend className="mb-1.5 font-bold text-lg">{label}</legend>
      {options.map(({ value, words }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className={`min-h-12 rounded-xl border ${value === chosen ? "border-brand bg-brand-soft font-semibold" : "border-line"}`}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}

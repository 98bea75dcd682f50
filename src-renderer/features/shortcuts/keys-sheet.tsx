import { Pencil, RotateCcw } from "lucide-react";
import { useEffect } from "react";
import { keyText } from "../../app/key-hint.tsx";
import { COMMANDS, isRemappable, useKeyMap } from "../../app/key-map.ts";
import type { Command } from "../../app/keys.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import {
  beginChoosing,
  endChoosing,
  removeKey,
  resetKeys,
  type Said,
  takeAway,
  useChoosing,
} from "./choosing.ts";
import { KeyCap } from "./key-cap.tsx";

/** Gives this till's commands other keys: choose one, press its key. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { command, said } = useChoosing();
  useEffect(() => () => endChoosing(), []);
  return (
    <Sheet
      title={t("keys.title")}
      closeLabel={t("app.close")}
      onClose={onClose}
      footer={command === null ? <Rest said={said} /> : <Waiting command={command} said={said} />}
    >
      <p className="pb-3 text-ink-soft">{t("keys.how")}</p>
      <ul className="flex flex-col gap-1.5">
        {COMMANDS.filter(isRemappable).map((each) => (
          <KeyRow key={each} command={each} isWaiting={each === command} />
        ))}
      </ul>
    </Sheet>
  );
}

function KeyRow({ command, isWaiting }: { readonly command: Command; readonly isWaiting: boolean }) {
  const chord = useKeyMap(({ map }) => map[command]);
  const what = t(`shortcuts.${command}`);
  return (
    <li
      className={`flex min-h-14 items-center gap-3 rounded-2xl border px-3 ${isWaiting ? "border-brand bg-brand-soft" : "border-line"}`}
    >
      <span className="min-w-0 flex-1 text-lg leading-tight">{what}</span>
      {chord === null ? (
        <span className="text-ink-soft">{t("keys.none")}</span>
      ) : (
        <KeyCap words={keyText(chord)} />
      )}
      <Button
        look="quiet"
        aria-label={t("keys.change", { what })}
        icon={<Pencil aria-hidden size={20} />}
        onClick={() => beginChoosing(command)}
      />
    </li>
  );
}

function Rest({ said }: { readonly said: Said | null }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p role="status" className="min-w-0 flex-1 font-semibold">
        {said === null ? "" : wordsOf(said)}
      </p>
      <Button icon={<RotateCcw aria-hidden size={20} />} onClick={resetKeys}>
        {t("keys.reset")}
      </Button>
    </div>
  );
}

function Waiting({ command, said }: { readonly command: Command; readonly said: Said | null }) {
  const what = t(`shortcuts.${command}`);
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-lg leading-snug">
        {said === null ? t("keys.press", { what }) : wordsOf(said)}
      </p>
      <div className="flex flex-wrap gap-2">
        {said?.kind === "taken" ? (
          <>
            <Button look="primary" onClick={() => takeAway(command, said.chord)}>
              {t("keys.takeAway")}
            </Button>
            <Button onClick={() => beginChoosing(command)}>{t("keys.another")}</Button>
          </>
        ) : (
          <Button onClick={() => removeKey(command)}>{t("keys.remove")}</Button>
        )}
        <Button look="quiet" onClick={() => endChoosing()}>
          {t("keys.cancel")}
        </Button>
      </div>
    </div>
  );
}

function wordsOf(said: Said): string {
  switch (said.kind) {
    case "refused":
      return t(`keys.refused.${said.why}`, { key: keyText(said.chord) });
    case "taken":
      return t("keys.taken", { key: keyText(said.chord), what: t(`shortcuts.${said.by}`) });
    case "set":
      return t("keys.set", { key: keyText(said.chord), what: t(`shortcuts.${said.command}`) });
    case "removed":
      return t("keys.removed", { what: t(`shortcuts.${said.command}`) });
    case "reset":
      return t("keys.isReset");
  }
}

import { useState } from "react";
import { chosenLanguage, LANGUAGES } from "../../app/language.ts";
import { changeLanguage } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** Which language this till speaks: its store's, or one of its own. */
export function LanguageChoice() {
  const [chosen, choose] = useState(chosenLanguage());
  const options = [{ code: null, name: t("settings.language.store") }, ...LANGUAGES];
  return (
    <fieldset className="grid grid-cols-4 gap-2 border-0 p-0">
      <legend className="mb-1.5 font-bold text-lg">{t("settings.language")}</legend>
      {options.map(({ code, name }) => (
        <button
          key={code ?? "store"}
          type="button"
          lang={code ?? undefined}
          aria-pressed={code === chosen}
          onClick={() => {
            choose(code);
            changeLanguage(code);
          }}
          className={`min-h-12 rounded-xl border px-1 leading-tight ${code === chosen ? "border-brand bg-brand-soft font-semibold" : "border-line"}`}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

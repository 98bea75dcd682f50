import { useId } from "react";
import { t } from "../../i18n/translate.ts";

/** In which language a customer is written to: each by its own name. */
export function LanguageChoice({
  languages,
  chosen,
  onChoose,
}: {
  readonly languages: readonly string[];
  /** Empty: as the store. */
  readonly chosen: string;
  readonly onChoose: (language: string) => void;
}) {
  const id = useId();
  const offered = chosen === "" || languages.includes(chosen) ? languages : [...languages, chosen];
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-semibold text-ink-soft text-sm">
        {t("customer.language")}
      </label>
      <select
        id={id}
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
        className="min-h-14 rounded-2xl border border-edge bg-surface px-4 text-ink text-lg"
      >
        <option value="">{t("customer.languageOfStore")}</option>
        {offered.map((language) => (
          <option key={language} value={language}>
            {languageName(language)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A language by its own name. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}

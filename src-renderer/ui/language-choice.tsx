import { useId } from "react";

/** A choice of languages, each by its own name; `none` is what choosing none of them means. */
export function LanguageChoice({
  label,
  none,
  languages,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly none: string;
  readonly languages: readonly string[];
  /** Empty: none of them. One that is not offered otherwise stays in the choice. */
  readonly chosen: string;
  readonly onChoose: (language: string) => void;
}) {
  const id = useId();
  const offered = chosen === "" || languages.includes(chosen) ? languages : [...languages, chosen];
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-semibold text-ink-soft text-sm">
        {label}
      </label>
      <select
        id={id}
        value={chosen}
        onChange={(event) => onChoose(event.target.value)}
        className="min-h-14 rounded-2xl border border-edge bg-surface px-4 text-ink text-lg"
      >
        <option value="">{none}</option>
        {offered.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageName(language)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A language by the name that those who speak it know. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}

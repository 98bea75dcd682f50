import { ChevronDown } from "lucide-react";

export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** One of a few choices. */
export function Select({
  label,
  value,
  choices,
  isDisabled = false,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly isDisabled?: boolean;
  readonly onChange: (value: string) => void;
}) {
  return (
    <span className="relative inline-block max-w-full">
      <select
        aria-label={label}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-10 max-w-full appearance-none truncate rounded-xl border border-line bg-surface pr-9 pl-3.5 text-ink disabled:opacity-45"
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.text}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-soft"
      />
    </span>
  );
}

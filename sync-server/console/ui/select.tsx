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
  ...names
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly isDisabled?: boolean;
  readonly onChange: (value: string) => void;
  /** What ties it to what stands around it (`labelled.tsx`). */
  readonly id?: string;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: true | undefined;
}) {
  return (
    <span className="relative inline-block max-w-full">
      <select
        {...names}
        aria-label={label}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-10 max-w-full appearance-none truncate rounded-xl border border-line bg-surface pr-9 pl-3.5 text-ink disabled:opacity-45 aria-invalid:border-danger"
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

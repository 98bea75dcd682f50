import { useId } from "react";

const ROWS = 3;

/** Several lines of text with their label above and, where it helps, a hint below. */
export function TextArea({
  label,
  hint = null,
  value,
  maxLength,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | null;
  readonly value: string;
  readonly maxLength?: number;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        rows={ROWS}
        maxLength={maxLength}
        value={value}
        dir="auto"
        aria-describedby={hint === null ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-xl border border-line bg-surface px-3.5 py-2.5"
      />
      {hint !== null && (
        <p id={`${id}-hint`} className="mt-1 text-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

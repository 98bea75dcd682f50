import { useId } from "react";

const ROWS = 3;

/** Some lines of text with their label above and a hint below. */
export function TextArea({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
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
        value={value}
        dir="auto"
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-xl border border-line bg-surface px-3.5 py-2.5"
      />
      <p id={`${id}-hint`} className="mt-1 text-soft text-sm">
        {hint}
      </p>
    </div>
  );
}

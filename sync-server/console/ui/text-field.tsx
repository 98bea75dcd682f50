import { useId } from "react";

/** One line of text with its label above and, where it helps, a hint below. */
export function TextField({
  label,
  hint = null,
  type = "text",
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | null;
  readonly type?: "text" | "datetime-local";
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        aria-describedby={hint === null ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5"
      />
      {hint !== null && (
        <p id={`${id}-hint`} className="mt-1 text-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

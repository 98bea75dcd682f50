import { Labelled } from "./labelled.tsx";

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
  readonly type?: "text" | "date" | "datetime-local";
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Labelled label={label} hint={hint}>
      {(names) => (
        <input
          {...names}
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5"
        />
      )}
    </Labelled>
  );
}

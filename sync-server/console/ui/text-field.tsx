import { Labelled } from "./labelled.tsx";

/** One line of text with its label above and, where it helps, a hint below. */
export function TextField({
  label,
  hint = null,
  wrong = null,
  type = "text",
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | null;
  /** What is wrong with what was typed, in the place of the hint. */
  readonly wrong?: string | null;
  readonly type?: "text" | "date" | "time" | "datetime-local";
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(names) => (
        <input
          {...names}
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5 aria-invalid:border-danger"
        />
      )}
    </Labelled>
  );
}

import { Labelled } from "./labelled.tsx";

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
  return (
    <Labelled label={label} hint={hint}>
      {(names) => (
        <textarea
          {...names}
          rows={ROWS}
          maxLength={maxLength}
          value={value}
          dir="auto"
          onChange={(event) => onChange(event.target.value)}
          className="w-full rounded-xl border border-line bg-surface px-3.5 py-2.5"
        />
      )}
    </Labelled>
  );
}

import { Labelled } from "./labelled.tsx";

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

/** One line of text with its label above and, where it helps, a hint below. */
export function TextField({
  label,
  hint = null,
  wrong = null,
  type = "text",
  autoComplete,
  isReadOnly = false,
  hasFocus = false,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | null;
  /** What is wrong with what was typed, in the place of the hint. */
  readonly wrong?: string | null;
  readonly type?: "text" | "email" | "password" | "date" | "time" | "datetime-local";
  /** What a browser or password manager may fill in (HTML, autofill). */
  readonly autoComplete?: "username" | "current-password" | "new-password" | "one-time-code" | "name" | "off";
  readonly isReadOnly?: boolean;
  /** Where one expects to type first, as it appears. */
  readonly hasFocus?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(names) => (
        <input
          {...names}
          type={type}
          autoComplete={autoComplete}
          readOnly={isReadOnly}
          ref={hasFocus ? focusOnce : null}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5 aria-invalid:border-danger"
        />
      )}
    </Labelled>
  );
}

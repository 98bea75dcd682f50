import { Delete } from "lucide-react";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Digits by touch. `extra` is the key left of 0 (`00` for money). The keyboard's digits are the screen's business. */
export function Numpad({
  onDigits,
  onDelete,
  deleteLabel,
  extra = null,
  label,
}: {
  readonly onDigits: (digits: string) => void;
  readonly onDelete: () => void;
  readonly deleteLabel: string;
  readonly extra?: string | null;
  readonly label: string;
}) {
  const key = "press min-h-16 rounded-xl bg-sunken font-semibold text-2xl text-ink figures hover:bg-line";
  return (
    <fieldset aria-label={label} className="grid grid-cols-3 gap-2 border-0 p-0">
      {KEYS.map((digit) => (
        <button key={digit} type="button" className={key} onClick={() => onDigits(digit)}>
          {digit}
        </button>
      ))}
      {extra === null ? (
        <span />
      ) : (
        <button type="button" className={key} onClick={() => onDigits(extra)}>
          {extra}
        </button>
      )}
      <button type="button" className={key} onClick={() => onDigits("0")}>
        0
      </button>
      <button
        type="button"
        className={`${key} grid place-items-center`}
        aria-label={deleteLabel}
        onClick={onDelete}
      >
        <Delete aria-hidden />
      </button>
    </fieldset>
  );
}

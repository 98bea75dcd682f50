import { Delete } from "lucide-react";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Digits by touch. `extra` is the key left of 0 (`00` for money). The keyboard's digits are the screen's business. */
export function Numpad({
  onDigits,
  onDelete,
  deleteLabel,
  extra = null,
  label,
  onDeep = false,
}: {
  readonly onDigits: (digits: string) => void;
  readonly onDelete: () => void;
  readonly deleteLabel: string;
  readonly extra?: string | null;
  readonly label: string;
  /** On the dark frame instead of on paper. */
  readonly onDeep?: boolean;
}) {
  const look = onDeep
    ? "bg-deep-raised text-on-deep hover:bg-deep-line"
    : "border border-line bg-surface text-ink hover:bg-sunken";
  const key = `press figures grid min-h-14 low:min-h-12.5 [@media(min-height:900px)]:min-h-18 place-items-center rounded-2xl font-semibold text-2xl ${look}`;
  return (
    // Digits stand as on the keypad in every language.
    <fieldset aria-label={label} dir="ltr" className="grid auto-rows-fr grid-cols-3 gap-2 border-0 p-0">
      {DIGITS.map((digit) => (
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
      <button type="button" className={key} aria-label={deleteLabel} onClick={onDelete}>
        <Delete aria-hidden />
      </button>
    </fieldset>
  );
}

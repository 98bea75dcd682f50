/** One of several ready answers; the one that is taken looks and says so. */
export function Chip({
  words,
  chosen,
  onChoose,
}: {
  readonly words: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`press figures min-h-12 rounded-xl border px-2 font-semibold text-[0.9375rem] ${chosen ? "border-brand bg-brand-soft" : "border-line bg-surface hover:bg-sunken"}`}
    >
      {words}
    </button>
  );
}

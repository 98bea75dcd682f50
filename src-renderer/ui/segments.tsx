import type { ReactNode } from "react";

export interface Segment<V extends string> {
  readonly value: V;
  readonly words: string;
  readonly icon?: ReactNode;
}

/** A choice of a few, all in sight, one of them taken. */
export function Segments<V extends string>({
  segments,
  chosen,
  onChoose,
}: {
  readonly segments: readonly Segment<V>[];
  readonly chosen: V;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-2xl bg-sunken p-1">
      {segments.map(({ value, words, icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className={`press inline-flex min-h-12 items-center justify-center gap-2 rounded-xl px-3 font-semibold ${value === chosen ? "bg-raised text-ink shadow-tile" : "text-ink-soft hover:text-ink"}`}
        >
          {icon}
          {words}
        </button>
      ))}
    </div>
  );
}

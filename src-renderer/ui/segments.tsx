import type { ReactNode } from "react";

export interface Segment<V extends string> {
  readonly value: V;
  readonly words: string;
  readonly icon?: ReactNode;
}

/** More than so many leave no room for pictures on most screens. */
const FEW = 3;

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
  const isTight = segments.length > FEW;
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-2xl bg-sunken p-1">
      {segments.map(({ value, words, icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className={`press inline-flex min-h-12 items-center justify-center gap-2 rounded-xl font-semibold leading-tight ${isTight ? "px-1 max-2xl:text-sm max-2xl:[&_svg]:hidden 2xl:px-3" : "px-3"} ${value === chosen ? "bg-raised text-ink shadow-tile" : "text-ink-soft hover:text-ink"}`}
        >
          {icon}
          {words}
        </button>
      ))}
    </div>
  );
}

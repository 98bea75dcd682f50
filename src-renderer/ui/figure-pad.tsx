import type { ReactNode } from "react";
import { Numpad } from "./numpad.tsx";

/** A figure that is typed, large, with the digits to type it by touch below. */
export function FigurePad({
  label,
  shown,
  deleteLabel,
  extra,
  onDigits,
  onDelete,
}: {
  readonly label: string;
  /** The figure as people read it. */
  readonly shown: ReactNode;
  readonly deleteLabel: string;
  /** The key left of 0. */
  readonly extra: string | null;
  readonly onDigits: (digits: string) => void;
  readonly onDelete: () => void;
}) {
  return (
    <>
      <p
        role="status"
        aria-label={label}
        className="figures flex min-h-16 items-center justify-end rounded-2xl bg-sunken px-5 font-extrabold text-4xl"
      >
        {shown}
      </p>
      <Numpad label={label} deleteLabel={deleteLabel} extra={extra} onDigits={onDigits} onDelete={onDelete} />
    </>
  );
}

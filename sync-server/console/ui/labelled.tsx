import { type ReactNode, useId } from "react";

/** A field with its label above and, where it helps, a hint below that is read out with it. `children` gets the names that tie the three together. */
export function Labelled({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint: string | null;
  readonly children: (names: {
    readonly id: string;
    readonly "aria-describedby": string | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const hintId = hint === null ? undefined : `${id}-hint`;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      {children({ id, "aria-describedby": hintId })}
      {hint !== null && (
        <p id={hintId} className="mt-1 text-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

import { type ReactNode, useId } from "react";

/** A field with its label above and, where it helps, a hint or what is wrong with it below, read out with it. `children` gets the names that tie the three together. */
export function Labelled({
  label,
  hint,
  wrong = null,
  children,
}: {
  readonly label: string;
  readonly hint: string | null;
  readonly wrong?: string | null;
  readonly children: (names: {
    readonly id: string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": true | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const below = wrong ?? hint;
  const hintId = below === null ? undefined : `${id}-hint`;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      {children({ id, "aria-describedby": hintId, "aria-invalid": wrong === null ? undefined : true })}
      {below !== null && (
        <p id={hintId} className={`mt-1 text-sm ${wrong === null ? "text-soft" : "text-danger"}`}>
          {below}
        </p>
      )}
    </div>
  );
}

import { type ComponentProps, useId } from "react";

/** A labelled text field of touch height. */
export function Field({
  label,
  hint,
  className = "",
  ...rest
}: ComponentProps<"input"> & { readonly label: string; readonly hint?: string }) {
  const id = useId();
  const hintId = useId();
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="font-semibold text-sm">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint === undefined ? undefined : hintId}
        className="min-h-12 rounded-xl border border-line bg-paper px-4 text-lg text-ink select-text"
        {...rest}
      />
      {hint === undefined ? null : (
        <p id={hintId} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

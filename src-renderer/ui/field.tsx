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
      <label htmlFor={id} className="font-semibold text-ink-soft text-sm">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint === undefined ? undefined : hintId}
        className="min-h-14 select-text rounded-2xl border border-edge bg-surface px-4 text-ink text-lg placeholder:text-ink-soft"
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

import { type ComponentProps, useId } from "react";

/** A labelled field of several lines. */
export function TextArea({
  label,
  className = "",
  ...rest
}: ComponentProps<"textarea"> & { readonly label: string }) {
  const id = useId();
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="font-semibold text-ink-soft text-sm">
        {label}
      </label>
      <textarea
        id={id}
        className="min-h-14 w-full resize-none select-text rounded-2xl border border-edge bg-surface px-4 py-3 text-ink text-lg leading-snug placeholder:text-ink-soft"
        {...rest}
      />
    </div>
  );
}

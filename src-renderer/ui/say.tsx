import type { ReactNode } from "react";

/** A sentence that says how things stand, with its sign. */
export function Say({
  icon,
  children,
  look = "bg-sunken text-ink",
}: {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly look?: string;
}) {
  return (
    <div className={`flex items-start gap-3 rounded-2xl p-4 text-lg leading-snug ${look}`}>
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

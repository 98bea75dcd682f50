import type { ReactNode } from "react";

/** Fields that belong together, below their heading. */
export function FieldGroup({
  title,
  className = "",
  children,
}: {
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={`space-y-4 ${className}`}>
      <h3 className="border-line border-b pb-1 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

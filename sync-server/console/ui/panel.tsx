import { type ReactNode, useEffect } from "react";

/** What the window is called where no page is shown. */
const OWN_TITLE = document.title;

/** A page's heading with what belongs beside it; the window is called the same. */
export function PageTitle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${OWN_TITLE}`;
    return () => {
      document.title = OWN_TITLE;
    };
  }, [title]);
  return (
    <header className="mb-5 flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="mr-auto font-semibold text-2xl tracking-tight">{title}</h1>
      {children}
    </header>
  );
}

/** A sheet of paper on the page. */
export function Panel({
  title,
  aside,
  children,
  className = "",
}: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={`overflow-hidden rounded-2xl border border-line bg-surface ${className}`}>
      {title !== undefined && (
        <div className="flex min-h-14 items-center justify-between gap-3 border-line border-b px-5">
          <h2 className="font-semibold text-base">{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** What a panel says when it has nothing to show. */
export function Empty({ icon, children }: { readonly icon?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center text-soft">
      {icon}
      <p className="max-w-md text-balance">{children}</p>
    </div>
  );
}

import type { ReactNode } from "react";

/** The side where an order is dealt with: what there is to know above, what to do always in sight below. */
export function Panel({ children, actions }: { readonly children: ReactNode; readonly actions: ReactNode }) {
  return (
    <div className="flex min-h-full flex-col">
      <div className="flex flex-1 flex-col gap-3 p-4 xl:gap-4">{children}</div>
      <div className="sticky bottom-0 flex flex-col gap-2 border-line border-t bg-surface p-4">{actions}</div>
    </div>
  );
}

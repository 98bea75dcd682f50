import type { ReactNode } from "react";

/** A screen in two halves: what this is about on the dark frame, what to do on paper. */
export function SplitScreen({
  about,
  children,
}: {
  readonly about: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="tight:block tight:overflow-y-auto grid h-full grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="torn-end on-deep relative flex min-h-0 flex-col justify-between gap-8 overflow-hidden bg-deep tight:p-4 p-8 text-on-deep xl:p-14">
        {about}
      </div>
      <main className="thin-scroll grid min-h-0 place-items-center overflow-y-auto p-6 xl:p-10">
        {children}
      </main>
    </div>
  );
}

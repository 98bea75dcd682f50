import type { ReactNode } from "react";
import { t } from "./translate.ts";

/** The sheet in the middle of an empty page, before somebody is signed in. */
export function EntryFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  return (
    <main className="flex min-h-full items-center justify-center bg-side p-6">
      <div className="w-full max-w-md rounded-3xl bg-surface p-8 shadow-2xl">
        <img src="/console/icon.svg" alt={t("app.name")} className="size-12" />
        <h1 className="mt-5 font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="mt-2 text-soft">{lead}</p>
        {children}
      </div>
    </main>
  );
}

import { LockKeyhole, Wallet } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { ViewValue } from "#protocol/till/contract.ts";
import type { ShiftView } from "#protocol/till/shift.ts";
import { timeText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { useCommands } from "../../app/keys.ts";
import { ask, tell } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Say } from "../../ui/say.tsx";
import { closeDay, goToCash } from "./acts.ts";
import { OpenShiftForm } from "./open-shift-form.tsx";

type Open = Extract<ViewValue<"session">, { readonly state: "open" }>;

/** Between lock and register, where a store sells only with a shift: the float of the drawer. */
export function OpenShiftScreen({
  session,
  shift,
  sync,
}: {
  readonly session: Open;
  readonly shift: ShiftView;
  /** How the till stands with the server. */
  readonly sync: ReactNode;
}) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus(), []);
  useScans("screen", () => tell("refusal", t("refused.noShift")));
  useTyped("screen", () => undefined);
  useCommands((command) => {
    if (command === "cash") goToCash({ at: "menu" });
    if (command === "back") void ask("signOut", {});
  });
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)] tight:block tight:overflow-y-auto">
      <header className="on-deep tight:flex-wrap flex items-center gap-3 bg-deep px-4 py-2 text-on-deep">
        <Mark size={40} />
        <div className="min-w-0 flex-1 leading-tight">
          <p className="font-bold">
            <bdi className="block truncate">{session.storeName}</bdi>
          </p>
          <p className="text-on-deep-soft text-sm">{t("app.register", { register: session.register })}</p>
        </div>
        {sync}
        <Button look="deep" icon={<Wallet aria-hidden size={20} />} onClick={() => goToCash({ at: "menu" })}>
          {t("shift.title")}
        </Button>
        <Button
          look="deep"
          icon={<LockKeyhole aria-hidden size={20} />}
          aria-label={t("bar.lockAs", { name: session.staff.name })}
          onClick={() => void ask("signOut", {})}
        >
          {session.staff.name.split(" ")[0]}
        </Button>
      </header>
      <main ref={main} className="thin-scroll min-h-0 overflow-y-auto px-6 py-5 xl:px-12 xl:py-8">
        <section className="rise mx-auto flex max-w-5xl flex-col gap-5">
          <h1 className="font-bold text-3xl">
            {shift.drawer === "own"
              ? t("shift.open.titleOwn", { name: session.staff.name.split(" ")[0] ?? "" })
              : t("shift.open.title")}
          </h1>
          <Before shift={shift} />
          <OpenShiftForm shift={shift} onOpened={() => undefined} />
        </section>
      </main>
    </div>
  );
}

/** What stands open from before: other drawers, or a day that nobody closed. */
function Before({ shift }: { readonly shift: ShiftView }) {
  if (shift.open.length > 0)
    return (
      <p className="text-ink-soft">
        {shift.open
          .map(({ owner, openedBy, openedAt }) =>
            t("shift.open.other", { name: owner?.name ?? openedBy, time: timeText(openedAt) }),
          )
          .join(" ")}
      </p>
    );
  if (shift.salesSinceZ === 0) return null;
  return (
    <Say icon={<Wallet aria-hidden />}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>{tCount("shift.sales", shift.salesSinceZ)}</p>
        <Button onClick={() => void closeDay()}>{t("shift.do.day", { number: shift.nextZ })}</Button>
      </div>
    </Say>
  );
}

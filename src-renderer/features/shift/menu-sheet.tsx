import {
  ArrowDownToLine,
  ArrowUpFromLine,
  FileClock,
  FileText,
  LockKeyholeOpen,
  LogOut,
  ShieldCheck,
  TriangleAlert,
  Vault,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Permission } from "#domain/staff/staff.ts";
import type { OpenShiftView, ShiftView } from "#protocol/till/shift.ts";
import { dateText, moneyText, timeText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { beginClose, closeDay, goToCash, xReport } from "./acts.ts";

/** All there is to do with drawer and day. */
export function MenuSheet({ view, onClose }: { readonly view: ShiftView; readonly onClose: () => void }) {
  const { mine, open } = view;
  const others = open.filter(({ shift }) => shift !== mine?.shift);
  return (
    <Sheet title={t("shift.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <div className="flex flex-col gap-4">
        {mine === null ? (
          <p className="font-semibold text-lg">{t("shift.none")}</p>
        ) : (
          <Standing view={view} drawer={mine} />
        )}
        {others.map((drawer) => (
          <Others key={drawer.shift} drawer={drawer} />
        ))}
        <p className="text-ink-soft">{tCount("shift.sales", view.salesSinceZ)}</p>
        <Acts view={view} />
      </div>
    </Sheet>
  );
}

function Standing({ view, drawer }: { readonly view: ShiftView; readonly drawer: OpenShiftView }) {
  const { openedAt, openedBy, owner, expected, float } = drawer;
  const values = { time: timeText(openedAt), name: owner?.name ?? openedBy };
  return (
    <>
      {drawer.forgotten ? (
        <Say icon={<TriangleAlert aria-hidden />} look="bg-warn-soft text-warn">
          <p>{t("shift.forgotten", { day: dateText(drawer.businessDay) })}</p>
        </Say>
      ) : null}
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 rounded-2xl bg-sunken px-5 py-3">
        <p className="font-semibold text-lg">
          {t(owner === null ? "shift.drawer.shared" : "shift.drawer.own", values)}
        </p>
        <p className="figures">
          {t("shift.float")} <strong>{moneyText(float)}</strong>
        </p>
        {view.blindCount || expected === null ? null : (
          <p className="figures">
            {t("shift.expected")} <strong>{moneyText(expected)}</strong>
          </p>
        )}
      </div>
    </>
  );
}

/** A drawer that a colleague has open, and the way to close it for them. */
function Others({ drawer }: { readonly drawer: OpenShiftView }) {
  const name = drawer.owner?.name ?? drawer.openedBy;
  return (
    <div className="flex items-center justify-between gap-4 rounded-2xl border border-line px-5 py-2">
      <p>
        {drawer.forgotten
          ? t("shift.forgottenOf", { name, day: dateText(drawer.businessDay) })
          : t("shift.drawer.own", { name, time: timeText(drawer.openedAt) })}
      </p>
      <Button onClick={() => beginClose(drawer)}>
        {t("shift.do.closeOf", { name: name.split(" ")[0] ?? name })}
      </Button>
    </div>
  );
}

function Acts({ view }: { readonly view: ShiftView }) {
  const { mine, open } = view;
  return (
    <div className="grid grid-cols-3 gap-3">
      {mine === null ? (
        <Act
          words={t("shift.do.open")}
          icon={<LockKeyholeOpen aria-hidden />}
          needs="shift"
          onAct={() => goToCash({ at: "open" })}
        />
      ) : (
        <>
          <Act
            words={t("shift.do.in")}
            icon={<ArrowDownToLine aria-hidden />}
            needs="cash.move"
            onAct={() => goToCash({ at: "move", kind: "in" })}
          />
          <Act
            words={t("shift.do.out")}
            icon={<ArrowUpFromLine aria-hidden />}
            needs="cash.move"
            onAct={() => goToCash({ at: "move", kind: "out" })}
          />
          <Act
            words={t("shift.do.pickup")}
            icon={<Vault aria-hidden />}
            needs="cash.pickup"
            onAct={() => goToCash({ at: "move", kind: "pickup" })}
          />
        </>
      )}
      <Act
        words={t("shift.do.drawer")}
        icon={<LockKeyholeOpen aria-hidden />}
        needs="drawer.open"
        onAct={() => goToCash({ at: "drawer" })}
      />
      <Act
        words={t("shift.do.x")}
        icon={<FileText aria-hidden />}
        needs="report.x"
        onAct={() => void xReport()}
      />
      <Act
        words={t("shift.do.reports")}
        icon={<FileClock aria-hidden />}
        needs={null}
        onAct={() => goToCash({ at: "reports" })}
      />
      {mine !== null ? (
        <Button
          look="primary"
          size="huge"
          className="col-span-3"
          icon={<LogOut aria-hidden className="rtl:-scale-x-100" />}
          onClick={() => beginClose(mine)}
        >
          {t("shift.do.close")}
        </Button>
      ) : open.length === 0 && view.salesSinceZ > 0 ? (
        <Button
          look="primary"
          size="huge"
          className="col-span-3"
          icon={<FileText aria-hidden />}
          onClick={() => void closeDay()}
        >
          {t("shift.do.day", { number: view.nextZ })}
        </Button>
      ) : null}
    </div>
  );
}

/** One act; where the colleague may not do it alone, it says so beforehand. */
function Act({
  words,
  icon,
  needs,
  onAct,
}: {
  readonly words: string;
  readonly icon: ReactNode;
  /** Null: everybody may. */
  readonly needs: Permission | null;
  readonly onAct: () => void;
}) {
  const isFree = useTill(
    ({ session }) => needs === null || (session?.state === "open" && session.permissions.includes(needs)),
  );
  return (
    <button
      type="button"
      onClick={onAct}
      className="press flex min-h-22 flex-col items-start justify-between gap-1 rounded-2xl border border-line bg-paper px-4 py-3 text-start hover:border-brand"
    >
      <span className="flex items-center gap-3 font-bold text-lg">
        {icon}
        {words}
      </span>
      {isFree ? null : (
        <span className="flex items-center gap-1.5 text-ink-soft text-sm">
          <ShieldCheck aria-hidden size={16} />
          {t("shift.managersPin")}
        </span>
      )}
    </button>
  );
}

import type { ReactNode } from "react";
import type { ShownReport } from "#protocol/till/shift.ts";
import type { CashPage } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { CloseSheet } from "./close-sheet.tsx";
import { ClosedSheet } from "./closed-sheet.tsx";
import { DrawerSheet } from "./drawer-sheet.tsx";
import { MenuSheet } from "./menu-sheet.tsx";
import { MoveSheet } from "./move-sheet.tsx";
import { OpenShiftForm } from "./open-shift-form.tsx";
import { ReportSheet } from "./report-sheet.tsx";
import { ReportsSheet } from "./reports-sheet.tsx";

/** The sheet for what is being done with drawer and day. One about a drawer that is closed meanwhile is not shown. */
export function CashSheets({
  page,
  paperOf,
  onClose,
}: {
  readonly page: CashPage;
  /** A report as it looks on paper. */
  readonly paperOf: (paper: ShownReport["paper"]) => ReactNode;
  readonly onClose: () => void;
}) {
  const view = useTill((till) => till.shift);
  if (view === null) return null;
  switch (page.at) {
    case "menu":
      return <MenuSheet view={view} onClose={onClose} />;
    case "open":
      return (
        <Sheet title={t("shift.open.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
          <OpenShiftForm shift={view} onOpened={onClose} />
        </Sheet>
      );
    case "move":
      return view.mine === null ? null : (
        <MoveSheet kind={page.kind} currency={view.mine.float.currency} onClose={onClose} />
      );
    case "drawer":
      return <DrawerSheet onClose={onClose} />;
    case "close": {
      const drawer = view.open.find(({ shift }) => shift === page.shift);
      return drawer === undefined ? null : <CloseSheet view={view} drawer={drawer} onClose={onClose} />;
    }
    case "closed":
      return <ClosedSheet view={view} kept={page.kept} banked={page.banked} onClose={onClose} />;
    case "report":
      return <ReportSheet shown={page.shown} paper={paperOf(page.shown.paper)} onClose={onClose} />;
    case "reports":
      return <ReportsSheet onClose={onClose} />;
  }
}

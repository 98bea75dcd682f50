import { useState } from "react";
import { ReasonChoice } from "../../app/reason-choice.tsx";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { openDrawer } from "./acts.ts";

const REASONS = ["shift.reason.changing", "shift.reason.check", "shift.reason.correct"] as const;

/** Opens the drawer without a sale, for a reason. */
export function DrawerSheet({ onClose }: { readonly onClose: () => void }) {
  const [reason, setReason] = useState("");
  return (
    <Sheet title={t("shift.drawer.title")} closeLabel={t("app.close")} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== "") void openDrawer(reason.trim());
        }}
      >
        <p className="text-lg">{t("shift.drawer.what")}</p>
        <ReasonChoice reasons={REASONS.map((key) => t(key))} reason={reason} onReason={setReason} />
        <Button type="submit" look="primary" size="huge" disabled={reason.trim() === ""}>
          {t("shift.drawer.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}

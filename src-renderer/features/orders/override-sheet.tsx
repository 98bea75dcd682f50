import { ShieldAlert } from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { ManagerSheet } from "../../app/manager-sheet.tsx";
import { t } from "../../i18n/translate.ts";
import { Say } from "../../ui/say.tsx";
import { handOut, leaveOverride, useHandOut } from "./hand-out.ts";

type Lacks = "leaseHeldByAnother" | "leaseUnknown";

const QUICK_REASONS = [
  "orders.override.reason.desk",
  "orders.override.reason.offline",
  "orders.override.reason.waiting",
] as const;

/** This till may not hand the order out by itself: why, what to do first, and how a manager allows it. */
export function OverrideSheet({ card, lacks }: { readonly card: OrderCard; readonly lacks: Lacks }) {
  const problem = useHandOut((state) => state.problem);
  return (
    <ManagerSheet
      title={t("orders.override.title")}
      quickReasons={QUICK_REASONS.map((key) => t(key))}
      problem={problem}
      confirm={t(card.due.minor > 0 ? "orders.override.pay" : "orders.override.confirm")}
      onAllow={(word) => handOut(card, word)}
      onClose={leaveOverride}
    >
      <Say icon={<ShieldAlert aria-hidden />} look="bg-warn-soft text-warn">
        <p>{whyWords(card, lacks)}</p>
      </Say>
      <p>{t("orders.override.what")}</p>
    </ManagerSheet>
  );
}

function whyWords(card: OrderCard, lacks: Lacks): string {
  if (lacks === "leaseUnknown") return t("orders.override.offline");
  return card.leaseRegister === null
    ? t("orders.override.otherUnknown")
    : t("orders.override.other", { register: card.leaseRegister });
}

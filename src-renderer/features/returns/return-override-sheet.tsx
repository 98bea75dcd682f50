import { ShieldAlert } from "lucide-react";
import { useState } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { ManagerSheet } from "../../app/manager-sheet.tsx";
import { openOverlay } from "../../app/overlay.ts";
import { openObstacles } from "../../app/returning.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Say } from "../../ui/say.tsx";
import { whyWords } from "./obstacle-words.ts";
import { allowReturn } from "./return-acts.ts";

const QUICK_REASONS = [
  "returns.override.reason.goodwill",
  "returns.override.reason.fault",
  "returns.override.reason.offline",
] as const;

/** A manager allows what the policy forbids, for this return. */
export function ReturnOverrideSheet({
  basket,
  onClose,
}: {
  readonly basket: BasketView;
  readonly onClose: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const asked = openObstacles(basket).filter(({ way }) => way === "manager" || way === "server");
  return (
    <ManagerSheet
      title={t("returns.override.title")}
      quickReasons={QUICK_REASONS.map((key) => t(key))}
      problem={problem}
      confirm={t("returns.override.confirm")}
      onAllow={async (word) => {
        const wrong = await allowReturn(word);
        setProblem(wrong);
        if (wrong === null) leave(onClose);
      }}
      onClose={onClose}
    >
      <Say icon={<ShieldAlert aria-hidden />} look="bg-warn-soft text-warn">
        {asked.map((obstacle) => (
          <p key={`${obstacle.why}-${obstacle.line}`}>{whyWords(obstacle)}</p>
        ))}
      </Say>
      <p>{t("returns.override.what")}</p>
    </ManagerSheet>
  );
}

/** Back to what else stands in the way; to the return where nothing does any more. */
export function leave(onClose: () => void): void {
  const { basket } = useTill.getState();
  if (basket !== null && openObstacles(basket).length > 0) openOverlay({ kind: "returnObstacles" });
  else onClose();
}

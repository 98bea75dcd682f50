import { CloudOff, Store, Truck } from "lucide-react";
import { useEffect, useState } from "react";
import type { VariantId } from "#domain/ids.ts";
import type { Elsewhere } from "#protocol/till/orders.ts";
import { askApproved } from "../../app/approve.tsx";
import { timeText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { type Asked, askElsewhere } from "./stores.ts";

/** What other stores have of an article, as the server knows it; offline it says so, and what still can be done. */
export function ElsewhereSheet({
  variant,
  name,
  onClose,
}: {
  readonly variant: VariantId;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    let left = false;
    void askElsewhere(variant).then((answer) => {
      if (!left) setAsked(answer);
    });
    return () => {
      left = true;
    };
  }, [variant]);
  return (
    <Sheet
      title={t("elsewhere.title", { name })}
      closeLabel={t("app.close")}
      onClose={onClose}
      footer={
        <Button
          look="primary"
          size="huge"
          className="w-full"
          icon={<Truck aria-hidden />}
          onClick={() => void orderIt(variant)}
        >
          {t("elsewhere.order")}
        </Button>
      }
    >
      <Answer asked={asked} />
    </Sheet>
  );
}

/** The article is rung up where it is not in the basket yet; then the order's sheet asks for the rest. */
function orderIt(variant: VariantId): Promise<void> {
  return inTurn(async () => {
    const isThere = useTill.getState().basket?.lines.some((line) => line.variant === variant) === true;
    const rung = isThere ? null : await askApproved("addItem", { variant }, { what: t("approve.more") });
    if (rung === null || rung.ok) openOverlay({ kind: "ordering" });
  });
}

function Answer({ asked }: { readonly asked: Asked | null }) {
  if (asked === null)
    return (
      <p role="status" className="py-8 text-center text-ink-soft text-lg">
        {t("elsewhere.loading")}
      </p>
    );
  if (asked.kind === "offline")
    return (
      <p role="status" className="flex items-start gap-3 rounded-2xl bg-warn-soft p-4 text-lg text-warn">
        <CloudOff aria-hidden className="mt-0.5 shrink-0" />
        {t("elsewhere.offline")}
      </p>
    );
  if (asked.stores.length === 0) return <p className="text-ink-soft text-lg">{t("elsewhere.none")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {asked.stores.map((each) => (
        <StoreRow key={each.store} store={each} />
      ))}
    </ul>
  );
}

function StoreRow({ store }: { readonly store: Elsewhere[number] }) {
  const { name, available, asOf } = store;
  return (
    <li className="flex min-h-16 items-center gap-4 rounded-2xl border border-line bg-paper px-4">
      <Store aria-hidden className="shrink-0 text-ink-soft" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-semibold text-lg">{name}</bdi>
        <span className="block text-ink-soft text-sm">
          {asOf === null ? t("elsewhere.silent") : t("elsewhere.asOf", { time: timeText(asOf) })}
        </span>
      </span>
      <span className={`figures font-bold text-lg ${available === 0 ? "text-ink-soft" : "text-good"}`}>
        {available === 0 ? t("elsewhere.noneThere") : t("elsewhere.available", { count: available })}
      </span>
    </li>
  );
}

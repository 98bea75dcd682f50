import { useCallback, useState } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import { ok } from "#domain/result.ts";
import type { FoundPurchase } from "#protocol/hq/returns.ts";
import { amountText, dateTimeText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 5_000;
const NOTHING = ok({ purchases: [] });

/** Finds what was bought by its number, and shows what came back of it by which act. */
export function PurchasesSheet({
  search,
  onClose,
}: {
  readonly search: string;
  readonly onClose: () => void;
}) {
  const { returns } = useApi();
  const [typed, setTyped] = useState(search);
  const asked = typed.trim();
  const { data, problem } = usePolled(
    useCallback(async () => (asked === "" ? NOTHING : returns.purchases(asked)), [returns, asked]),
    REFRESH_MS,
  );
  return (
    <Sheet title={t("purchases.title")} closeLabel={t("common.close")} onClose={onClose}>
      <input
        type="search"
        aria-label={t("purchases.search")}
        placeholder={t("purchases.search")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="mb-4 min-h-11 w-full rounded-xl border border-line bg-surface px-3.5"
      />
      <ProblemNote problem={problem} />
      {data?.purchases.length === 0 && asked !== "" && <p className="text-soft">{t("purchases.nothing")}</p>}
      {data?.purchases.map((found) => (
        <Purchase key={`${found.purchase.ref.kind} ${found.purchase.ref.id}`} found={found} />
      ))}
    </Sheet>
  );
}

function Purchase({ found }: { readonly found: FoundPurchase }) {
  const { purchase, store, isRefundedTwice, acts } = found;
  const backOf = (position: number) =>
    acts
      .flatMap(({ lines }) => lines)
      .reduce((sum, line) => sum + (line.position === position ? line.pieces : 0), 0);
  return (
    <section aria-label={purchase.number} className="mb-6 last:mb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="figures font-semibold">{purchase.number}</h3>
        {isRefundedTwice && <Badge tone="bad">{t("exception.refundedTwice")}</Badge>}
        <span className="figures ml-auto font-medium">{amountText(purchase.settled)}</span>
      </div>
      <p className="text-soft text-sm">
        {[store === "" ? purchase.channel : store, dateTimeText(purchase.at)].join(" · ")}
      </p>
      <ul className="mt-2 border-line border-y">
        {purchase.lines.map((line) => (
          <li key={line.position} className="flex gap-3 border-line border-b py-2 last:border-b-0">
            <span className="figures w-9 shrink-0 text-soft">{line.quantity} ×</span>
            <span className="min-w-0 flex-1">
              <span className="block">{line.name === "" ? line.sku : line.name}</span>
              <span className="block text-soft text-sm">
                {[
                  variantLabel(line.options),
                  line.returnBy === null
                    ? t("purchases.finalSale")
                    : t("purchases.until", { day: line.returnBy }),
                  ...(backOf(line.position) === 0
                    ? []
                    : [t("purchases.back", { pieces: String(backOf(line.position)) })]),
                ]
                  .filter((text) => text !== "")
                  .join(" · ")}
              </span>
            </span>
            <span className="figures">{amountText(line.total)}</span>
          </li>
        ))}
      </ul>
      {acts.length === 0 ? (
        <p className="mt-2 text-soft">{t("purchases.nothingBack")}</p>
      ) : (
        <ul aria-label={t("purchases.acts")} className="mt-2 space-y-1.5">
          {acts.map((act) => (
            <li key={act.id} className="flex justify-between gap-4">
              <span>
                <span className="figures font-medium">{act.number === "" ? act.id : act.number}</span>{" "}
                <span className="text-soft text-sm">{actText(act)}</span>
              </span>
              <span className="figures whitespace-nowrap">−{amountText(act.amount)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function actText({ by, store, register, staff, at }: FoundPurchase["acts"][number]): string {
  return [
    ...(by === "mail" ? [t("returns.byMail")] : []),
    ...(store === "" ? [] : [store]),
    ...(register === null ? [] : [t("tills.register", { register })]),
    ...(staff === "" ? [] : [staff]),
    dateTimeText(at),
  ].join(" · ");
}

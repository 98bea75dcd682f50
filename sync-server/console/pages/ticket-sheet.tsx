import type { ReactNode } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { RefundTo } from "#domain/ticket/ticket.ts";
import { valueKindOf } from "#domain/value/credit-code.ts";
import type { TicketRow } from "#protocol/hq/console.ts";
import { amountText, dateTimeText, durationText, numberText } from "../format.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { TicketFiles } from "./ticket-files.tsx";

/** Later than this, the till was cut off when it sold. */
const AT_ONCE_MS = 60_000;

/** One ticket as it was sold. */
export function TicketSheet({ row, onClose }: { readonly row: TicketRow; readonly onClose: () => void }) {
  const { ticket } = row;
  const { totals } = ticket;
  const delay = row.receivedAt - row.completedAt;
  return (
    <Sheet
      title={t("tickets.detail", { number: row.number })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <p className="mb-4 text-soft">
        {row.store} · {t("tills.register", { register: row.register })} · {dateTimeText(row.completedAt)} ·{" "}
        {delay > AT_ONCE_MS ? t("tickets.later", { duration: durationText(delay) }) : t("tickets.atOnce")}
      </p>
      <ul className="border-line border-y">
        {ticket.lines.map((line) => (
          <li key={line.id} className="flex gap-3 border-line border-b py-2.5 last:border-b-0">
            <span className="figures w-9 shrink-0 text-soft">{line.quantity} ×</span>
            <span className="min-w-0 flex-1">
              <span className="block">{line.name}</span>
              <span className="block text-soft text-sm">
                {[variantLabel(line.options), line.sku].filter((text) => text !== "").join(" · ")}
              </span>
              {line.discounts.map((discount) => (
                <span key={`${discount.source} ${discount.reason}`} className="block text-sm text-warn">
                  {discount.reason || t("tickets.discount")} −{amountText(discount.amount)}
                </span>
              ))}
            </span>
            <span className="figures">{amountText(line.total)}</span>
          </li>
        ))}
      </ul>
      <dl className="figures mt-3 space-y-1.5">
        {ticket.taxes.map((tax) => (
          <Sum
            key={tax.rate.id}
            label={t("tickets.tax", { name: tax.rate.name, net: amountText(tax.net) })}
            isSoft
          >
            {amountText(tax.tax)}
          </Sum>
        ))}
        {totals.cashRounding.minor !== 0 && (
          <Sum label={t("tickets.rounding")} isSoft>
            {amountText(totals.cashRounding)}
          </Sum>
        )}
        <div className="flex justify-between py-1 font-semibold text-lg">
          <dt>{t("tickets.total")}</dt>
          <dd>{amountText(totals.due)}</dd>
        </div>
        {ticket.tenders.map((tender) => (
          <TenderSums key={tender.id} tender={tender} />
        ))}
        {ticket.loyalty !== undefined && ticket.loyalty.earned > 0 && (
          <Sum label={t("tickets.pointsEarned")} isSoft>
            {numberText(ticket.loyalty.earned)}
          </Sum>
        )}
      </dl>
      <TicketFiles ticket={ticket.id} number={ticket.number} />
    </Sheet>
  );
}

function TenderSums({ tender }: { readonly tender: TicketRow["ticket"]["tenders"][number] }) {
  switch (tender.kind) {
    case "cash":
      return (
        <>
          <Sum label={t("tickets.cash")}>{amountText(tender.tendered)}</Sum>
          {tender.change.minor !== 0 && <Sum label={t("tickets.change")}>{amountText(tender.change)}</Sum>}
        </>
      );
    case "card":
      return <Sum label={t("tickets.card", { code: tender.approvalCode })}>{amountText(tender.amount)}</Sum>;
    case "credit":
      return (
        <Sum
          label={t(valueKindOf(tender.code) === "giftCard" ? "tickets.giftCard" : "tickets.credit", {
            tail: tender.code.slice(-4),
          })}
        >
          {amountText(tender.amount)}
        </Sum>
      );
    case "points":
      return <Sum label={t("tickets.points", { count: tender.points })}>{amountText(tender.amount)}</Sum>;
    case "refund":
      return <Sum label={refundWords(tender.to)}>{amountText(tender.amount)}</Sum>;
    case "paidOnline":
      return <Sum label={t("tickets.paidOnline")}>{amountText(tender.amount)}</Sum>;
  }
}

function Sum({
  label,
  isSoft = false,
  children,
}: {
  readonly label: string;
  readonly isSoft?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={`flex justify-between gap-4 ${isSoft ? "text-soft text-sm" : ""}`}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function refundWords(to: RefundTo): string {
  if (to.kind === "credit" && valueKindOf(to.code) === "giftCard")
    return t("tickets.refund.giftCard", { tail: to.code.slice(-4) });
  return t(`tickets.refund.${to.kind}`);
}

import { Check, Mail, Printer, ReceiptText } from "lucide-react";
import type { PrinterCard } from "#protocol/till/devices.ts";
import { isLongText, moneyText } from "../../app/format.ts";
import { openOverlay } from "../../app/overlay.ts";
import { printersFor } from "../../app/printers.ts";
import type { DoneSale } from "../../app/register.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { GivenBack } from "./given-back.tsx";

/** The sale that was just completed, with the change, or what was paid where there is none, in figures nobody can misread; the next scan or tap takes its place. */
export function DonePanel({ sale, onNewSale }: { readonly sale: DoneSale; readonly onNewSale: () => void }) {
  const printers = useTill((till) => till.printers);
  const fitting = printersFor("receipt", printers?.printers);
  // While paper waits at one of them, nobody is told that all of it is out.
  const printer = fitting.find(({ trouble, queued }) => trouble !== null && queued > 0) ?? fitting[0];
  return (
    <section
      aria-label={t("receipt.number", { number: sale.receipt.number })}
      className="rise flex min-h-full flex-col p-4 text-center"
    >
      <div className="flex flex-1 flex-col items-center justify-center gap-5 low:gap-3 rounded-panel bg-brand-soft p-5 low:p-4">
        <span className="grid size-16 place-items-center rounded-full bg-brand text-on-brand">
          <Check aria-hidden size={36} strokeWidth={3} />
        </span>
        {sale.order === null ? null : <OrderWords order={sale.order} confirmed={sale.confirmed} />}
        {sale.tookBack && sale.due.minor <= 0 ? <GivenBack sale={sale} /> : <Taken sale={sale} />}
        {printer === undefined ? null : <PrinterWords printer={printer} />}
      </div>
      <div className="mt-3 grid grid-cols-2 gap-3">
        <Button
          size="large"
          className="whitespace-nowrap px-2! text-base! xl:text-lg!"
          icon={<ReceiptText aria-hidden size={20} className="shrink-0" />}
          onClick={() => openOverlay({ kind: "receipt", receipt: sale.receipt })}
        >
          {t("receipt.show")}
        </Button>
        <Button
          size="large"
          className="whitespace-nowrap px-2! text-base! xl:text-lg!"
          icon={<Mail aria-hidden size={20} className="shrink-0" />}
          onClick={() =>
            openOverlay({ kind: "mailReceipt", receipt: sale.receipt, document: { kind: "receipt" } })
          }
        >
          {t("receipt.mail")}
        </Button>
        <Button
          look="primary"
          size="large"
          className="col-span-2 whitespace-nowrap px-2! text-base! xl:text-lg!"
          onClick={onNewSale}
        >
          {t("receipt.newSale")}
        </Button>
      </div>
      <p className="mt-3 text-ink-soft text-sm">{t("receipt.next")}</p>
    </section>
  );
}

/** The change, or what was paid where there is none. */
function Taken({ sale }: { readonly sale: DoneSale }) {
  // Nothing is given back: a change of nothing would only be read as one.
  const isExact = sale.change.minor === 0;
  const amount = moneyText(isExact ? sale.due : sale.change);
  return (
    <div role="status">
      <p className="font-semibold text-ink-soft text-xl">
        {t(isExact ? "receipt.paidExactly" : "receipt.change")}
      </p>
      <p
        data-testid="done-amount"
        className={`figures font-extrabold leading-tight tracking-tight ${isLongText(amount) ? "text-4xl xl:text-6xl" : "text-6xl xl:text-7xl"}`}
      >
        {amount}
      </p>
      <p className="figures mt-2 text-ink-soft">
        {isExact ? null : (
          <>
            {t("receipt.paid", { amount: moneyText(sale.due) })}
            <br />
          </>
        )}
        {sale.receipt.number}
      </p>
    </div>
  );
}

/** What the sale did besides taking money, in plain words. */
function OrderWords({
  order,
  confirmed,
}: {
  readonly order: NonNullable<DoneSale["order"]>;
  readonly confirmed: boolean;
}) {
  const { kind, number } = order;
  const isOpen = kind === "placed" && !confirmed;
  const key =
    kind === "handedOver" ? "receipt.handedOut" : confirmed ? "receipt.placed" : "receipt.placedUnconfirmed";
  return (
    <div
      data-testid="done-order"
      className={`rounded-2xl px-4 py-2 font-bold text-lg ${isOpen ? "bg-warn-soft text-warn" : ""}`}
    >
      <p>{t(key, { number })}</p>
      {isOpen ? <p className="font-normal text-base">{t("receipt.unconfirmedHint")}</p> : null}
    </div>
  );
}

/** What becomes of the paper; a printer in trouble never stops a sale. */
function PrinterWords({ printer }: { readonly printer: PrinterCard }) {
  const { name, queued: count, trouble } = printer;
  const words =
    trouble === null ? t("receipt.printing", { count }) : t(`printing.trouble.${trouble}`, { name });
  return (
    <p className={`text-balance text-sm ${trouble === null ? "text-ink-soft" : "font-semibold text-danger"}`}>
      <Printer aria-hidden size={18} className="me-1.5 inline-block align-text-bottom" />
      {words}
      {trouble === null ? null : <span className="block font-normal">{t("printing.goesOn")}</span>}
    </p>
  );
}

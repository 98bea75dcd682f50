import { ArrowLeft, Mail, Phone } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { CaseCard } from "#protocol/till/cases.ts";
import { useCustomerName } from "../../app/customer-name.ts";
import { timeText } from "../../app/format.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { ActPanel } from "./act-panel.tsx";
import { CaseHistory } from "./case-history.tsx";
import { CasePhotos } from "./case-photos.tsx";
import { closeCase } from "./cases-store.ts";
import { DeadlineMark, KindMark, PlaceMarks, StatusMark } from "./marks.tsx";

/** One case: what is known of it and what happened on one side, what to do on the other. */
export function CaseView({ card }: { readonly card: CaseCard }) {
  useEffect(leaveSearchField, []);
  return (
    <div className="rise tight:block tight:h-auto grid h-full min-h-0 grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem] 2xl:grid-cols-[minmax(0,1fr)_32rem]">
      <section aria-label={card.number} className="flex min-h-0 min-w-0 flex-col">
        <Head card={card} />
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll where nothing in it takes the focus
          tabIndex={0}
          className="thin-scroll flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 pb-6 xl:px-6"
        >
          <Facts card={card} />
          <CasePhotos photos={card.photos} />
          <CaseHistory card={card} />
        </div>
      </section>
      <aside
        aria-label={t("cases.act")}
        className="thin-scroll min-h-0 overflow-y-auto border-line border-s bg-surface"
      >
        <ActPanel card={card} />
      </aside>
    </div>
  );
}

/** The case was found: what is typed or scanned now is about it, and no search. */
function leaveSearchField(): void {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

function Head({ card }: { readonly card: CaseCard }) {
  const time = timeText(card.openedAt);
  return (
    <header className="flex items-start gap-3 p-3 xl:p-4">
      <Button
        className="min-h-14!"
        icon={<ArrowLeft aria-hidden className="rtl:-scale-x-100" />}
        aria-label={t("cases.back")}
        onClick={closeCase}
      />
      <div className="min-w-0 flex-1">
        <h2 className="font-extrabold text-2xl leading-tight">
          <bdi className="line-clamp-2">{card.productName}</bdi>
        </h2>
        <p className="figures mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
          <span data-testid="case-number" className="select-text font-semibold text-ink">
            {card.number}
          </span>
          <KindMark kind={card.kind} />
          <span>
            {card.openedByName === ""
              ? t("cases.opened", { time })
              : t("cases.openedBy", { time, name: card.openedByName })}
          </span>
        </p>
      </div>
      <div className="flex flex-col items-end gap-1.5">
        <StatusMark status={card.status} outcome={card.outcome} />
        <DeadlineMark row={card} />
        <PlaceMarks row={card} />
      </div>
    </header>
  );
}

function Facts({ card }: { readonly card: CaseCard }) {
  const options = variantLabel(card.product.options);
  const article = [options, card.product.sku ?? ""]
    .filter((part) => part !== "")
    .map(apart)
    .join(" · ");
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
      <Fact label={t("cases.fault")} wide>
        <bdi className="whitespace-pre-wrap font-semibold text-lg">{card.fault}</bdi>
      </Fact>
      <Fact label={t("cases.customer")}>
        <Person card={card} />
      </Fact>
      <Fact label={t("cases.product")}>{article}</Fact>
      <Fact label={t("cases.purchase")}>{card.purchase?.number ?? ""}</Fact>
      <Fact label={t("cases.serial")}>{card.serial}</Fact>
      <Fact label={t("cases.condition")}>{card.condition}</Fact>
      <Fact label={t("cases.accessories")}>{card.accessories}</Fact>
    </dl>
  );
}

function Person({ card: { customerName, phone, email } }: { readonly card: CaseCard }) {
  const name = useCustomerName(customerName, t("cases.nobody"));
  return (
    <span className="flex flex-col gap-0.5">
      <span className="font-semibold">{name}</span>
      {phone === null ? null : (
        <span className="figures inline-flex select-text items-center gap-1.5">
          <Phone aria-hidden size={16} />
          <bdi dir="ltr">{phone}</bdi>
        </span>
      )}
      {email === null ? null : (
        <span className="inline-flex select-text items-center gap-1.5 break-all">
          <Mail aria-hidden size={16} className="shrink-0" />
          {email}
        </span>
      )}
    </span>
  );
}

function Fact({
  label,
  wide = false,
  children,
}: {
  readonly label: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  if (children === "") return null;
  return (
    <div className={wide ? "col-span-2" : "min-w-0"}>
      <dt className="font-semibold text-ink-soft text-sm">{label}</dt>
      <dd className="whitespace-pre-wrap break-words text-lg leading-snug">{children}</dd>
    </div>
  );
}

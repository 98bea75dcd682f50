import { ArrowLeft, Download, Pencil } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId, OrderId } from "#domain/ids.ts";
import type { CustomerView } from "#protocol/hq/customers.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText, dateTimeText, languageText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { CustomerCases } from "./customer-cases.tsx";
import { CustomerConsents } from "./customer-consents.tsx";
import { DuplicateRow } from "./customer-duplicates.tsx";
import { CustomerForm } from "./customer-form.tsx";
import { CustomerHistory } from "./customer-history.tsx";
import { CustomerPoints } from "./customer-points.tsx";
import { CustomerSaid } from "./customer-said.tsx";
import { download } from "./download.ts";
import { EraseSheet } from "./erase-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 10_000;

/** One customer from all sides: who they are, what they agreed to, and all that they bought, ordered and came with, in every channel. */
export function CustomerPage({
  id,
  onOpenOrder,
  onLeave,
}: {
  readonly id: CustomerId;
  readonly onOpenOrder: (order: OrderId) => void;
  readonly onLeave: () => void;
}) {
  const api = useApi();
  const { data, problem, reload } = usePolled(
    useCallback(() => api.people.view(id), [api, id]),
    REFRESH_MS,
  );
  const [sheet, setSheet] = useState<"edit" | "erase" | null>(null);
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  const take = async (format: "json" | "html"): Promise<void> => {
    const answer = await api.customerExport(id, format);
    if (answer.ok) download(answer.value, `customer.${format}`);
    setFailed(answer.ok ? null : answer.reason);
  };
  return (
    <>
      <PageTitle title={data?.customer.name ?? ""}>
        <Button look="quiet" onPress={onLeave}>
          <ArrowLeft aria-hidden size={18} />
          {t("customers.back")}
        </Button>
        <May right="customers.edit">
          <Button onPress={() => setSheet("edit")} isDisabled={data === null}>
            <Pencil aria-hidden size={18} />
            {t("customers.edit")}
          </Button>
        </May>
        <May right="customers.privacy">
          <Button onPress={() => take("json")}>
            <Download aria-hidden size={18} />
            {t("customers.export")}
          </Button>
          <Button onPress={() => take("html")}>{t("customers.exportPage")}</Button>
          <Button look="danger" onPress={() => setSheet("erase")} isDisabled={data === null}>
            {t("customers.erase")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem ?? failed} />
      {data !== null && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <div className="grid gap-5">
            <Duplicates view={data} onChanged={reload} />
            <Profile view={data} />
            <CustomerConsents customer={data.customer} onChanged={reload} />
            <CustomerSaid view={data} onChanged={reload} />
          </div>
          <div className="grid gap-5">
            <Credits view={data} />
            <CustomerPoints key={data.customer.id} customer={data.customer.id} />
            <CustomerCases customer={data.customer.id} />
            <CustomerHistory customer={data.customer.id} onOpenOrder={onOpenOrder} />
          </div>
        </div>
      )}
      {data !== null && sheet === "edit" && (
        <CustomerForm
          customer={data.customer}
          groups={data.knownGroups}
          onSaved={() => {
            setSheet(null);
            reload();
          }}
          onClose={() => setSheet(null)}
        />
      )}
      {data !== null && sheet === "erase" && (
        <EraseSheet view={data} onErased={onLeave} onClose={() => setSheet(null)} />
      )}
    </>
  );
}

function Profile({ view: { customer, stores, knownGroups } }: { readonly view: CustomerView }) {
  const { email, phone, cardNumber, language, company, notes, preferences } = customer;
  const groups = knownGroups.filter(({ id }) => customer.groups?.includes(id) === true);
  return (
    <Panel title={t("customers.contact")} aside={<Badges customer={customer} />}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2 px-5 py-4">
        <Fact name={t("customers.email")}>{email}</Fact>
        <Fact name={t("customers.phone")}>{phone}</Fact>
        <Fact name={t("customers.card")}>{cardNumber}</Fact>
        <Fact name={t("customers.language")}>{language && languageText(language)}</Fact>
        <Fact name={t("customers.groups")}>{groups.map(({ name }) => name).join(", ")}</Fact>
        {customer.addresses?.map((address) => (
          <Fact key={JSON.stringify(address)} name={t("customers.addresses")}>
            {[address.name, ...address.lines, `${address.postcode} ${address.city}`, address.country]
              .filter((line) => line !== "")
              .join(", ")}
          </Fact>
        ))}
        {company !== undefined && (
          <Fact name={t("customers.company")}>
            {[company.name, ...company.address, company.vatId].filter((line) => line !== "").join(", ")}
          </Fact>
        )}
        <Fact name={t("customers.notes")}>{notes}</Fact>
        <Fact name={t("customers.preferences")}>{preferences}</Fact>
        <Fact name={t("customers.knownAt")}>{stores.map(({ name }) => name).join(", ")}</Fact>
      </dl>
    </Panel>
  );
}

function Badges({ customer: { taxExemption } }: { readonly customer: Customer }) {
  if (taxExemption === undefined) return null;
  const { certificate, validUntil } = taxExemption;
  return (
    <Badge tone="warn">
      {validUntil === null
        ? t("customers.exempt", { certificate })
        : t("customers.exemptUntil", { certificate, day: validUntil })}
    </Badge>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const isThere = children !== null && children !== undefined && children !== "";
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 whitespace-pre-line break-words">{isThere ? children : t("customers.none")}</dd>
    </>
  );
}

function Credits({ view: { credits } }: { readonly view: CustomerView }) {
  if (credits.length === 0) return null;
  return (
    <Panel title={t("customers.credits")}>
      <ul aria-label={t("customers.credits")} className="divide-y divide-line px-5 py-1">
        {credits.map(({ id, balance, issuedAt }) => (
          <li key={id} className="flex justify-between gap-4 py-2">
            <span>{issuedAt === null ? "" : t("customers.credit", { day: dateTimeText(issuedAt) })}</span>
            <span className="figures font-medium">{amountText(balance)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Duplicates({ view, onChanged }: { readonly view: CustomerView; readonly onChanged: () => void }) {
  if (view.duplicates.length === 0) return null;
  return (
    <Panel title={t("customers.duplicatesHere")}>
      <ul aria-label={t("customers.duplicatesHere")} className="divide-y divide-line px-5">
        {view.duplicates.map(({ customer, score, reasons }) => (
          <li key={customer.id}>
            <DuplicateRow
              pair={{ one: view.customer, other: customer, score, reasons }}
              onChanged={onChanged}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { UserPlus, Users } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, type OrderId } from "#domain/ids.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { DuplicatesPanel } from "./customer-duplicates.tsx";
import { CustomerForm } from "./customer-form.tsx";
import { CustomerPage } from "./customer-page.tsx";
import { CustomerRulesPanel } from "./customer-rules.tsx";
import { OrderSheet } from "./order-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 10_000;
const STEP = 50;
const MAX_SHOWN = 200;

const TABS = ["everybody", "duplicates", "rules"] as const;
type Tab = (typeof TABS)[number];

/** Everybody the chain knows, who may be the same person, and what is kept of whom for how long. */
export function CustomersPage() {
  const asked = useAsk();
  const [tab, setTab] = useState<Tab>(TABS.find((each) => each === asked.tab) ?? "everybody");
  const { customer = "" } = asked;
  const opened = customer === "" ? null : idOf<"Customer">(customer);
  const setOpened = (id: CustomerId | null) =>
    showAsk("customers", { ...asked, customer: id ?? "" }, { replace: false });
  const [isNew, setNew] = useState(false);
  if (opened !== null) return <OpenedCustomer key={opened} id={opened} onLeave={() => setOpened(null)} />;
  const tabs = (
    <Tabs
      label={t("customers.tabs")}
      all={TABS}
      current={tab}
      textOf={(each) => t(`customers.tab.${each}`)}
      onChange={setTab}
    />
  );
  return (
    <>
      {tab === "everybody" ? (
        <Everybody tabs={tabs} onNew={() => setNew(true)} onOpen={({ id }) => setOpened(id)} />
      ) : (
        <>
          <PageTitle title={t("nav.customers")}>{tabs}</PageTitle>
          {tab === "duplicates" ? <DuplicatesPanel /> : <CustomerRulesPanel onOpen={setOpened} />}
        </>
      )}
      {isNew && (
        <CustomerForm
          customer={null}
          groups={[]}
          onSaved={({ id }) => {
            setNew(false);
            setOpened(id);
          }}
          onClose={() => setNew(false)}
        />
      )}
    </>
  );
}

/** One customer, and over them an order of theirs. What is open or being typed is of them alone. */
function OpenedCustomer({ id, onLeave }: { readonly id: CustomerId; readonly onLeave: () => void }) {
  const [order, setOrder] = useState<OrderId | null>(null);
  return (
    <>
      <CustomerPage id={id} onOpenOrder={setOrder} onLeave={onLeave} />
      {order !== null && <OrderSheet id={order} onChanged={() => undefined} onClose={() => setOrder(null)} />}
    </>
  );
}

function Everybody({
  tabs,
  onNew,
  onOpen,
}: {
  readonly tabs: ReactNode;
  readonly onNew: () => void;
  readonly onOpen: (customer: Customer) => void;
}) {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(STEP);
  const asked = useSettled(search);
  const { data, problem } = usePolled(
    useCallback(() => api.customers({ search: asked, limit }), [api, asked, limit]),
    REFRESH_MS,
  );
  return (
    <>
      <PageTitle title={t("nav.customers")}>
        {tabs}
        {data !== null && data.total !== null && (
          <span className="figures text-soft">{tCount("customers.count", data.total)}</span>
        )}
        <input
          type="search"
          aria-label={t("customers.search")}
          placeholder={t("customers.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="min-h-10 w-80 rounded-xl border border-line bg-surface px-3.5"
        />
        <May right="customers.edit">
          <Button look="primary" onPress={onNew}>
            <UserPlus aria-hidden size={18} />
            {t("customers.new")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.customers.length === 0 ? (
          <Empty icon={<Users aria-hidden size={32} />}>
            {t(search === "" ? "customers.empty" : "customers.nothing")}
          </Empty>
        ) : (
          <CustomerTable customers={data?.customers ?? []} onOpen={onOpen} />
        )}
      </Panel>
      {data?.hasMore === true && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
    </>
  );
}

function CustomerTable({
  customers,
  onOpen,
}: {
  readonly customers: readonly Customer[];
  readonly onOpen: (customer: Customer) => void;
}) {
  return (
    <Table
      label={t("nav.customers")}
      columns={[
        { title: t("customers.name") },
        { title: t("customers.email") },
        { title: t("customers.phone") },
        { title: t("customers.card") },
      ]}
    >
      {customers.map((customer) => (
        <Row key={customer.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(customer)}
              aria-label={t("customers.open", { name: customer.name })}
              className="font-medium text-brand hover:underline"
            >
              {customer.name}
            </button>
          </Cell>
          <Cell>{customer.email ?? t("customers.none")}</Cell>
          <Cell className="figures whitespace-nowrap">{customer.phone ?? t("customers.none")}</Cell>
          <Cell className="figures">{customer.cardNumber ?? t("customers.none")}</Cell>
        </Row>
      ))}
    </Table>
  );
}

import { Users } from "lucide-react";
import { useCallback, useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import type { OrderId } from "#domain/ids.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { CustomerSheet } from "./customer-sheet.tsx";
import { OrderSheet } from "./order-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 10_000;
const STEP = 50;
const MAX_SHOWN = 200;

/** Everybody the chain knows, and what each bought and ordered in every channel. */
export function CustomersPage() {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(STEP);
  const [opened, setOpened] = useState<Customer | null>(null);
  const [order, setOrder] = useState<OrderId | null>(null);
  const { data, problem, reload } = usePolled(
    useCallback(() => api.customers({ search, limit }), [api, search, limit]),
    REFRESH_MS,
  );

  return (
    <>
      <PageTitle title={t("nav.customers")}>
        {data !== null && <span className="figures text-soft">{tCount("customers.count", data.total)}</span>}
        <input
          type="search"
          aria-label={t("customers.search")}
          placeholder={t("customers.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="min-h-10 w-80 rounded-xl border border-line bg-surface px-3.5"
        />
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.customers.length === 0 ? (
          <Empty icon={<Users aria-hidden size={32} />}>
            {t(search === "" ? "customers.empty" : "customers.nothing")}
          </Empty>
        ) : (
          <CustomerTable customers={data?.customers ?? []} onOpen={setOpened} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {opened !== null && order === null && (
        <CustomerSheet customer={opened} onOpenOrder={setOrder} onClose={() => setOpened(null)} />
      )}
      {order !== null && <OrderSheet id={order} onChanged={reload} onClose={() => setOrder(null)} />}
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

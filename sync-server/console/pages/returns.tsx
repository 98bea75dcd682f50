import { Undo2 } from "lucide-react";
import { useCallback, useState } from "react";
import { MAIL_RETURN_STATES } from "#domain/returns/mail-return.ts";
import type { TicketRow } from "#protocol/hq/console.ts";
import type { ReturnRow } from "#protocol/hq/returns.ts";
import { amountText, numberText } from "../format.ts";
import type { ReturnsAsk } from "../returns-api.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { MailReturnSheet } from "./mail-return-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { PurchasesSheet } from "./purchases-sheet.tsx";
import { ReturnState } from "./return-state.tsx";
import { StoreSelect } from "./store-select.tsx";
import { TicketSheet } from "./ticket-sheet.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const STEP = 50;
const MAX_SHOWN = 200;

/** Every return of the chain is one of these, or any. */
const FILTERS: readonly { readonly value: string; readonly ask: Pick<ReturnsAsk, "kind" | "state"> }[] = [
  { value: "all", ask: { kind: null, state: null } },
  { value: "till", ask: { kind: "till", state: null } },
  { value: "mail", ask: { kind: "mail", state: null } },
  ...MAIL_RETURN_STATES.map((state) => ({ value: state, ask: { kind: "mail", state } as const })),
];

function filterText(value: string): string {
  const state = MAIL_RETURN_STATES.find((each) => each === value);
  if (state !== undefined) return t("returns.byMailAnd", { state: t(`returnState.${state}`) });
  if (value === "till") return t("returns.atTills");
  return t(value === "mail" ? "returns.byMail" : "returns.all");
}

export function ReturnsPage() {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState("all");
  const [store, setStore] = useState<string | null>(null);
  const [limit, setLimit] = useState(STEP);
  const [mail, setMail] = useState<string | null>(null);
  const [ticket, setTicket] = useState<TicketRow | null>(null);
  const [finding, setFinding] = useState<string | null>(null);
  const { data, problem, reload } = usePolled(
    useCallback(() => {
      const chosen = FILTERS.find(({ value }) => value === filter)?.ask ?? { kind: null, state: null };
      return api.returns.list({ ...chosen, store, search, limit });
    }, [api, filter, store, search, limit]),
    REFRESH_MS,
  );
  const isFiltered = search !== "" || filter !== "all" || store !== null;
  return (
    <>
      <PageTitle title={t("nav.returns")}>
        {data !== null && <span className="figures text-soft">{tCount("returns.count", data.total)}</span>}
        <input
          type="search"
          aria-label={t("returns.search")}
          placeholder={t("returns.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="min-h-10 w-60 rounded-xl border border-line bg-surface px-3.5"
        />
        <Select
          label={t("returns.which")}
          value={filter}
          choices={FILTERS.map(({ value }) => ({ value, text: filterText(value) }))}
          onChange={setFilter}
        />
        <StoreSelect value={store} none={t("common.allStores")} onChange={setStore} />
        <Button onPress={() => setFinding("")}>{t("returns.findPurchase")}</Button>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.returns.length === 0 ? (
          <Empty icon={<Undo2 aria-hidden size={32} />}>
            {t(isFiltered ? "returns.nothing" : "returns.empty")}
          </Empty>
        ) : (
          <ReturnTable
            returns={data?.returns ?? []}
            onOpen={({ id, of }) => (of.kind === "mail" ? setMail(id) : setTicket(of.ticket))}
          />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {mail !== null && (
        <MailReturnSheet
          id={mail}
          onChanged={reload}
          onFind={(number) => {
            setMail(null);
            setFinding(number);
          }}
          onClose={() => setMail(null)}
        />
      )}
      {ticket !== null && <TicketSheet row={ticket} onClose={() => setTicket(null)} />}
      {finding !== null && <PurchasesSheet search={finding} onClose={() => setFinding(null)} />}
    </>
  );
}

function ReturnTable({
  returns,
  onOpen,
}: {
  readonly returns: readonly ReturnRow[];
  readonly onOpen: (row: ReturnRow) => void;
}) {
  return (
    <Table
      label={t("nav.returns")}
      columns={[
        { title: t("returns.number") },
        { title: t("returns.way") },
        { title: t("returns.when") },
        { title: t("tickets.store") },
        { title: t("returns.who") },
        { title: t("tickets.pieces"), align: "right" },
        { title: t("returns.amount"), align: "right" },
      ]}
    >
      {returns.map((row) => (
        <Row key={row.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(row)}
              aria-label={t("returns.open", { number: numberOf(row) })}
              className="figures whitespace-nowrap font-medium text-brand hover:underline"
            >
              {numberOf(row)}
            </button>
          </Cell>
          <Cell>{row.of.kind === "mail" ? <ReturnState state={row.of.state} /> : t("returns.atTill")}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={row.at} />
          </Cell>
          <Cell>{row.store === "" ? t("common.none") : row.store}</Cell>
          <Cell>
            {row.of.kind === "mail"
              ? t("returns.boughtAs", { channel: row.of.channel, number: row.of.number })
              : row.of.staff}
          </Cell>
          <Cell align="right">{numberText(row.pieces)}</Cell>
          <Cell align="right" className="whitespace-nowrap font-medium">
            {row.amount === null ? t("common.none") : amountText(row.amount)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function numberOf({ of }: ReturnRow): string {
  return of.kind === "mail" ? of.externalId : of.ticket.number;
}

import { FileDown } from "lucide-react";
import { useEffect, useState } from "react";
import { idOf, type OrderId } from "#domain/ids.ts";
import type { ReportTicketsAnswer } from "#protocol/hq/reports.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { addressOf } from "../use-route.ts";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";
import { figureText } from "./report-figure.ts";
import type { BehindFigure } from "./report-table.tsx";

/** The tickets behind a figure, page after page; what all of them add up to is the figure. */
export function ReportTicketsSheet({
  report,
  behind: { name, query },
  onOrder,
  onClose,
}: {
  readonly report: string;
  readonly behind: BehindFigure;
  readonly onOrder: (id: OrderId) => void;
  readonly onClose: () => void;
}) {
  const { reports } = useApi();
  const [pages, setPages] = useState<readonly ReportTicketsAnswer[]>([]);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    let isWanted = true;
    void reports.tickets(report, query, null).then((answer) => {
      if (!isWanted) return;
      if (answer.ok) setPages([answer.value]);
      setProblem(answer.ok ? null : answer.reason);
    });
    return () => {
      isWanted = false;
    };
  }, [reports, report, query]);
  const [first, last] = [pages[0], pages.at(-1)];
  async function more(after: string): Promise<void> {
    const answer = await reports.tickets(report, query, after);
    if (answer.ok) setPages([...pages, answer.value]);
    setProblem(answer.ok ? null : answer.reason);
  }
  return (
    <Sheet title={t("reports.tickets", { name })} closeLabel={t("common.close")} isWide onClose={onClose}>
      <ProblemNote problem={problem} />
      {first !== undefined && (
        <>
          <p className="mb-3 text-soft">{countText(first)}</p>
          <TicketRows first={first} tickets={pages.flatMap(({ tickets }) => tickets)} onOrder={onOrder} />
          {last !== undefined && last.next !== null && (
            <div className="mt-4 text-center">
              <Button onPress={() => more(last.next ?? "")}>{t("common.more")}</Button>
            </div>
          )}
        </>
      )}
    </Sheet>
  );
}

type Behind = ReportTicketsAnswer["tickets"][number];

/** Online orders that were sent stand among tickets: then the list is one of both. */
function kindOf({ tickets }: ReportTicketsAnswer): Behind["kind"] {
  return tickets.find(({ kind }) => kind !== "ticket")?.kind ?? "ticket";
}

function countText(first: ReportTicketsAnswer): string {
  const kind = kindOf(first);
  return kind === "ticket"
    ? tCount("reports.tickets.count", first.count)
    : tCount(`reports.behind.${kind}.count`, first.count);
}

function TicketRows({
  first,
  tickets,
  onOrder,
}: {
  readonly first: ReportTicketsAnswer;
  readonly onOrder: (id: OrderId) => void;
  readonly tickets: ReportTicketsAnswer["tickets"];
}) {
  const { columns, figures, currency } = first;
  const shown = (of: readonly (number | null)[]) =>
    columns.map(({ name, kind }, at) => (
      <Cell key={name} align="right" className="whitespace-nowrap">
        {figureText(kind, of[at] ?? null, currency)}
      </Cell>
    ));
  return (
    <Table
      label={t("reports.behind.label")}
      columns={[
        { title: t(`reports.behind.${kindOf(first)}`) },
        { title: t("tickets.store") },
        { title: t("reports.behind.at") },
        ...columns.map(({ title }) => ({ title, align: "right" as const })),
      ]}
    >
      <Row className="bg-sunken font-semibold">
        <Cell>{t("reports.tickets.sum")}</Cell>
        <Cell>{""}</Cell>
        <Cell>{""}</Cell>
        {shown(figures)}
      </Row>
      {tickets.map((ticket) => (
        <Row key={`${ticket.at} ${ticket.store} ${ticket.id}`}>
          <Cell>
            <BehindLink behind={ticket} onOrder={onOrder} />
          </Cell>
          <Cell>{ticket.store}</Cell>
          <Cell className="figures whitespace-nowrap">{dateTimeText(ticket.at)}</Cell>
          {shown(ticket.figures)}
        </Row>
      ))}
    </Table>
  );
}

/** Leads to what a figure is made of: the receipt of a ticket, an order, the day of a till, a customer. */
function BehindLink({
  behind: { kind, id, number, store, day },
  onOrder,
}: {
  readonly behind: Behind;
  readonly onOrder: (id: OrderId) => void;
}) {
  const look = "inline-flex min-h-10 items-center font-medium text-brand underline-offset-2 hover:underline";
  switch (kind) {
    case "ticket":
      return <ReceiptButton id={id} number={number} />;
    case "order":
      return (
        <button type="button" className={look} onClick={() => onOrder(idOf<"Order">(id))}>
          {number}
        </button>
      );
    case "shift":
      return (
        <a className={look} href={addressOf("shifts", { store, day })}>
          {t("reports.behind.till", { number })}
        </a>
      );
    case "level":
      return (
        <a className={look} href={addressOf("stock", { level: `${store} ${id}` })}>
          {number}
        </a>
      );
    case "customer":
      return (
        <a className={look} href={addressOf("customers", { customer: id })}>
          {number === "" ? t("reports.behind.noName") : number}
        </a>
      );
  }
}

function ReceiptButton({ id, number }: { readonly id: string; readonly number: string }) {
  const api = useApi();
  const [isWrong, setWrong] = useState(false);
  async function save(): Promise<void> {
    const answer = await api.ticketPdf(idOf<"Ticket">(id), "receipt");
    setWrong(!answer.ok);
    if (answer.ok) download(answer.value, `receipt-${number}.pdf`);
  }
  return (
    <Button
      look="quiet"
      className="figures -ml-3 whitespace-nowrap px-3 font-medium text-brand"
      aria-label={t("reports.tickets.receipt", { number })}
      onPress={() => save()}
    >
      {number}
      <FileDown aria-hidden size={16} />
      {isWrong && <span role="alert">{t("problem.unreachable")}</span>}
    </Button>
  );
}

import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { t } from "../translate.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { changeText, figureText } from "./report-figure.ts";

/** What a figure leads to: the tickets, orders, drawers or customers that it is made of. */
export interface BehindFigure {
  readonly name: string;
  readonly query: string;
}

/** The rows of a report and their totals; each figure leads to its tickets. */
export function ReportTable({
  answer,
  addressOfTickets,
  mayOpen,
}: {
  readonly answer: ReportAnswer;
  readonly addressOfTickets: (behind: BehindFigure) => string;
  /** Whether whoever looks may see what figures are made of. */
  readonly mayOpen: boolean;
}) {
  const isCompared = answer.compared !== null;
  const currencies = new Set(answer.rows.map(({ currency }) => currency));
  const place = answer.columns.findIndex(({ name }) => name === answer.main);
  const beside = isCompared ? [{ title: t("reports.before") }, { title: t("reports.change") }] : [];
  const rows = [
    ...answer.rows.map((row) => ({ ...row, isTotal: false })),
    ...answer.totals.map((row) => ({ ...row, key: "", name: t("reports.total"), isTotal: true })),
  ];
  return (
    <Table
      label={answer.title}
      columns={[
        { title: answer.byTitle },
        ...(currencies.size > 1 ? [{ title: t("reports.currency") }] : []),
        ...[...answer.columns, ...beside].map(({ title }) => ({ title, align: "right" as const })),
      ]}
    >
      {rows.map((row) => (
        <Row
          key={`${row.isTotal} ${row.currency} ${row.key}`}
          className={row.isTotal ? "bg-sunken font-semibold" : ""}
        >
          <Cell className={`max-w-80 truncate whitespace-nowrap ${row.isTotal ? "" : "font-medium"}`}>
            {row.name}
          </Cell>
          {currencies.size > 1 && <Cell>{row.currency}</Cell>}
          {answer.columns.map(({ name, title, kind }, at) => {
            const text = figureText(kind, row.figures[at] ?? null, row.currency);
            const isLink = mayOpen && kind !== "rate" && (row.figures[at] ?? 0) !== 0;
            return (
              <Cell key={name} align="right" className="whitespace-nowrap">
                {isLink ? (
                  <a
                    href={addressOfTickets({ name: row.name, query: row.tickets })}
                    aria-label={t("reports.tickets.open", { column: title, name: row.name, figure: text })}
                    className="inline-flex min-h-10 items-center text-brand underline-offset-2 hover:underline"
                  >
                    {text}
                  </a>
                ) : (
                  text
                )}
              </Cell>
            );
          })}
          {isCompared && (
            <>
              <Cell align="right" className="whitespace-nowrap text-soft">
                {figureText(
                  answer.columns[place]?.kind ?? "amount",
                  row.before?.[place] ?? null,
                  row.currency,
                )}
              </Cell>
              <Cell align="right" className="whitespace-nowrap">
                {changeText(row.figures[place] ?? null, row.before?.[place] ?? null)}
              </Cell>
            </>
          )}
        </Row>
      ))}
    </Table>
  );
}

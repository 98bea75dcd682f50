import { HandCoins } from "lucide-react";
import { useCallback, useState } from "react";
import { ok } from "#domain/result.ts";
import type { CommissionRow } from "#protocol/hq/staff.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { download } from "./download.ts";
import { usePeriod } from "./period.ts";
import { PeriodFields } from "./period-fields.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StaffTabs } from "./staff-tabs.tsx";

const REFRESH_MS = 15_000;
const USUAL_DAYS = 30;

/** What each colleague sold, what of it came back, and what is left for commission. */
export function CommissionPage() {
  const { staff } = useApi();
  const { period, asked, change } = usePeriod(USUAL_DAYS);
  const { data, problem } = usePolled(
    useCallback(
      () =>
        asked === null ? Promise.resolve(ok({ colleagues: [] as CommissionRow[] })) : staff.commission(asked),
      [staff, asked],
    ),
    REFRESH_MS,
  );
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  async function save(): Promise<void> {
    if (asked === null) return;
    const file = await staff.csv("commission", asked);
    setFailed(file.ok ? null : file.reason);
    if (file.ok) download(file.value, `commission-${asked.from}-${asked.until}.csv`);
  }
  return (
    <>
      <PageTitle title={t("nav.commission")}>
        <StaffTabs page="commission" />
      </PageTitle>
      <PeriodFields period={period} isWrong={asked === null} onChange={change}>
        <Button className="ml-auto" isDisabled={asked === null} onPress={() => save()}>
          {t("period.csv")}
        </Button>
      </PeriodFields>
      <ProblemNote problem={problem ?? failed} />
      <p className="mb-4 text-soft">{t("commission.lead")}</p>
      <Panel>
        {data?.colleagues.length === 0 ? (
          <Empty icon={<HandCoins aria-hidden size={32} />}>{t("commission.empty")}</Empty>
        ) : (
          <CommissionTable rows={data?.colleagues ?? []} />
        )}
      </Panel>
    </>
  );
}

function CommissionTable({ rows }: { readonly rows: readonly CommissionRow[] }) {
  return (
    <Table
      label={t("nav.commission")}
      columns={[
        { title: t("clock.colleague") },
        { title: t("commission.pieces"), align: "right" },
        { title: t("commission.back"), align: "right" },
        { title: t("commission.sold"), align: "right" },
        { title: t("commission.returned"), align: "right" },
        { title: t("commission.total"), align: "right" },
        { title: t("commission.net"), align: "right" },
      ]}
    >
      {rows.map((row) => (
        <Row key={`${row.staff} ${row.total.currency}`}>
          <Cell className="font-medium">{row.staff === null ? t("commission.nobody") : row.staffName}</Cell>
          <Cell align="right">{numberText(row.pieces)}</Cell>
          <Cell align="right">{numberText(row.returnedPieces)}</Cell>
          <Cell align="right">{amountText(row.sold)}</Cell>
          <Cell align="right">{amountText(row.returned)}</Cell>
          <Cell align="right" className="font-semibold">
            {amountText(row.total)}
          </Cell>
          <Cell align="right">{amountText(row.net)}</Cell>
        </Row>
      ))}
    </Table>
  );
}

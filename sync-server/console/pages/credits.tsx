import { TicketCheck } from "lucide-react";
import { useCallback, useState } from "react";
import { VALUE_KINDS, type ValueKind } from "#domain/value/credit-code.ts";
import type { CreditRow } from "#protocol/hq/credits.ts";
import { amountText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";
import { CreditSheet } from "./credit-sheet.tsx";
import { CreditBadge } from "./credit-state.tsx";
import { GiftCardCodesSheet } from "./gift-card-codes-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const STEP = 50;
const MAX_SHOWN = 200;

/** What the shop owes to whoever has a code. */
export function CreditsPage() {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState<ValueKind | null>(null);
  const [isMakingCodes, setMakingCodes] = useState(false);
  const [limit, setLimit] = useState(STEP);
  const [opened, setOpened] = useState<CreditRow["id"] | null>(null);
  const asked = useSettled(search);
  const { data, problem, reload } = usePolled(
    useCallback(() => api.credits({ kind, search: asked, limit }), [api, kind, asked, limit]),
    REFRESH_MS,
  );
  const shown = data?.credits.find(({ id }) => id === opened);

  return (
    <>
      <PageTitle title={t("credits.title")}>
        {data !== null && <span className="figures text-soft">{tCount("credits.count", data.total)}</span>}
        <input
          type="search"
          aria-label={t("credits.search")}
          placeholder={t("credits.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="min-h-10 w-72 rounded-xl border border-line bg-surface px-3.5"
        />
        <Select
          label={t("credits.kinds")}
          value={kind ?? "all"}
          choices={(["all", ...VALUE_KINDS] as const).map((value) => ({
            value,
            text: t(`credits.kind.${value}`),
          }))}
          onChange={(chosen) => setKind(VALUE_KINDS.find((each) => each === chosen) ?? null)}
        />
        <May right="value.adjust">
          <Button onPress={() => setMakingCodes(true)}>{t("credits.codes")}</Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.credits.length === 0 ? (
          <Empty icon={<TicketCheck aria-hidden size={32} />}>
            {t(search === "" && kind === null ? "credits.empty" : "credits.nothing")}
          </Empty>
        ) : (
          <CreditTable credits={data?.credits ?? []} onOpen={setOpened} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {shown !== undefined && (
        <CreditSheet credit={shown} onChanged={reload} onClose={() => setOpened(null)} />
      )}
      {isMakingCodes && <GiftCardCodesSheet onClose={() => setMakingCodes(false)} />}
    </>
  );
}

function CreditTable({
  credits,
  onOpen,
}: {
  readonly credits: readonly CreditRow[];
  readonly onOpen: (id: CreditRow["id"]) => void;
}) {
  return (
    <Table
      label={t("credits.title")}
      columns={[
        { title: t("credits.code") },
        { title: t("credits.kind") },
        { title: t("credits.state") },
        { title: t("credits.since") },
        { title: t("credits.issued"), align: "right" },
        { title: t("credits.spent"), align: "right" },
        { title: t("credits.balance"), align: "right" },
      ]}
    >
      {credits.map((credit) => (
        <Row key={credit.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(credit.id)}
              aria-label={t(credit.kind === "giftCard" ? "credits.openGiftCard" : "credits.open", {
                tail: credit.tail,
              })}
              className="figures whitespace-nowrap font-medium text-brand hover:underline"
            >
              …{credit.tail}
            </button>
          </Cell>
          <Cell className="whitespace-nowrap">{t(`credits.kind.${credit.kind}`)}</Cell>
          <Cell>
            <CreditBadge state={credit.state} />
          </Cell>
          <Cell className="whitespace-nowrap text-soft">
            {credit.issuedAt === null ? "" : <When at={credit.issuedAt} />}
          </Cell>
          <Cell align="right" className="whitespace-nowrap">
            {amountText(credit.issued)}
          </Cell>
          <Cell align="right" className="whitespace-nowrap">
            {amountText(credit.spent)}
          </Cell>
          <Cell align="right" className="whitespace-nowrap font-medium">
            {amountText(credit.balance)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

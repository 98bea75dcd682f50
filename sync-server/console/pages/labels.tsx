import { Tag } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { instant } from "#domain/ids.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { StoreRow } from "#protocol/hq/console.ts";
import type { PriceChangesAnswer } from "#protocol/hq/prices.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { download } from "./download.ts";
import { Pager } from "./pager.tsx";
import { PricesTabs } from "./prices-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 30_000;
const DAY_MS = 86_400_000;
/** Labels of so many changes are printed at once. */
const PAGE = 500;
/** Where an article is known by its number alone (GS1 Digital Link). */
const GS1_LINK = "https://id.gs1.org/01/{gtin}";

type Change = PriceChangesAnswer["changes"][number];

interface LabelsDraft {
  readonly store: string;
  readonly from: string;
  readonly until: string;
  readonly link: string;
  readonly more: string;
}

/** Labels for the shelves: of what changes between two moments, and of whatever else is named. */
export function LabelsPage() {
  const api = useApi();
  const stores = useAskedOnce(api.stores).known?.stores ?? [];
  const [draft, setDraft] = useState<LabelsDraft>(EMPTY);
  const [offset, setOffset] = useState(0);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [trouble, setTrouble] = useState<ApiProblem | null>(null);
  const store = draft.store === "" ? (stores[0]?.code ?? "") : draft.store;
  useEffect(() => {
    void api.prices.lists().then((known) => {
      const zone = known.ok ? known.value.lists[0]?.timeZone : undefined;
      setDraft((draft) => (draft.from === "" ? { ...draft, ...nextDay(zone ?? "UTC") } : draft));
    });
  }, [api]);
  const { from, until } = draft;
  const { data, isStale, problem } = usePolled(
    useCallback(
      () =>
        store === "" || from === "" || until === ""
          ? Promise.resolve({ ok: true as const, value: NONE })
          : api.prices.changes({ store, from, until, offset, limit: PAGE }),
      [api, store, from, until, offset],
    ),
    REFRESH_MS,
  );
  const changes = data?.changes ?? [];
  const skus = [
    ...changes.map(({ sku }) => sku).filter((sku) => !left.has(sku)),
    ...draft.more
      .split(",")
      .map((text) => text.trim())
      .filter((text) => text !== ""),
  ];
  async function print(): Promise<void> {
    const link = draft.link.trim();
    const answer = await api.prices.labels({ store, at: until, skus, ...(link === "" ? {} : { link }) });
    setTrouble(answer.ok ? null : answer.reason);
    if (answer.ok) download(answer.value, `labels-${store}-${until.slice(0, 10)}.pdf`);
  }
  return (
    <>
      <PageTitle title={t("labels.title")}>
        <PricesTabs page="labels" />
      </PageTitle>
      <ProblemNote problem={trouble ?? problem} />
      <Panel className="mb-4 p-5">
        <LabelFields
          draft={{ ...draft, store }}
          stores={stores}
          onChange={(changed) => {
            // What is typed while the first moments are still being asked for must not put them back to nothing.
            setDraft((draft) => ({ ...draft, ...changed }));
            setOffset(0);
          }}
        />
        <div className="mt-4 flex items-center justify-end gap-4">
          <span className="text-soft">{data !== null && tCount("labels.total", data.total)}</span>
          <Button
            look="primary"
            isDisabled={isStale || skus.length === 0 || store === "" || until === ""}
            onPress={() => print()}
          >
            {tCount("labels.print", skus.length)}
          </Button>
        </div>
      </Panel>
      <Panel>
        {changes.length === 0 ? (
          <Empty icon={<Tag aria-hidden size={36} />}>{t("labels.empty")}</Empty>
        ) : (
          <Changes changes={changes} left={left} onLeft={setLeft} />
        )}
      </Panel>
      {data !== null && <Pager offset={offset} total={data.total} size={PAGE} onMove={setOffset} />}
    </>
  );
}

const EMPTY: LabelsDraft = { store: "", from: "", until: "", link: GS1_LINK, more: "" };
const NONE: PriceChangesAnswer = { changes: [], total: 0 };

/** From now until this time tomorrow, by the clocks of this time zone. */
function nextDay(timeZone: string): Pick<LabelsDraft, "from" | "until"> {
  const now = Date.now();
  const clock = (at: number) => localTimeOf({ at: instant(at), timeZone });
  return { from: clock(now), until: clock(now + DAY_MS) };
}

function LabelFields({
  draft,
  stores,
  onChange,
}: {
  readonly draft: LabelsDraft;
  readonly stores: readonly StoreRow[];
  readonly onChange: (changes: Partial<LabelsDraft>) => void;
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
      <LabelledSelect
        label={t("labels.store")}
        value={draft.store}
        choices={stores.map(({ code, name }) => ({ value: code, text: name }))}
        onChange={(store) => onChange({ store })}
      />
      <TextField
        label={t("labels.from")}
        type="datetime-local"
        value={draft.from}
        onChange={(from) => onChange({ from })}
      />
      <TextField
        label={t("labels.until")}
        type="datetime-local"
        value={draft.until}
        onChange={(until) => onChange({ until })}
      />
      <TextField
        label={t("labels.link")}
        hint={t("labels.link.hint")}
        value={draft.link}
        onChange={(link) => onChange({ link })}
      />
      <TextField
        label={t("labels.more")}
        hint={t("labels.more.hint")}
        value={draft.more}
        onChange={(more) => onChange({ more })}
      />
    </div>
  );
}

function Changes({
  changes,
  left,
  onLeft,
}: {
  readonly changes: readonly Change[];
  readonly left: ReadonlySet<string>;
  readonly onLeft: (left: ReadonlySet<string>) => void;
}) {
  const isAll = changes.every(({ sku }) => !left.has(sku));
  return (
    <>
      <div className="px-5 pt-2">
        <Check
          label={t("labels.all")}
          checked={isAll}
          onChange={(all) => onLeft(new Set(all ? [] : changes.map(({ sku }) => sku)))}
        />
      </div>
      <Table
        label={t("labels.title")}
        columns={[
          { title: "" },
          { title: t("prices.article") },
          { title: t("labels.before"), align: "right" },
          { title: t("labels.after"), align: "right" },
          { title: t("prices.compareAt"), align: "right" },
        ]}
      >
        {changes.map(({ sku, name, before, after, compareAt, lowest30 }) => (
          <Row key={sku}>
            <Cell>
              <input
                type="checkbox"
                aria-label={t("labels.pick", { name })}
                checked={!left.has(sku)}
                onChange={(event) => {
                  const next = new Set(left);
                  if (event.target.checked) next.delete(sku);
                  else next.add(sku);
                  onLeft(next);
                }}
                className="size-5 accent-brand"
              />
            </Cell>
            <Cell>
              <span className="font-medium">{name}</span>{" "}
              <span className="figures text-[13px] text-soft">{sku}</span>
            </Cell>
            <Cell align="right" className="figures text-soft">
              {before === null ? t("common.none") : amountText(before)}
            </Cell>
            <Cell align="right" className="figures font-medium">
              {amountText(after)}
            </Cell>
            <Cell align="right" className="figures">
              {compareAt === null ? t("common.none") : amountText(compareAt)}
              {lowest30 !== null && (
                <span className="block text-[13px] text-soft">
                  {t("prices.lowest30", { price: amountText(lowest30) })}
                </span>
              )}
            </Cell>
          </Row>
        ))}
      </Table>
    </>
  );
}

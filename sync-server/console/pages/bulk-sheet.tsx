import { useState } from "react";
import { ok } from "#domain/result.ts";
import type { BulkAnswer, BulkRequest, PriceListsAnswer } from "#protocol/hq/prices.ts";
import type { Answer } from "../ask.ts";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { useNewest } from "../use-newest.ts";
import { OnTills } from "./on-tills.tsx";
import { type BulkDraft, bulkRequestOf, ROUNDINGS } from "./price-draft.ts";
import { Complaint, useSaving } from "./save-row.tsx";

const SHOWN = 12;

type Lists = PriceListsAnswer["lists"];

/** Many prices changed by one rule: first what would come of it, then done. */
export function BulkSheet({
  lists,
  onChanged,
  onClose,
}: {
  readonly lists: Lists;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { prices, returns } = useApi();
  const categories = useAskedOnce(returns.categories).known?.categories ?? [];
  const [draft, setDraft] = useState<BulkDraft | null>(() => firstDraft(lists));
  const [told, setTold] = useState<{ readonly answer: BulkAnswer; readonly of: BulkRequest } | null>(null);
  const saving = useSaving();
  const newest = useNewest();
  if (draft === null) return null;
  const currency = lists.find(({ id }) => id === draft.from)?.currency;
  const request = currency === undefined ? null : bulkRequestOf(draft, currency, true);
  const isBusy = saving.state === "busy";

  async function look(wish: BulkRequest): Promise<Answer<unknown>> {
    const isWanted = newest.ask();
    const answer = await prices.bulk(wish);
    // What was looked at is not what would be done now.
    if (!isWanted()) return ok(null);
    setTold(answer.ok ? { answer: answer.value, of: wish } : null);
    return answer;
  }

  /** What was not answered can be pressed again: it is done as it was looked at, or not at all. */
  async function apply(wish: BulkRequest, { seen }: BulkAnswer): Promise<Answer<unknown>> {
    const answer = await prices.bulk({ ...wish, dryRun: false, seen });
    if (answer.ok) onChanged();
    if (answer.ok) setTold({ answer: answer.value, of: wish });
    else if (answer.reason.kind === "refused") setTold(null);
    return answer;
  }

  return (
    <Sheet title={t("bulk.title")} closeLabel={t("common.close")} onClose={onClose}>
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (request !== null) saving.save(() => look(request));
        }}
      >
        <BulkFields
          draft={draft}
          lists={lists}
          categories={categories}
          onChange={(changes) => {
            setDraft({ ...draft, ...changes });
            setTold(null);
            newest.forget();
            saving.forget();
          }}
        />
        <div className="col-span-full flex items-center justify-end gap-3">
          {request === null && <p className="text-soft">{t("bulk.wrong")}</p>}
          <Complaint saving={saving} />
          <Button type="submit" isDisabled={request === null || isBusy}>
            {t("bulk.preview")}
          </Button>
          {told?.answer.dryRun === true && told.answer.changed > 0 && (
            <Button
              look="primary"
              isDisabled={isBusy}
              onPress={() => saving.save(() => apply(told.of, told.answer))}
            >
              {tCount("bulk.apply", told.answer.changed)}
            </Button>
          )}
        </div>
      </form>
      {told !== null && <Told told={told.answer} feed={`prices:${told.of.to ?? told.of.from}`} />}
    </Sheet>
  );
}

function firstDraft(lists: Lists): BulkDraft | null {
  const most = lists.toSorted((a, b) => b.prices - a.prices)[0];
  if (most === undefined) return null;
  return {
    from: most.id,
    to: most.id,
    category: "",
    search: "",
    kind: "percent",
    by: "",
    rounding: "none",
    begins: "",
    ends: "",
    asReduction: false,
  };
}

function BulkFields({
  draft,
  lists,
  categories,
  onChange,
}: {
  readonly draft: BulkDraft;
  readonly lists: Lists;
  readonly categories: readonly string[];
  readonly onChange: (changes: Partial<BulkDraft>) => void;
}) {
  const listChoices = lists.map(({ id, name }) => ({ value: id, text: name }));
  const zone = lists.find(({ id }) => id === draft.to)?.timeZone ?? "";
  return (
    <>
      <LabelledSelect
        label={t("bulk.from")}
        value={draft.from}
        choices={listChoices}
        onChange={(from) => onChange({ from })}
      />
      <LabelledSelect
        label={t("bulk.to")}
        value={draft.to}
        choices={listChoices}
        onChange={(to) => onChange({ to })}
      />
      <LabelledSelect
        label={t("bulk.category")}
        value={draft.category}
        choices={[
          { value: "", text: t("bulk.allCategories") },
          ...categories.map((each) => ({ value: each, text: each })),
        ]}
        onChange={(category) => onChange({ category })}
      />
      <TextField label={t("bulk.search")} value={draft.search} onChange={(search) => onChange({ search })} />
      <LabelledSelect
        label={t("bulk.kind")}
        value={draft.kind}
        choices={(["percent", "amount"] as const).map((value) => ({ value, text: t(`bulk.kind.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <TextField
        label={t("bulk.by")}
        hint={t("bulk.by.hint")}
        value={draft.by}
        onChange={(by) => onChange({ by })}
      />
      <TextField
        label={t("prices.from")}
        hint={t("prices.from.hint", { zone })}
        type="datetime-local"
        value={draft.begins}
        onChange={(begins) => onChange({ begins })}
      />
      <TextField
        label={t("prices.to")}
        hint={t("prices.to.hint")}
        type="datetime-local"
        value={draft.ends}
        onChange={(ends) => onChange({ ends })}
      />
      <LabelledSelect
        label={t("bulk.rounding")}
        value={draft.rounding}
        choices={ROUNDINGS.map((value) => ({ value, text: t(`bulk.rounding.${value}`) }))}
        onChange={(rounding) => onChange({ rounding })}
      />
      <Check
        label={t("bulk.asReduction")}
        checked={draft.asReduction}
        onChange={(asReduction) => onChange({ asReduction })}
      />
    </>
  );
}

function Told({ told, feed }: { readonly told: BulkAnswer; readonly feed: string }) {
  const words = told.dryRun
    ? told.changed === 0
      ? t("bulk.nothing")
      : t("bulk.samples", { count: numberText(Math.min(SHOWN, told.samples.length)) })
    : tCount("bulk.done", told.changed);
  return (
    <div className="mt-5">
      <p role="status" className="mb-2 font-medium">
        {words}
      </p>
      {told.seq !== null && told.changed > 0 && <OnTills key={told.seq} feed={feed} seq={told.seq} />}
      {told.belowCost > 0 && <p className="mb-2 text-warn">{tCount("bulk.belowCost", told.belowCost)}</p>}
      {told.samples.length > 0 && (
        <Table
          label={t("bulk.preview")}
          columns={[
            { title: t("prices.article") },
            { title: t("bulk.before"), align: "right" },
            { title: t("bulk.after"), align: "right" },
            { title: "" },
          ]}
        >
          {told.samples.slice(0, SHOWN).map(({ sku, name, from, to, belowCost }) => (
            <Row key={sku}>
              <Cell>
                {name} <span className="figures text-[13px] text-soft">{sku}</span>
              </Cell>
              <Cell align="right" className="figures text-soft">
                {amountText(from)}
              </Cell>
              <Cell align="right" className="figures font-medium">
                {amountText(to)}
              </Cell>
              <Cell>{belowCost && <Badge tone="warn">{t("bulk.isBelowCost")}</Badge>}</Cell>
            </Row>
          ))}
        </Table>
      )}
    </div>
  );
}

import { Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { idOf, type PriceListId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { type BulkEditAnswer, type BulkEditWish, PRODUCT_STATUSES } from "#protocol/hq/catalogue.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { OnceIds } from "../once-ids.ts";
import { RepeatedQuestion } from "../repeated-question.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import type { Choice } from "../ui/select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useNewest } from "../use-newest.ts";
import { canBeTakenBack, isUnderWay } from "./bulk-edit-state.ts";
import {
  BULK_FIELDS,
  type BulkField,
  bulkChangeOf,
  type CatalogueBulkDraft,
} from "./catalogue-bulk-draft.ts";
import { statusText } from "./catalogue-columns.tsx";
import { statusName } from "./facet-menu.tsx";
import { OnTills } from "./on-tills.tsx";
import { ROUNDINGS } from "./price-draft.ts";
import { ProblemNote } from "./problem-note.tsx";

const LOOK_AGAIN_MS = 300;
const FIRST: CatalogueBulkDraft = {
  field: "status",
  value: "draft",
  kind: "percent",
  rounding: "none",
  asReduction: false,
};

interface BulkAsk {
  readonly which: BulkEditWish["which"];
  readonly count: number;
  readonly list: PriceListId | null;
  readonly currency: Currency | null;
  readonly taxClasses: readonly Choice[];
}

/** Many products changed alike: first how many would be and some of them, then done, slice by slice. */
export function CatalogueBulkSheet({
  onChanged,
  onClose,
  ...ask
}: BulkAsk & { readonly onChanged: () => void; readonly onClose: () => void }) {
  const { catalogue } = useApi();
  const [draft, setDraft] = useState(FIRST);
  const { told, problem, look, begin, takeBack, forget } = useBulkEdit(onChanged);
  const change = bulkChangeOf(draft, ask);
  const isRunning = told !== null && isUnderWay(told);
  const isLookedAt = told?.state === "done" && told.dryRun;

  function close() {
    if (told !== null && isRunning && told.dryRun) void catalogue.stopBulk(told.id);
    onClose();
  }

  return (
    <Sheet title={t("catalogue.bulk.title")} closeLabel={t("common.close")} onClose={close}>
      <p className="mb-4 text-soft">{tCount("catalogue.selected", ask.count)}</p>
      <ProblemNote problem={problem} />
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (change !== null) void look({ dryRun: true, which: ask.which, change });
        }}
      >
        <Fields
          draft={draft}
          taxClasses={ask.taxClasses}
          onDraft={(next) => {
            setDraft(next);
            forget();
          }}
        />
        <div className="col-span-full flex items-center justify-end gap-3">
          {told?.state === "running" && (
            <Button onPress={() => catalogue.stopBulk(told.id)}>{t("catalogue.bulk.stop")}</Button>
          )}
          {told !== null && canBeTakenBack(told) && (
            <Button onPress={() => takeBack(told.id)}>
              <Undo2 aria-hidden size={18} />
              {t("catalogue.bulk.undo")}
            </Button>
          )}
          <Button type="submit" isDisabled={change === null || isRunning}>
            {t("catalogue.bulk.preview")}
          </Button>
          {isLookedAt && told.changed > 0 && change !== null && (
            <Button look="primary" onPress={() => begin({ dryRun: false, which: ask.which, change })}>
              {tCount("catalogue.bulk.apply", told.changed)}
            </Button>
          )}
        </div>
      </form>
      {told !== null && (
        <Told told={told} feed={draft.field === "price" ? `prices:${ask.list}` : "catalog"} />
      )}
    </Sheet>
  );
}

/** Begins a change and looks again and again how far it is. */
function useBulkEdit(onChanged: () => void) {
  const { catalogue } = useApi();
  const newest = useNewest();
  // Done twice, a percentage would be taken off twice.
  const [ids] = useState(() => new OnceIds());
  const [told, setTold] = useState<BulkEditAnswer | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isRunning = told !== null && isUnderWay(told);
  const id = told?.id ?? null;
  useEffect(() => {
    if (!isRunning || id === null) return;
    const question = new RepeatedQuestion(
      () => catalogue.bulkProgress(id),
      (answer) => {
        setProblem(answer.ok ? null : answer.reason);
        if (!answer.ok) return;
        setTold((before) => (before?.id === id ? answer.value : before));
        if (!isUnderWay(answer.value) && !answer.value.dryRun) onChanged();
      },
    );
    // On a slow line one question waits for the one before it.
    const timer = window.setInterval(() => question.passed(), LOOK_AGAIN_MS);
    return () => {
      question.end();
      window.clearInterval(timer);
    };
  }, [catalogue, id, isRunning, onChanged]);
  return {
    told,
    problem,
    /** Another change is wanted: what was only looked at is of no use any more, what is being done is followed all the same. */
    forget() {
      newest.forget();
      setTold((now) => (now !== null && !now.dryRun && isUnderWay(now) ? now : null));
    },
    takeBack: (id: string) =>
      catalogue.undoBulk(id).then((answer) => {
        setProblem(answer.ok ? null : answer.reason);
        if (answer.ok) setTold(answer.value);
      }),
    async look(wish: BulkEditWish): Promise<void> {
      const isWanted = newest.ask();
      const answer = await catalogue.bulk(wish);
      if (!isWanted()) {
        if (answer.ok) void catalogue.stopBulk(answer.value.id);
        return;
      }
      setProblem(answer.ok ? null : answer.reason);
      setTold(answer.ok ? answer.value : null);
    },
    /** What was not answered can be pressed again as it was looked at, and is done once. */
    async begin(wish: BulkEditWish): Promise<void> {
      // A look that is on its way would take the place of what is being done.
      newest.forget();
      const answer = await ids.ask([JSON.stringify(wish)], (own) =>
        catalogue.bulk({ ...wish, id: idOf<"BulkEdit">(own) }),
      );
      setProblem(answer.ok ? null : answer.reason);
      if (answer.ok) setTold(answer.value);
      else if (answer.reason.kind === "refused") setTold(null);
    },
  };
}

function Fields({
  draft,
  taxClasses,
  onDraft,
}: {
  readonly draft: CatalogueBulkDraft;
  readonly taxClasses: readonly Choice[];
  readonly onDraft: (draft: CatalogueBulkDraft) => void;
}) {
  const { field, value } = draft;
  const to = (text: string) => onDraft({ ...draft, value: text });
  const choices =
    field === "status"
      ? PRODUCT_STATUSES.map((each) => ({ value: each, text: statusText(each) }))
      : field === "taxClass"
        ? taxClasses
        : null;
  return (
    <>
      <LabelledSelect
        label={t("catalogue.bulk.field")}
        value={field}
        choices={BULK_FIELDS.map((each) => ({ value: each, text: fieldText(each) }))}
        onChange={(next) =>
          onDraft({
            ...FIRST,
            field: next,
            value: next === "status" ? FIRST.value : next === "taxClass" ? (taxClasses[0]?.value ?? "") : "",
          })
        }
      />
      {choices === null ? (
        <TextField
          label={t(field === "price" ? "bulk.by" : "catalogue.bulk.to")}
          hint={
            field === "price"
              ? t("bulk.by.hint")
              : field === "addTags" || field === "removeTags"
                ? t("catalogue.bulk.tags.hint")
                : null
          }
          value={value}
          onChange={to}
        />
      ) : (
        <LabelledSelect label={t("catalogue.bulk.to")} value={value} choices={choices} onChange={to} />
      )}
      {field === "price" && (
        <>
          <LabelledSelect
            label={t("bulk.kind")}
            value={draft.kind}
            choices={(["percent", "amount"] as const).map((each) => ({
              value: each,
              text: t(`bulk.kind.${each}`),
            }))}
            onChange={(kind) => onDraft({ ...draft, kind })}
          />
          <LabelledSelect
            label={t("bulk.rounding")}
            value={draft.rounding}
            choices={ROUNDINGS.map((each) => ({ value: each, text: t(`bulk.rounding.${each}`) }))}
            onChange={(rounding) => onDraft({ ...draft, rounding })}
          />
          <Check
            label={t("bulk.asReduction")}
            checked={draft.asReduction}
            onChange={(asReduction) => onDraft({ ...draft, asReduction })}
          />
        </>
      )}
    </>
  );
}

function fieldText(field: BulkField): string {
  return field === "addTags" || field === "removeTags"
    ? t(`catalogue.bulk.${field}`)
    : t(`catalogue.column.${field}`);
}

function Told({ told, feed }: { readonly told: BulkEditAnswer; readonly feed: string }) {
  const { state, dryRun, looked, total, changed, unchanged, belowCost, examples, trouble, undo } = told;
  return (
    <div className="mt-5">
      {state === "running" && (
        <div className="mb-3">
          <progress
            aria-label={t("catalogue.bulk.title")}
            max={Math.max(1, total)}
            value={looked}
            className="h-2.5 w-full accent-brand"
          />
          <p className="figures text-soft text-sm">
            {t("catalogue.bulk.progress", { looked: numberText(looked), total: numberText(total) })}
          </p>
        </div>
      )}
      <p role="status" className="mb-2 font-medium">
        {state !== "running" && tCount(dryRun ? "catalogue.bulk.would" : "catalogue.bulk.done", changed)}{" "}
        {state === "stopped" && t("catalogue.bulk.stopped")}
      </p>
      {canBeTakenBack(told) && <OnTills key={told.id} feed={feed} />}
      {undo !== null && (
        <p role="status" className="mb-2 font-medium">
          {undo.state === "running"
            ? t("catalogue.bulk.undoing")
            : t("catalogue.bulk.undone", { undone: numberText(undo.undone), kept: numberText(undo.kept) })}
        </p>
      )}
      {trouble !== "" && (
        <p role="alert" className="mb-2 text-danger">
          {trouble}
        </p>
      )}
      {unchanged > 0 && <p className="mb-2 text-soft">{tCount("catalogue.bulk.unchanged", unchanged)}</p>}
      {belowCost > 0 && <p className="mb-2 text-warn">{tCount("bulk.belowCost", belowCost)}</p>}
      {examples.length > 0 && (
        <Table
          label={t("catalogue.bulk.preview")}
          columns={[
            { title: t("catalogue.column.title") },
            { title: t("bulk.before") },
            { title: t("bulk.after") },
          ]}
        >
          {examples.map(({ sku, name, field, before, after }) => (
            <Row key={`${sku} ${field}`}>
              <Cell>
                {name} <span className="figures text-[13px] text-soft">{sku}</span>
              </Cell>
              <Cell className="text-soft">{field === "status" ? statusName(before) : before}</Cell>
              <Cell className="font-medium">{field === "status" ? statusName(after) : after}</Cell>
            </Row>
          ))}
        </Table>
      )}
    </div>
  );
}

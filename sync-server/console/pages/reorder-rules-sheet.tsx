import { Pencil, X } from "lucide-react";
import { useCallback, useState } from "react";
import type { PutReorderRule, ReorderRuleRow } from "#protocol/hq/replenish.ts";
import { numberText } from "../format.ts";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { FindField } from "../ui/find-field.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { type RuleDraft, ruleOf } from "./replenish-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

const REFRESH_MS = 30_000;
const PAGE_SIZE = 20;
const KINDS = ["category", "article"] as const;
const EMPTY: RuleDraft = {
  kind: "category",
  category: "",
  sku: "",
  store: "",
  reorderPoint: "",
  target: "",
  pack: "1",
};

interface Chain {
  readonly stores: readonly { readonly code: string; readonly name: string }[];
  readonly categories: readonly string[];
}

/** When categories and articles are ordered anew: the rules that there are, and a form for one. */
export function ReorderRulesSheet({
  begin,
  onChanged,
  onClose,
  ...chain
}: Chain & {
  /** What the form begins with. */
  readonly begin: Partial<RuleDraft>;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { replenish } = useApi();
  const mayEdit = useMay("stock.edit");
  const [search, setSearch] = useState("");
  const [offset, setOffset] = useState(0);
  const [draft, setDraft] = useState<RuleDraft>({ ...EMPTY, ...begin });
  const [removed, setRemoved] = useState<PutReorderRule | null>(null);
  const saving = useSaving();
  const asked = useSettled(search.trim());
  const { data, problem, reload } = usePolled(
    useCallback(
      () => replenish.rules({ search: asked, offset, limit: PAGE_SIZE }),
      [replenish, asked, offset],
    ),
    REFRESH_MS,
  );
  /** `back`: what brings back a rule that this takes away. */
  const put = (rule: PutReorderRule, back: PutReorderRule | null = null) =>
    saving.save(async () => {
      const answer = await replenish.putRule(rule);
      if (answer.ok) {
        setRemoved(back);
        reload();
        onChanged();
      }
      return answer;
    });
  const change = (next: RuleDraft) => {
    setDraft(next);
    setRemoved(null);
    saving.forget();
  };
  const save = () => {
    const rule = ruleOf(draft);
    if (rule === null) saving.complain(t("rule.wrong"));
    else put(rule);
  };

  return (
    <Sheet title={t("rule.title")} closeLabel={t("common.close")} isWide onClose={onClose}>
      <p className="mb-4 text-soft">{t("rule.hint")}</p>
      {mayEdit && (
        <form
          className="mb-6 grid items-end gap-4 sm:grid-cols-3"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <RuleFields {...chain} draft={draft} onChange={change} />
          {removed !== null && (
            <p role="status" className="col-span-full flex items-center justify-end gap-3">
              {t("rule.removed")}
              <Button isDisabled={saving.state === "busy"} onPress={() => put(removed)}>
                {t("rule.undo")}
              </Button>
            </p>
          )}
          <SaveRow
            saving={saving}
            done={removed === null ? t("rule.saved") : ""}
            label={t("rule.save")}
            right="stock.edit"
          />
        </form>
      )}
      <FindField
        label={t("rule.search")}
        className="mb-3 w-72 max-w-full"
        value={search}
        onChange={(text) => {
          setSearch(text);
          setOffset(0);
        }}
      />
      <ProblemNote problem={problem} />
      {data?.total === 0 ? (
        <p className="py-6 text-center text-soft">{t("rule.none")}</p>
      ) : (
        <Rules
          rules={data?.rules ?? []}
          mayEdit={mayEdit}
          isBusy={saving.state === "busy"}
          onEdit={(rule) => change(draftOf(rule))}
          onRemove={({ subject, store, reorderPoint, target, pack }) =>
            put({ subject, store, rule: null }, { subject, store, rule: { reorderPoint, target, pack } })
          }
        />
      )}
      {data !== null && <Pager offset={offset} total={data.total} size={PAGE_SIZE} onMove={setOffset} />}
    </Sheet>
  );
}

function RuleFields({
  draft,
  stores,
  categories,
  onChange,
}: Chain & { readonly draft: RuleDraft; readonly onChange: (draft: RuleDraft) => void }) {
  const [first = ""] = categories;
  const category = draft.category === "" ? first : draft.category;
  const set = (changes: Partial<RuleDraft>) => onChange({ ...draft, category, ...changes });
  return (
    <>
      <LabelledSelect
        label={t("rule.subject")}
        value={draft.kind}
        choices={KINDS.map((value) => ({ value, text: t(`rule.kind.${value}`) }))}
        onChange={(kind) => set({ kind })}
      />
      {draft.kind === "category" ? (
        <LabelledSelect
          label={t("rule.kind.category")}
          value={category}
          choices={categories.map((each) => ({ value: each, text: each }))}
          onChange={(each) => set({ category: each })}
        />
      ) : (
        <TextField label={t("rule.sku")} value={draft.sku} onChange={(sku) => set({ sku })} />
      )}
      <LabelledSelect
        label={t("rule.store")}
        value={draft.store}
        choices={[
          { value: "", text: t("common.allStores") },
          ...stores.map(({ code, name }) => ({ value: code, text: `${code} · ${name}` })),
        ]}
        onChange={(store) => set({ store })}
      />
      <TextField
        label={t("replenish.point")}
        value={draft.reorderPoint}
        onChange={(reorderPoint) => set({ reorderPoint })}
      />
      <TextField label={t("replenish.target")} value={draft.target} onChange={(target) => set({ target })} />
      <TextField label={t("replenish.pack")} value={draft.pack} onChange={(pack) => set({ pack })} />
    </>
  );
}

function Rules({
  rules,
  mayEdit,
  isBusy,
  onEdit,
  onRemove,
}: {
  readonly rules: readonly ReorderRuleRow[];
  readonly mayEdit: boolean;
  /** A rule is being saved or taken away. */
  readonly isBusy: boolean;
  readonly onEdit: (rule: ReorderRuleRow) => void;
  readonly onRemove: (rule: ReorderRuleRow) => void;
}) {
  const right = { align: "right" as const };
  return (
    <Table
      label={t("rule.title")}
      columns={[
        { title: t("rule.subject") },
        { title: t("rule.store") },
        { title: t("replenish.point"), ...right },
        { title: t("replenish.target"), ...right },
        { title: t("replenish.pack"), ...right },
        { title: t("rule.change"), ...right },
      ]}
    >
      {rules.map((rule) => {
        const { subject, store, name } = rule;
        const words = { subject: name, store: store ?? t("common.allStores") };
        return (
          <Row key={`${subject.kind} ${subject.kind === "article" ? subject.sku : name} ${store}`}>
            <Cell>
              {name}
              <span className="block text-soft text-sm">
                {subject.kind === "article" ? subject.sku : t("rule.kind.category")}
              </span>
            </Cell>
            <Cell>{words.store}</Cell>
            <Cell align="right">{numberText(rule.reorderPoint)}</Cell>
            <Cell align="right">{numberText(rule.target)}</Cell>
            <Cell align="right">{numberText(rule.pack)}</Cell>
            <Cell align="right" className="whitespace-nowrap">
              {mayEdit && (
                <>
                  <Button
                    look="quiet"
                    aria-label={t("rule.edit", words)}
                    onPress={() => onEdit(rule)}
                    className="px-2.5"
                  >
                    <Pencil aria-hidden size={18} />
                  </Button>
                  <Button
                    look="quiet"
                    aria-label={t("rule.remove", words)}
                    isDisabled={isBusy}
                    onPress={() => onRemove(rule)}
                    className="px-2.5"
                  >
                    <X aria-hidden size={18} />
                  </Button>
                </>
              )}
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}

function draftOf({ subject, store, reorderPoint, target, pack }: ReorderRuleRow): RuleDraft {
  return {
    kind: subject.kind,
    category: subject.kind === "category" ? subject.category : "",
    sku: subject.kind === "article" ? subject.sku : "",
    store: store ?? "",
    reorderPoint: String(reorderPoint),
    target: String(target),
    pack: String(pack),
  };
}

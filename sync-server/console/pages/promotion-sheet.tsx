import { useState } from "react";
import type { VariantId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { Answer } from "../ask.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { type ArticleNames, GoodsPicker } from "./goods-picker.tsx";
import { PromotionCoupons } from "./promotion-coupons.tsx";
import {
  ALL_GOODS,
  hasFields,
  PROMOTION_KINDS,
  type PromotionDraft,
  promotionOf,
} from "./promotion-draft.ts";
import { ruleText } from "./promotion-words.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

interface Terms {
  readonly currency: Currency;
  readonly timeZone: string;
  readonly categories: readonly string[];
  readonly names: ArticleNames;
}

interface FieldsProps extends Omit<Terms, "timeZone"> {
  readonly draft: PromotionDraft;
  readonly onNamed: (variant: VariantId, name: string) => void;
  readonly onChange: (changes: Partial<PromotionDraft>) => void;
}

/** Makes a promotion, or changes one. */
export function PromotionSheet({
  first,
  terms,
  onSave,
  onClose,
}: {
  readonly first: PromotionDraft;
  readonly terms: Terms;
  readonly onSave: (promotion: Promotion) => Promise<Answer<unknown>>;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState(first);
  const [names, setNames] = useState(terms.names);
  const saving = useSaving();
  const change = (changes: Partial<PromotionDraft>): void => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };

  function save(): void {
    const typed = promotionOf(draft, terms);
    if (typed.ok) saving.save(() => onSave(typed.value));
    else saving.complain(t("policy.wrong", { field: t(`promotions.${typed.reason}`) }));
  }

  return (
    <Sheet
      title={first.name === "" ? t("promotions.new") : first.name}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Head draft={draft} timeZone={terms.timeZone} onChange={change} />
        <div className="col-span-full space-y-4">
          <RuleFields
            draft={draft}
            currency={terms.currency}
            categories={terms.categories}
            names={names}
            onNamed={(variant, name) => setNames(new Map([...names, [variant, name]]))}
            onChange={change}
          />
        </div>
        <PromotionCoupons
          promotion={first.id}
          when={draft.before.when}
          saved={first.before.when?.coupon}
          onChange={(when) => {
            const { when: _, ...before } = draft.before;
            change({ before: when === undefined ? before : { ...before, when } });
          }}
        />
        <SaveRow saving={saving} done={t("promotions.saved")} />
      </form>
    </Sheet>
  );
}

function Head({
  draft,
  timeZone,
  onChange,
}: Pick<FieldsProps, "draft" | "onChange"> & { readonly timeZone: string }) {
  return (
    <>
      <div className="col-span-full">
        <TextField
          label={t("promotions.name")}
          hint={t("promotions.name.hint")}
          value={draft.name}
          onChange={(name) => onChange({ name })}
        />
      </div>
      <TextField
        label={t("promotions.from")}
        hint={timeZone}
        type="datetime-local"
        value={draft.from}
        onChange={(from) => onChange({ from })}
      />
      <TextField
        label={t("promotions.until")}
        hint={t("promotions.until.hint")}
        type="datetime-local"
        value={draft.until}
        onChange={(until) => onChange({ until })}
      />
      <TextField
        label={t("promotions.priority")}
        hint={t("promotions.priority.hint")}
        value={draft.priority}
        onChange={(priority) => onChange({ priority })}
      />
      {hasFields(draft.kind) && (
        <LabelledSelect
          label={t("promotions.kind")}
          value={draft.kind}
          choices={PROMOTION_KINDS.map((value) => ({ value, text: t(`promotions.kind.${value}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
      )}
    </>
  );
}

function RuleFields(props: FieldsProps) {
  const { draft, onChange } = props;
  if (!hasFields(draft.kind))
    return <p>{draft.before.rule === null ? null : ruleText({ rule: draft.before.rule })}</p>;
  if (draft.kind === "bundle") return <BundleFields {...props} />;
  return (
    <>
      <GoodsPicker
        goods={draft.goods}
        categories={props.categories}
        names={props.names}
        onNamed={props.onNamed}
        onChange={(goods) => onChange({ goods })}
      />
      {draft.kind === "piecesFor" ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("promotions.size")}
            value={draft.size}
            onChange={(size) => onChange({ size })}
          />
          <TextField
            label={t("promotions.pays")}
            hint={t("promotions.pays.hint")}
            value={draft.pays}
            onChange={(pays) => onChange({ pays })}
          />
        </div>
      ) : (
        <FromValueFields {...props} />
      )}
    </>
  );
}

function FromValueFields({ draft, currency, onChange }: FieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <TextField
        label={t("promotions.leastIn", { currency })}
        hint={t("promotions.least.hint")}
        value={draft.least}
        onChange={(least) => onChange({ least })}
      />
      <LabelledSelect
        label={t("promotions.off")}
        value={draft.off}
        choices={[
          { value: "percent", text: t("promotions.off.percent") },
          { value: "amount", text: t("promotions.off.amount") },
        ]}
        onChange={(off) => onChange({ off })}
      />
      {draft.off === "percent" ? (
        <TextField
          label={t("promotions.percent")}
          value={draft.percent}
          onChange={(percent) => onChange({ percent })}
        />
      ) : (
        <TextField
          label={t("promotions.amountIn", { currency })}
          value={draft.amount}
          onChange={(amount) => onChange({ amount })}
        />
      )}
    </div>
  );
}

function BundleFields({ draft, currency, categories, names, onNamed, onChange }: FieldsProps) {
  const { components } = draft;
  return (
    <>
      {components.map((component, place) => (
        <fieldset
          // Components have no names of their own: their place is what tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={place}
          className="space-y-3 rounded-xl border border-line px-4 pt-2 pb-4"
        >
          <legend className="px-1 font-medium text-sm">
            {t("promotions.component", { place: place + 1 })}
          </legend>
          <GoodsPicker
            goods={component.goods}
            categories={categories}
            names={names}
            onNamed={onNamed}
            onChange={(goods) => onChange({ components: components.with(place, { ...component, goods }) })}
          />
          <div className="flex flex-wrap items-end gap-3">
            <TextField
              label={t("promotions.each")}
              value={component.each}
              onChange={(each) => onChange({ components: components.with(place, { ...component, each }) })}
            />
            {components.length > 1 && (
              <Button
                look="quietDanger"
                onPress={() => onChange({ components: components.toSpliced(place, 1) })}
              >
                {t("promotions.removeComponent")}
              </Button>
            )}
          </div>
        </fieldset>
      ))}
      <Button onPress={() => onChange({ components: [...components, { goods: ALL_GOODS, each: "1" }] })}>
        {t("promotions.addComponent")}
      </Button>
      <TextField
        label={t("promotions.priceIn", { currency })}
        value={draft.price}
        onChange={(price) => onChange({ price })}
      />
    </>
  );
}

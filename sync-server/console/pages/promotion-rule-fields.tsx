import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { GoodsPicker } from "./goods-picker.tsx";
import type { PromotionFieldsProps } from "./promotion-fields.ts";
import { OffFields, StepFields } from "./promotion-off-fields.tsx";
import { ALL_GOODS } from "./promotion-rule-draft.ts";

const NEEDS = ["pieces", "value"] as const;

/** What a promotion does, in the fields of its kind. */
export function PromotionRuleFields(props: PromotionFieldsProps) {
  const { draft, categories, names, wrongAt, onNamed, onChange } = props;
  if (draft.kind === "bundle") return <BundleFields {...props} />;
  return (
    <>
      <GoodsPicker
        goods={draft.goods}
        wrong={wrongAt("goods")}
        categories={categories}
        names={names}
        onNamed={onNamed}
        onChange={(goods) => onChange({ goods })}
      />
      <KindFields {...props} />
    </>
  );
}

function KindFields(props: PromotionFieldsProps) {
  const { draft, currency, wrongAt, onChange } = props;
  switch (draft.kind) {
    case "eachPiece":
      return (
        <OffFields
          draft={draft}
          currency={currency}
          isForPieces
          wrongAt={wrongAt}
          onChange={(off) => onChange(off)}
        />
      );
    case "fromValue":
      return (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Least {...props} />
          <OffFields draft={draft} currency={currency} wrongAt={wrongAt} onChange={(off) => onChange(off)} />
        </div>
      );
    case "tiers":
      return <StepFields {...props} />;
    case "piecesFor":
      return <PiecesForFields {...props} />;
    case "gift":
      return <GiftFields {...props} />;
    case "freeShipping":
      return <Least {...props} />;
    case "bundle":
      return null;
  }
}

function Least({ draft, currency, wrongAt, onChange }: PromotionFieldsProps) {
  return (
    <TextField
      label={t("promotions.leastIn", { currency })}
      hint={draft.kind === "gift" ? null : t("promotions.least.hint")}
      wrong={wrongAt("least")}
      value={draft.least}
      onChange={(least) => onChange({ least })}
    />
  );
}

function PiecesForFields({ draft, wrongAt, onChange }: PromotionFieldsProps) {
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextField
        label={t("promotions.size")}
        wrong={wrongAt("size")}
        value={draft.size}
        onChange={(size) => onChange({ size })}
      />
      <TextField
        label={t("promotions.pays")}
        hint={t("promotions.pays.hint")}
        wrong={wrongAt("pays")}
        value={draft.pays}
        onChange={(pays) => onChange({ pays })}
      />
      <TextField
        label={t("promotions.share")}
        hint={t("promotions.share.hint")}
        wrong={wrongAt("share")}
        value={draft.share}
        onChange={(share) => onChange({ share })}
      />
    </div>
  );
}

function GiftFields(props: PromotionFieldsProps) {
  const { draft, categories, names, wrongAt, onNamed, onChange } = props;
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <LabelledSelect
          label={t("promotions.needs")}
          value={draft.needs}
          choices={NEEDS.map((value) => ({ value, text: t(`promotions.needs.${value}`) }))}
          onChange={(needs) => onChange({ needs })}
        />
        {draft.needs === "pieces" ? (
          <TextField
            label={t("promotions.pieces")}
            wrong={wrongAt("pieces")}
            value={draft.pieces}
            onChange={(pieces) => onChange({ pieces })}
          />
        ) : (
          <Least {...props} />
        )}
      </div>
      <GoodsPicker
        label={t("promotions.gift")}
        wrong={wrongAt("gift")}
        goods={draft.gift}
        categories={categories}
        names={names}
        onNamed={onNamed}
        onChange={(gift) => onChange({ gift })}
      />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <TextField
          label={t("promotions.free")}
          wrong={wrongAt("free")}
          value={draft.free}
          onChange={(free) => onChange({ free })}
        />
        <Check
          label={t("promotions.perEach")}
          checked={draft.perEach}
          onChange={(perEach) => onChange({ perEach })}
        />
      </div>
    </>
  );
}

function BundleFields({
  draft,
  currency,
  categories,
  names,
  wrongAt,
  onNamed,
  onChange,
}: PromotionFieldsProps) {
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
            wrong={wrongAt("goods")}
            categories={categories}
            names={names}
            onNamed={onNamed}
            onChange={(goods) => onChange({ components: components.with(place, { ...component, goods }) })}
          />
          <div className="flex flex-wrap items-end gap-3">
            <TextField
              label={t("promotions.each")}
              wrong={wrongAt("each")}
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
        wrong={wrongAt("price")}
        value={draft.price}
        onChange={(price) => onChange({ price })}
      />
    </>
  );
}

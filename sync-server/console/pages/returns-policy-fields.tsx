import { GOODS_CONDITIONS } from "#domain/returns/goods.ts";
import { REFUND_WAYS } from "#domain/returns/policy.ts";
import { PROMOTIONS_ON_RETURN } from "#domain/returns/repricing.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { OrderedList } from "../ui/ordered-list.tsx";
import { TextField } from "../ui/text-field.tsx";
import { CategoryFields } from "./category-fields.tsx";
import { ORDERED_WORDS } from "./ordered-words.ts";
import type { ReturnsDraft } from "./returns-policy-draft.ts";

const STRICTNESS = ["refuse", "manager"] as const;

interface FieldsProps {
  readonly draft: ReturnsDraft;
  readonly onChange: (changes: Partial<ReturnsDraft>) => void;
}

/** Everything that a returns policy says, to be typed. */
export function ReturnsPolicyFields({
  draft,
  currency,
  categories,
  onChange,
}: FieldsProps & { readonly currency: string; readonly categories: readonly string[] }) {
  return (
    <>
      <Windows draft={draft} categories={categories} onChange={onChange} />
      <Money draft={draft} currency={currency} onChange={onChange} />
      <Exceptions draft={draft} onChange={onChange} />
      <WithoutReceipt draft={draft} currency={currency} onChange={onChange} />
    </>
  );
}

function Windows({ draft, categories, onChange }: FieldsProps & { readonly categories: readonly string[] }) {
  return (
    <FieldGroup title={t("returnsPolicy.windows")}>
      <TextField
        label={t("returnsPolicy.windowDays")}
        hint={t("returnsPolicy.windowDays.hint")}
        value={draft.windowDays}
        onChange={(windowDays) => onChange({ windowDays })}
      />
      <CategoryFields
        words={{
          title: t("returnsPolicy.byCategory"),
          add: t("returnsPolicy.addWindow"),
          hint: t("returnsPolicy.byCategory.hint"),
          choose: t("returnsPolicy.chooseCategory"),
          fieldOf: ({ category }) => t("returnsPolicy.daysOf", { category }),
          remove: ({ category }) => t("returnsPolicy.noWindow", { category }),
        }}
        categories={categories}
        rows={draft.windows}
        first={draft.windowDays}
        typedIn={({ days }) => days}
        rowOf={(category, days) => ({ category, days })}
        onChange={(windows) => onChange({ windows })}
      />
    </FieldGroup>
  );
}

function Money({ draft, currency, onChange }: FieldsProps & { readonly currency: string }) {
  return (
    <FieldGroup title={t("returnsPolicy.money")}>
      <div>
        <p className="mb-1 font-medium text-sm">{t("returnsPolicy.refundTo")}</p>
        <OrderedList
          label={t("returnsPolicy.refundTo")}
          members={draft.refundTo}
          all={REFUND_WAYS}
          nameOf={(way) => t(`refundWay.${way}`)}
          words={ORDERED_WORDS}
          least={1}
          onChange={(refundTo) => onChange({ refundTo })}
        />
      </div>
      <LabelledSelect
        label={t("returnsPolicy.inOrder")}
        value={draft.inOrder ? "strict" : "choice"}
        choices={[
          { value: "strict", text: t("returnsPolicy.inOrder.strict") },
          { value: "choice", text: t("returnsPolicy.inOrder.choice") },
        ]}
        onChange={(value) => onChange({ inOrder: value === "strict" })}
      />
      <LabelledSelect
        label={t("returnsPolicy.promotions")}
        hint={t("returnsPolicy.promotions.hint")}
        value={draft.promotions}
        choices={PROMOTIONS_ON_RETURN.map((value) => ({
          value,
          text: t(`returnsPolicy.promotions.${value}`),
        }))}
        onChange={(promotions) => onChange({ promotions })}
      />
      <TextField
        label={t("returnsPolicy.maxCashIn", { currency })}
        hint={t("returnsPolicy.maxCash.hint")}
        value={draft.maxCash}
        onChange={(maxCash) => onChange({ maxCash })}
      />
      <TextField
        label={t("returnsPolicy.managerAboveIn", { currency })}
        hint={t("returnsPolicy.managerAbove.hint")}
        value={draft.managerAbove}
        onChange={(managerAbove) => onChange({ managerAbove })}
      />
    </FieldGroup>
  );
}

function Exceptions({ draft, onChange }: FieldsProps) {
  const strictness = STRICTNESS.map((value) => ({ value, text: t(`returnsPolicy.strictness.${value}`) }));
  return (
    <FieldGroup title={t("returnsPolicy.exceptions")}>
      <LabelledSelect
        label={t("returnsPolicy.late")}
        value={draft.late}
        choices={strictness}
        onChange={(late) => onChange({ late })}
      />
      <LabelledSelect
        label={t("returnsPolicy.finalSale")}
        value={draft.finalSale}
        choices={strictness}
        onChange={(finalSale) => onChange({ finalSale })}
      />
      <fieldset>
        <legend className="font-medium text-sm">{t("returnsPolicy.managerFor")}</legend>
        {GOODS_CONDITIONS.map((condition) => (
          <Check
            key={condition}
            label={t(`condition.${condition}`)}
            checked={draft.managerFor.includes(condition)}
            onChange={(isOn) =>
              onChange({
                managerFor: GOODS_CONDITIONS.filter((each) =>
                  each === condition ? isOn : draft.managerFor.includes(each),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <TextField
        label={t("returnsPolicy.oldestOfflineDays")}
        hint={t("returnsPolicy.oldestOfflineDays.hint")}
        value={draft.oldestOfflineDays}
        onChange={(oldestOfflineDays) => onChange({ oldestOfflineDays })}
      />
    </FieldGroup>
  );
}

function WithoutReceipt({ draft, currency, onChange }: FieldsProps & { readonly currency: string }) {
  const { isWithoutReceipt } = draft;
  return (
    <FieldGroup title={t("returnsPolicy.withoutReceipt")}>
      <Check
        label={t("returnsPolicy.isWithoutReceipt")}
        checked={isWithoutReceipt}
        onChange={(isOn) => onChange({ isWithoutReceipt: isOn })}
      />
      {isWithoutReceipt && (
        <>
          <TextField
            label={t("returnsPolicy.lowestPriceDays")}
            hint={t("returnsPolicy.lowestPriceDays.hint")}
            value={draft.lowestPriceDays}
            onChange={(lowestPriceDays) => onChange({ lowestPriceDays })}
          />
          <TextField
            label={t("returnsPolicy.mostIn", { currency })}
            hint={t("returnsPolicy.most.hint")}
            value={draft.most}
            onChange={(most) => onChange({ most })}
          />
          <div>
            <Check
              label={t("returnsPolicy.identity")}
              checked={draft.identity}
              onChange={(identity) => onChange({ identity })}
            />
            <Check
              label={t("returnsPolicy.manager")}
              checked={draft.manager}
              onChange={(manager) => onChange({ manager })}
            />
            <Check
              label={t("returnsPolicy.creditOnly")}
              checked={draft.creditOnly}
              onChange={(creditOnly) => onChange({ creditOnly })}
            />
          </div>
        </>
      )}
    </FieldGroup>
  );
}

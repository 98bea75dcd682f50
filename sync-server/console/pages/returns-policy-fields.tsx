import { X } from "lucide-react";
import type { ReactNode } from "react";
import { GOODS_CONDITIONS } from "#domain/returns/goods.ts";
import { REFUND_WAYS } from "#domain/returns/policy.ts";
import { PROMOTIONS_ON_RETURN } from "#domain/returns/repricing.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { OrderedList } from "../ui/ordered-list.tsx";
import { TextField } from "../ui/text-field.tsx";
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
  const { windows } = draft;
  const free = categories.filter((each) => windows.every(({ category }) => category !== each));
  return (
    <Group title={t("returnsPolicy.windows")}>
      <TextField
        label={t("returnsPolicy.windowDays")}
        hint={t("returnsPolicy.windowDays.hint")}
        value={draft.windowDays}
        onChange={(windowDays) => onChange({ windowDays })}
      />
      <div>
        <p className="mb-1 font-medium text-sm">{t("returnsPolicy.byCategory")}</p>
        <ul className="space-y-2">
          {windows.map(({ category, days }, place) => (
            <li key={category} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{category}</span>
              <input
                aria-label={t("returnsPolicy.daysOf", { category })}
                value={days}
                onChange={(event) =>
                  onChange({ windows: windows.with(place, { category, days: event.target.value }) })
                }
                className="figures min-h-10 w-20 rounded-xl border border-line bg-surface px-3"
              />
              <Button
                look="quiet"
                className="px-2.5"
                aria-label={t("returnsPolicy.noWindow", { category })}
                onPress={() => onChange({ windows: windows.toSpliced(place, 1) })}
              >
                <X aria-hidden size={18} />
              </Button>
            </li>
          ))}
        </ul>
        {free.length > 0 && (
          <div className="mt-2">
            <LabelledSelect
              label={t("returnsPolicy.addWindow")}
              hint={t("returnsPolicy.byCategory.hint")}
              value=""
              choices={[{ value: "", text: t("returnsPolicy.chooseCategory") }, ...free.map(asChoice)]}
              onChange={(category) =>
                onChange({ windows: [...windows, { category, days: draft.windowDays }] })
              }
            />
          </div>
        )}
      </div>
    </Group>
  );
}

function asChoice(text: string): { readonly value: string; readonly text: string } {
  return { value: text, text };
}

function Money({ draft, currency, onChange }: FieldsProps & { readonly currency: string }) {
  return (
    <Group title={t("returnsPolicy.money")}>
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
    </Group>
  );
}

function Exceptions({ draft, onChange }: FieldsProps) {
  const strictness = STRICTNESS.map((value) => ({ value, text: t(`returnsPolicy.strictness.${value}`) }));
  return (
    <Group title={t("returnsPolicy.exceptions")}>
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
    </Group>
  );
}

function WithoutReceipt({ draft, currency, onChange }: FieldsProps & { readonly currency: string }) {
  const { isWithoutReceipt } = draft;
  return (
    <Group title={t("returnsPolicy.withoutReceipt")}>
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
    </Group>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="space-y-4">
      <h3 className="border-line border-b pb-1 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

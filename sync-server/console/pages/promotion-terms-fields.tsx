import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { PROMOTION_COMBINATIONS } from "#domain/promotions/promotion.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import { t } from "../translate.ts";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { PromotionFieldsProps } from "./promotion-fields.ts";
import { isCappedPerTicket } from "./promotion-terms-draft.ts";
import { dayText } from "./promotion-words.ts";

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** When, where and for whom a promotion holds. */
export function ConditionFields({
  draft,
  known: { stores, channels, groups },
  wrongAt,
  onChange,
}: Pick<PromotionFieldsProps, "draft" | "wrongAt" | "onChange"> & {
  readonly known: Pick<PromotionsAnswer, "stores" | "channels" | "groups">;
}) {
  return (
    <fieldset className="col-span-full space-y-4 rounded-xl border border-line px-4 pt-2 pb-4">
      <legend className="px-1 font-medium text-sm">{t("promotions.when")}</legend>
      <Some
        label={t("promotions.days")}
        hint={t("promotions.days.hint")}
        all={WEEK.map((day) => ({ id: day, name: dayText(day) }))}
        chosen={draft.days}
        onChange={(days) => onChange({ days })}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label={t("promotions.hoursFrom")}
          hint={t("promotions.hours.hint")}
          wrong={wrongAt("hours")}
          type="time"
          value={draft.hoursFrom}
          onChange={(hoursFrom) => onChange({ hoursFrom })}
        />
        <TextField
          label={t("promotions.hoursUntil")}
          type="time"
          value={draft.hoursUntil}
          onChange={(hoursUntil) => onChange({ hoursUntil })}
        />
      </div>
      <Some
        label={t("promotions.stores")}
        hint={t("promotions.stores.hint")}
        all={stores}
        chosen={draft.stores}
        onChange={(chosen) => onChange({ stores: chosen })}
      />
      <Some
        label={t("promotions.channels")}
        hint={t("promotions.channels.hint")}
        all={channels.map((id) => ({ id, name: id === TILL_CHANNEL ? t("promotions.channel.till") : id }))}
        chosen={draft.channels}
        onChange={(chosen) => onChange({ channels: chosen })}
      />
      {groups.length > 0 && (
        <Some
          label={t("promotions.groups")}
          hint={t("promotions.groups.hint")}
          all={groups}
          chosen={draft.groups}
          onChange={(chosen) => onChange({ groups: chosen })}
        />
      )}
      <Check
        label={t("promotions.firstPurchase")}
        checked={draft.isFirstPurchase}
        onChange={(isFirstPurchase) => onChange({ isFirstPurchase })}
      />
    </fieldset>
  );
}

/** How a promotion goes with others, and how often it is granted. */
export function LimitFields({
  draft,
  wrongAt,
  onChange,
}: Pick<PromotionFieldsProps, "draft" | "wrongAt" | "onChange">) {
  return (
    <fieldset className="col-span-full grid items-start gap-4 rounded-xl border border-line px-4 pt-2 pb-4 sm:grid-cols-2">
      <legend className="px-1 font-medium text-sm">{t("promotions.others")}</legend>
      <LabelledSelect
        label={t("promotions.combines")}
        value={draft.combines}
        choices={PROMOTION_COMBINATIONS.map((value) => ({ value, text: t(`promotions.combines.${value}`) }))}
        onChange={(combines) => onChange({ combines })}
      />
      <TextField
        label={t("promotions.priority")}
        hint={t("promotions.priority.hint")}
        wrong={wrongAt("priority")}
        value={draft.priority}
        onChange={(priority) => onChange({ priority })}
      />
      {isCappedPerTicket(draft.kind) && (
        <TextField
          label={t("promotions.perTicket")}
          hint={t("promotions.perTicket.hint")}
          wrong={wrongAt("perTicket")}
          value={draft.perTicket}
          onChange={(perTicket) => onChange({ perTicket })}
        />
      )}
      <TextField
        label={t("promotions.perCustomer")}
        hint={t("promotions.perCustomer.hint")}
        wrong={wrongAt("perCustomer")}
        value={draft.perCustomer}
        onChange={(perCustomer) => onChange({ perCustomer })}
      />
    </fieldset>
  );
}

/** Some of a few things; none means whichever. */
function Some<Id extends string | number>({
  label,
  hint,
  all,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly all: readonly { readonly id: Id; readonly name: string }[];
  readonly chosen: readonly Id[];
  readonly onChange: (chosen: readonly Id[]) => void;
}) {
  return (
    <fieldset>
      <legend className="font-medium text-sm">
        {label} <span className="font-normal text-soft">{hint}</span>
      </legend>
      <div className="flex max-h-48 flex-wrap gap-x-5 overflow-y-auto">
        {all.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(isChosen) =>
              onChange(isChosen ? [...chosen, id] : chosen.filter((each) => each !== id))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

import { useRef, useState } from "react";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import type { Answer } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { PromotionCodes } from "./promotion-codes.tsx";
import { PromotionCoupons } from "./promotion-coupons.tsx";
import { type PromotionDraft, promotionOf } from "./promotion-draft.ts";
import type { PromotionFieldsProps } from "./promotion-fields.ts";
import { PROMOTION_KINDS } from "./promotion-rule-draft.ts";
import { PromotionRuleFields } from "./promotion-rule-fields.tsx";
import { PromotionSimulator } from "./promotion-simulator.tsx";
import { ConditionFields, LimitFields } from "./promotion-terms-fields.tsx";
import { namesOf, promotionText } from "./promotion-words.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

/** Makes a promotion, or changes one, with a basket beside it to try it. */
export function PromotionSheet({
  first,
  answer,
  categories,
  onSave,
  onClose,
}: {
  readonly first: PromotionDraft;
  readonly answer: PromotionsAnswer;
  readonly categories: readonly string[];
  readonly onSave: (promotion: Promotion) => Promise<Answer<unknown>>;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState(first);
  const [names, setNames] = useState(() => namesOf(answer));
  const [wasAsked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const saving = useSaving();
  const change = (changes: Partial<PromotionDraft>): void => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  const typed = promotionOf(draft, answer);
  const fields: PromotionFieldsProps = {
    draft,
    currency: answer.currency,
    categories,
    names: names.articles,
    wrongAt: (field) =>
      wasAsked && !typed.ok && typed.reason === field ? t(`promotions.wrong.${field}`) : null,
    onNamed: (variant, name) =>
      setNames({ ...names, articles: new Map([...names.articles, [variant, name]]) }),
    onChange: change,
  };

  function save(): void {
    setAsked(true);
    if (typed.ok) saving.save(() => onSave(typed.value));
    else {
      saving.complain(`${t(`promotions.${typed.reason}`)}: ${t(`promotions.wrong.${typed.reason}`)}`);
      // The field says what is wrong with it once it is drawn again.
      window.requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
    }
  }

  return (
    <Sheet
      title={first.name === "" ? t("promotions.new") : first.name}
      closeLabel={t("common.close")}
      isWide
      onClose={onClose}
    >
      <div className="grid gap-6 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <ReadOnlyUnless right="promotions.edit">
          <div className="space-y-4">
            <form
              ref={form}
              className="grid content-start items-start gap-4 sm:grid-cols-2"
              onSubmit={(event) => {
                event.preventDefault();
                save();
              }}
            >
              <Head fields={fields} timeZone={answer.timeZone} />
              <div className="col-span-full space-y-4">
                <PromotionRuleFields {...fields} />
              </div>
              <ConditionFields {...fields} known={answer} />
              <LimitFields {...fields} />
              <PromotionCoupons
                when={draft.coupon === undefined ? undefined : { coupon: draft.coupon }}
                saved={first.coupon}
                wrong={fields.wrongAt("word")}
                onChange={(when) => change({ coupon: when?.coupon })}
              />
              {typed.ok && (
                <p className="col-span-full rounded-xl bg-brand-soft px-4 py-3 text-brand-strong">
                  {promotionText(typed.value, names)}
                </p>
              )}
              <SaveRow right="promotions.edit" saving={saving} done={t("promotions.saved")} />
            </form>
            {first.coupon !== undefined && first.coupon.kind === draft.coupon?.kind && (
              <PromotionCodes promotion={first.id} kind={first.coupon.kind} />
            )}
          </div>
        </ReadOnlyUnless>
        <PromotionSimulator
          draft={typed.ok ? typed.value : null}
          unfinished={
            typed.ok
              ? null
              : t("simulator.unfinished", {
                  field: t(`promotions.${typed.reason}`),
                  wrong: t(`promotions.wrong.${typed.reason}`),
                })
          }
          known={answer}
        />
      </div>
    </Sheet>
  );
}

function Head({
  fields: { draft, wrongAt, onChange },
  timeZone,
}: {
  readonly fields: PromotionFieldsProps;
  readonly timeZone: string;
}) {
  return (
    <>
      <div className="col-span-full">
        <TextField
          label={t("promotions.name")}
          hint={t("promotions.name.hint")}
          wrong={wrongAt("name")}
          value={draft.name}
          onChange={(name) => onChange({ name })}
        />
      </div>
      <TextField
        label={t("promotions.from")}
        hint={t("promotions.from.hint", { timeZone })}
        wrong={wrongAt("from")}
        type="datetime-local"
        value={draft.from}
        onChange={(from) => onChange({ from })}
      />
      <TextField
        label={t("promotions.until")}
        hint={t("promotions.until.hint")}
        wrong={wrongAt("until")}
        type="datetime-local"
        value={draft.until}
        onChange={(until) => onChange({ until })}
      />
      <div className="col-span-full">
        <LabelledSelect
          label={t("promotions.kind")}
          value={draft.kind}
          choices={PROMOTION_KINDS.map((value) => ({ value, text: t(`promotions.kind.${value}`) }))}
          onChange={(kind) => onChange({ kind })}
        />
      </div>
    </>
  );
}

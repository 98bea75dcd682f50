import type { ReactNode } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import { DISPOSITIONS, GOODS_CONDITIONS, RETURN_REASONS } from "#domain/returns/goods.ts";
import type { ReturningView } from "#protocol/till/returns.ts";
import { apart, t } from "../../i18n/translate.ts";
import { rowInFront, useGoods } from "./goods-store.ts";
import { say } from "./return-acts.ts";

/** Why the article in front comes back, in what state, and where it goes: one press each, and the next article comes back for the same reason. */
export function GoodsChoice({ returning }: { readonly returning: ReturningView }) {
  const { last, inFront } = useGoods();
  const row = rowInFront(returning, { inFront });
  const { reason, condition, disposition } = row ?? last;
  const options = row === null ? "" : variantLabel(row.options);
  return (
    <section
      aria-label={t("returns.goods.reason")}
      className="flex flex-col gap-1.5 border-line border-t bg-surface px-3 py-2 xl:gap-2.5 xl:px-4 xl:py-3"
    >
      <p className="font-bold" data-testid="goods-of">
        <bdi className={`block truncate ${row === null ? "text-ink-soft" : ""}`}>
          {row === null
            ? t("returns.goods.next")
            : [row.name, options]
                .filter((part) => part !== "")
                .map(apart)
                .join(" · ")}
        </bdi>
      </p>
      <Choices label={t("returns.goods.reason")} columns="grid-cols-4 2xl:grid-cols-7">
        {RETURN_REASONS.map((each) => (
          <Choice
            key={each}
            words={t(`returns.reason.${each}`)}
            chosen={each === reason}
            onChoose={() => void say({ reason: each })}
          />
        ))}
      </Choices>
      <Choices label={t("returns.goods.condition")} columns="grid-cols-4">
        {GOODS_CONDITIONS.map((each) => (
          <Choice
            key={each}
            words={t(`returns.condition.${each}`)}
            chosen={each === condition}
            onChoose={() => void say({ condition: each })}
          />
        ))}
      </Choices>
      <Choices label={t("returns.goods.disposition")} columns="grid-cols-5">
        {DISPOSITIONS.map((each) => (
          <Choice
            key={each}
            words={t(`returns.disposition.${each}`)}
            chosen={each === disposition}
            onChoose={() => void say({ disposition: each })}
          />
        ))}
      </Choices>
    </section>
  );
}

function Choices({
  label,
  columns,
  children,
}: {
  readonly label: string;
  readonly columns: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[4.75rem_minmax(0,1fr)] items-center gap-2 xl:grid-cols-[6rem_minmax(0,1fr)]">
      <span aria-hidden className="font-semibold text-ink-soft text-sm leading-tight">
        {label}
      </span>
      <fieldset aria-label={label} className={`grid gap-1.5 border-0 p-0 ${columns}`}>
        {children}
      </fieldset>
    </div>
  );
}

function Choice({
  words,
  chosen,
  onChoose,
}: {
  readonly words: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`press min-h-12 rounded-xl border px-1 font-semibold text-[0.875rem] leading-tight xl:text-base ${chosen ? "border-brand bg-brand text-on-brand" : "border-line bg-surface hover:bg-sunken"}`}
    >
      {words}
    </button>
  );
}

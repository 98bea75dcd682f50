import { Minus, Plus } from "lucide-react";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import type { Condition, Counted } from "./pieces.ts";

/** The articles with their counters; one more or one less of each by touch and keyboard. */
export function PieceList({
  all,
  condition,
  onCount,
}: {
  readonly all: readonly Counted[];
  readonly condition: Condition;
  readonly onCount: (article: Counted, by: number) => void;
}) {
  // Of goods that nobody asked for in advance none is out of place.
  const hasExpected = all.some(({ isExtra }) => !isExtra);
  return (
    <ul className="flex flex-col gap-2">
      {all.map((each) => (
        <li
          key={each.variant}
          className="flex items-center gap-3 rounded-2xl border border-line bg-paper px-4 py-2"
        >
          <span className="min-w-0 flex-1">
            <bdi className="line-clamp-2 font-bold leading-tight">{each.name}</bdi>
            <span className="figures block text-ink-soft text-sm">
              {factsOf(each, { hasExpected }).map(apart).join(" · ")}
            </span>
          </span>
          <Button
            aria-label={t("goods.less", { name: each.name })}
            disabled={each[condition] === 0}
            onClick={() => onCount(each, -1)}
            icon={<Minus aria-hidden />}
          />
          <output aria-label={each.name} className="figures min-w-32 text-center font-extrabold text-2xl">
            {each.toDo === null
              ? each.good + each.damaged
              : t("goods.ofExpected", { count: each.good + each.damaged, expected: each.toDo })}
          </output>
          <Button
            aria-label={t("goods.more", { name: each.name })}
            onClick={() => onCount(each, 1)}
            icon={<Plus aria-hidden />}
          />
        </li>
      ))}
    </ul>
  );
}

function factsOf(
  { sku, before, damaged, isExtra }: Counted,
  { hasExpected }: { readonly hasExpected: boolean },
): readonly string[] {
  return [
    sku,
    ...(before > 0 ? [t("goods.there", { count: before })] : []),
    ...(damaged > 0 ? [t("goods.damagedCount", { count: damaged })] : []),
    ...(isExtra && hasExpected ? [t("goods.notExpected")] : []),
  ];
}

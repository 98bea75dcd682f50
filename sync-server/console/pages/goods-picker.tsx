import { X } from "lucide-react";
import type { VariantId } from "#domain/ids.ts";
import type { PromotedGoods } from "#domain/promotions/promotion.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { ArticleSearch } from "./article-search.tsx";

const KINDS = ["all", "categories", "variants"] as const satisfies readonly PromotedGoods["kind"][];

/** What people call articles, by their ids. */
export type ArticleNames = ReadonlyMap<VariantId, string>;

/** Which goods a promotion is about: all, whole categories, or single articles. */
export function GoodsPicker({
  label = t("promotions.goods"),
  wrong = null,
  goods,
  categories,
  names,
  onNamed,
  onChange,
}: {
  readonly label?: string;
  /** What is wrong with what is chosen. */
  readonly wrong?: string | null;
  readonly goods: PromotedGoods;
  readonly categories: readonly string[];
  readonly names: ArticleNames;
  /** An article was chosen whose name is known only now. */
  readonly onNamed: (variant: VariantId, name: string) => void;
  readonly onChange: (goods: PromotedGoods) => void;
}) {
  return (
    <div className="space-y-3">
      <LabelledSelect
        label={label}
        value={goods.kind}
        choices={KINDS.map((value) => ({ value, text: t(`promotions.goods.${value}`) }))}
        onChange={(kind) => onChange(kind === goods.kind ? goods : emptyGoods(kind))}
      />
      {goods.kind === "categories" && (
        <Categories
          chosen={goods.categories}
          categories={categories}
          onChange={(chosen) => onChange({ kind: "categories", categories: chosen })}
        />
      )}
      {goods.kind === "variants" && (
        <Articles
          chosen={goods.variants}
          names={names}
          onAdd={(variant, name) => {
            onNamed(variant, name);
            onChange({ kind: "variants", variants: [...goods.variants, variant] });
          }}
          onRemove={(variant) =>
            onChange({ kind: "variants", variants: goods.variants.filter((each) => each !== variant) })
          }
        />
      )}
      {wrong !== null && <p className="text-danger text-sm">{wrong}</p>}
    </div>
  );
}

function emptyGoods(kind: PromotedGoods["kind"]): PromotedGoods {
  switch (kind) {
    case "all":
      return { kind };
    case "categories":
      return { kind, categories: [] };
    case "variants":
      return { kind, variants: [] };
  }
}

function Categories({
  chosen,
  categories,
  onChange,
}: {
  readonly chosen: readonly string[];
  readonly categories: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const free = categories.filter((each) => !chosen.includes(each));
  return (
    <>
      <Chips
        texts={chosen.map((each) => ({ id: each, text: each }))}
        onRemove={(id) => onChange(chosen.filter((each) => each !== id))}
      />
      {free.length > 0 && (
        <LabelledSelect
          label={t("promotions.addCategory")}
          value=""
          choices={[
            { value: "", text: t("returnsPolicy.chooseCategory") },
            ...free.map((value) => ({ value, text: value })),
          ]}
          onChange={(category) => onChange([...chosen, category])}
        />
      )}
    </>
  );
}

function Articles({
  chosen,
  names,
  onAdd,
  onRemove,
}: {
  readonly chosen: readonly VariantId[];
  readonly names: ArticleNames;
  readonly onAdd: (variant: VariantId, name: string) => void;
  readonly onRemove: (variant: VariantId) => void;
}) {
  return (
    <>
      <Chips
        texts={chosen.map((id) => ({ id, text: names.get(id) ?? id }))}
        onRemove={(id) => {
          const variant = chosen.find((each) => each === id);
          if (variant !== undefined) onRemove(variant);
        }}
      />
      <ArticleSearch label={t("promotions.addArticle")} without={chosen} onChosen={onAdd} />
    </>
  );
}

function Chips({
  texts,
  onRemove,
}: {
  readonly texts: readonly { readonly id: string; readonly text: string }[];
  readonly onRemove: (id: string) => void;
}) {
  if (texts.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {texts.map(({ id, text }) => (
        <li key={id} className="flex items-center rounded-full bg-brand-soft pl-3.5 text-brand-strong">
          {text}
          <Button
            look="quiet"
            className="min-h-9 rounded-full px-2"
            aria-label={t("rules.remove", { rule: text })}
            onPress={() => onRemove(id)}
          >
            <X aria-hidden size={16} />
          </Button>
        </li>
      ))}
    </ul>
  );
}

import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { PricedProductRow, PriceListsAnswer, PriceRow } from "#protocol/hq/prices.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText } from "../format.ts";
import { May, ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { OnTills } from "./on-tills.tsx";
import { emptyPriceDraft, type PriceDraft, priceDraftOf, priceWishOf } from "./price-draft.ts";
import { ProblemNote } from "./problem-note.tsx";
import { ProductExtras } from "./product-extras.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

type List = PriceListsAnswer["lists"][number];
type Variant = PricedProductRow["variants"][number];

const TONES: Readonly<Record<PriceRow["standing"], Tone>> = {
  now: "good",
  planned: "neutral",
  over: "warn",
  covered: "warn",
};

/** All prices of one article, and a form for another. */
export function PriceSheet({
  product,
  sku,
  lists,
  onChanged,
  onClose,
}: {
  readonly product: PricedProductRow;
  readonly sku: string;
  readonly lists: readonly List[];
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const variant = product.variants.find((each) => each.sku === sku);
  const first = lists.find(({ id }) => id === variant?.prices[0]?.list) ?? lists[0];
  const [draft, setDraft] = useState<PriceDraft | null>(
    first === undefined ? null : emptyPriceDraft(first.id),
  );
  if (variant === undefined || draft === null) return null;
  const title = variant.label === "" ? product.title : `${product.title}, ${variant.label}`;
  return (
    <Sheet title={title} closeLabel={t("common.close")} onClose={onClose}>
      <KnownPrices
        variant={variant}
        lists={lists}
        onEdit={(price) => setDraft(priceDraftOf(price))}
        onChanged={onChanged}
      />
      <May right="prices.edit">
        <PriceForm
          variant={variant}
          isWeighed={product.soldBy === "weight"}
          lists={lists}
          draft={draft}
          onDraft={setDraft}
          onSaved={onChanged}
        />
      </May>
      <ReadOnlyUnless right="catalogue.edit">
        <ProductExtras key={product.handle + sku} handle={product.handle} sku={sku} onSaved={onChanged} />
      </ReadOnlyUnless>
    </Sheet>
  );
}

function KnownPrices({
  variant,
  lists,
  onEdit,
  onChanged,
}: {
  readonly variant: Variant;
  readonly lists: readonly List[];
  readonly onEdit: (price: PriceRow) => void;
  readonly onChanged: () => void;
}) {
  const { prices } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [removed, setRemoved] = useState<{ readonly feed: string; readonly seq: number } | null>(null);
  const nameOf = (id: string) => lists.find((each) => each.id === id)?.name ?? id;
  async function remove({ list, validFrom }: PriceRow): Promise<void> {
    const answer = await prices.remove({ sku: variant.sku, list, validFrom });
    setProblem(answer.ok ? null : answer.reason);
    if (!answer.ok) return;
    setRemoved({ feed: `prices:${list}`, seq: answer.value.seq });
    onChanged();
  }
  return (
    <>
      <ProblemNote problem={problem} />
      {removed !== null && (
        <p className="mb-3 flex flex-wrap items-center gap-x-4 rounded-xl bg-brand-soft px-4 py-2">
          <span role="status">{t("prices.removed")}</span>
          <OnTills key={removed.seq} feed={removed.feed} seq={removed.seq} />
        </p>
      )}
      <ul className="mb-6 divide-y divide-line rounded-xl border border-line">
        {variant.prices.map((price) => (
          <li key={`${price.list} ${price.validFrom ?? ""}`} className="flex items-center gap-x-3 px-4 py-2">
            <div className="mr-auto min-w-0">
              <p className="figures">
                <span className="font-semibold">{amountText(price.amount)}</span> · {nameOf(price.list)}
              </p>
              <p className="figures text-[13px] text-soft">{factsOf(price)}</p>
            </div>
            <Badge tone={TONES[price.standing]}>{t(`prices.standing.${price.standing}`)}</Badge>
            <May right="prices.edit">
              <span className="-mr-2 flex">
                <Button
                  look="quiet"
                  className="px-2.5"
                  aria-label={t("prices.editNamed", {
                    price: amountText(price.amount),
                    list: nameOf(price.list),
                  })}
                  onPress={() => onEdit(price)}
                >
                  <Pencil aria-hidden size={17} />
                </Button>
                <Button
                  look="quietDanger"
                  className="px-2.5"
                  aria-label={t("prices.removeNamed", {
                    price: amountText(price.amount),
                    list: nameOf(price.list),
                  })}
                  onPress={() => remove(price)}
                >
                  <Trash2 aria-hidden size={17} />
                </Button>
              </span>
            </May>
          </li>
        ))}
      </ul>
    </>
  );
}

function factsOf({ validFrom, validTo, compareAt, lowest30, tiers }: PriceRow): string {
  const clock = (text: string) => text.replace("T", " ");
  const days =
    validFrom === null && validTo === null ? [] : [`${clock(validFrom ?? "…")} – ${clock(validTo ?? "…")}`];
  return [
    ...days,
    ...(compareAt === null ? [] : [t("prices.before", { price: amountText(compareAt) })]),
    ...(lowest30 === null ? [] : [t("prices.lowest30", { price: amountText(lowest30) })]),
    ...tiers.map(({ from, amount }) => t("prices.tier", { from, price: amountText(amount) })),
  ].join(" · ");
}

function PriceForm({
  variant,
  isWeighed,
  lists,
  draft,
  onDraft,
  onSaved,
}: {
  readonly variant: Variant;
  readonly isWeighed: boolean;
  readonly lists: readonly List[];
  readonly draft: PriceDraft;
  readonly onDraft: (draft: PriceDraft) => void;
  readonly onSaved: () => void;
}) {
  const { prices } = useApi();
  const saving = useSaving();
  const [seq, setSeq] = useState<number | null>(null);
  const list = lists.find(({ id }) => id === draft.list) ?? lists[0];
  const change = (changes: Partial<PriceDraft>): void => {
    onDraft({ ...draft, ...changes });
    saving.forget();
  };
  function save(): void {
    if (list === undefined) return;
    const wish = priceWishOf(draft, { sku: variant.sku, currency: list.currency });
    if (!wish.ok) {
      saving.complain(t(`prices.wrong.${wish.reason}`));
      return;
    }
    saving.save(async () => {
      const answer = await prices.save([wish.value]);
      if (answer.ok) {
        setSeq(answer.value.lists.find((each) => each.list === wish.value.list)?.seq ?? null);
        onSaved();
      }
      return answer;
    });
  }
  return (
    <form
      className="grid gap-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3 className="col-span-full font-semibold">{t("prices.plan")}</h3>
      <LabelledSelect
        label={t("prices.list")}
        value={draft.list}
        choices={lists.map(({ id, name }) => ({ value: id, text: name }))}
        onChange={(id) => change({ list: id })}
      />
      <TextField
        label={`${t("prices.amount")} (${list?.currency ?? ""})`}
        hint={t(isWeighed ? "prices.amount.kg" : "prices.amount.each")}
        value={draft.amount}
        onChange={(amount) => change({ amount })}
      />
      <TextField
        label={t("prices.from")}
        hint={t("prices.from.hint", { zone: list?.timeZone ?? "" })}
        type="datetime-local"
        value={draft.from}
        onChange={(from) => change({ from })}
      />
      <TextField
        label={t("prices.to")}
        hint={t("prices.to.hint")}
        type="datetime-local"
        value={draft.to}
        onChange={(to) => change({ to })}
      />
      <TextField
        label={t("prices.compareAt")}
        hint={t("prices.compareAt.hint")}
        value={draft.compareAt}
        onChange={(compareAt) => change({ compareAt })}
      />
      <TextField
        label={t("prices.tiers")}
        hint={t("prices.tiers.hint")}
        value={draft.tiers}
        onChange={(tiers) => change({ tiers })}
      />
      <SaveRow
        right="prices.edit"
        saving={saving}
        done={t("prices.saved")}
        feed={`prices:${draft.list}`}
        seq={seq}
      />
    </form>
  );
}

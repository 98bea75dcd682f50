import { ScanBarcode } from "lucide-react";
import { useState } from "react";
import type { DeliveryCard } from "#protocol/till/deliveries.ts";
import { useScans } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { articleOfCode, receive } from "./deliveries-store.ts";
import { FindField } from "./find-field.tsx";
import { PieceList } from "./piece-list.tsx";
import {
  type Article,
  asExpected,
  type Condition,
  type Counted,
  counted,
  piecesOf,
  resumed,
  toCount,
} from "./pieces.ts";

/** Goods of one delivery are taken in, piece by piece or all as expected, in one go or in several. */
export function ReceiveSheet({
  card,
  begun,
  onDone,
  onBack,
}: {
  readonly card: DeliveryCard;
  /** What was counted of it before. */
  readonly begun: readonly Counted[];
  readonly onDone: () => void;
  /** It is put aside with what is counted so far. */
  readonly onBack: (all: readonly Counted[]) => void;
}) {
  const [all, setAll] = useState(() => resumed(toCount(card), begun));
  const [condition, setCondition] = useState<Condition>("good");
  const [isAll, setIsAll] = useState(false);
  const [note, setNote] = useState("");
  const count = piecesOf(all);
  const add = (article: Article, by: number): void =>
    setAll((before) => counted(before, article, { by, to: condition }));
  useScans("over", async (code) => {
    const article = await articleOfCode(code);
    if (article !== null) add(article, 1);
  });
  async function finish(): Promise<void> {
    const lines = all.map(({ variant, good, damaged }) => ({ variant, good, damaged }));
    const arrived = lines.filter(({ good, damaged }) => good + damaged > 0);
    const { id: delivery, reference } = card;
    if (await receive({ delivery, lines: arrived, isAll, note }, { reference, count })) onDone();
  }
  return (
    <Sheet
      title={t("goods.receive", { reference: card.reference })}
      closeLabel={t("app.close")}
      onClose={() => onBack(all)}
      width="wide"
      footer={
        <Button
          look="primary"
          size="huge"
          className="w-full"
          disabled={count === 0 && !isAll}
          onClick={() => void finish()}
        >
          {count === 0 && isAll ? t("goods.confirmNone") : t("goods.confirmReceive", { count })}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {card.note === "" ? null : <p className="font-semibold">{card.note}</p>}
        <p className="flex items-center gap-2 text-ink-soft">
          <ScanBarcode aria-hidden size={20} className="shrink-0" />
          {t(card.blind ? "goods.countBlind" : "goods.scanHint")}
        </p>
        <div className="flex flex-wrap items-end gap-3">
          <fieldset aria-label={t("goods.counting")} className="min-w-72 flex-1 border-0 p-0">
            <Segments<Condition>
              segments={[
                { value: "good", words: t("goods.whole") },
                { value: "damaged", words: t("goods.damaged") },
              ]}
              chosen={condition}
              onChoose={setCondition}
            />
          </fieldset>
          {card.blind ? null : (
            <Button size="large" onClick={() => setAll(asExpected)}>
              {t("goods.fill")}
            </Button>
          )}
        </div>
        <PieceList all={all} condition={condition} onCount={add} />
        <FindField onFound={(article) => add(article, 1)} />
        <label className="flex min-h-12 items-center gap-3">
          <input
            type="checkbox"
            checked={isAll}
            onChange={(event) => setIsAll(event.target.checked)}
            className="size-6 accent-brand"
          />
          <span>
            <span className="block font-semibold">{t("goods.isAll")}</span>
            <span className="block text-ink-soft text-sm">{t("goods.isAllHint")}</span>
          </span>
        </label>
        <Field label={t("goods.note")} value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
    </Sheet>
  );
}

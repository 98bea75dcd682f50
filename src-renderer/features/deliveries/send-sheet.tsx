import { ScanBarcode } from "lucide-react";
import { useEffect, useState } from "react";
import { idOf } from "#domain/ids.ts";
import type { DeliveryCard, TransferStores } from "#protocol/till/deliveries.ts";
import { useScans } from "../../app/keyboard.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { articleOfCode, send, storesFor } from "./deliveries-store.ts";
import { FindField } from "./find-field.tsx";
import { PieceList } from "./piece-list.tsx";
import { type Article, asExpected, type Counted, counted, piecesOf, resumed, toCount } from "./pieces.ts";

/** Goods are packed for another store: those that HQ asked for, or, where `card` is null, whatever is scanned. */
export function SendSheet({
  card,
  begun,
  onDone,
  onBack,
}: {
  readonly card: DeliveryCard | null;
  /** What was packed of it before. */
  readonly begun: readonly Counted[];
  readonly onDone: () => void;
  /** It is put aside with what is packed so far. */
  readonly onBack: (all: readonly Counted[]) => void;
}) {
  const [all, setAll] = useState(() => resumed(card === null ? [] : toCount(card), begun));
  const [store, setStore] = useState("");
  const count = piecesOf(all);
  const isNowhere = card === null && store === "";
  const add = (article: Article, by: number): void =>
    setAll((before) => counted(before, article, { by, to: "good" }));
  useScans("over", async (code) => {
    const article = await articleOfCode(code);
    if (article !== null) add(article, 1);
  });
  async function finish(): Promise<void> {
    const lines = all.flatMap(({ variant, good }) => (good > 0 ? [{ variant, pieces: good }] : []));
    const to = card === null ? { store: idOf<"Store">(store) } : { delivery: card.id };
    if (await send(to, lines)) onDone();
  }
  return (
    <Sheet
      title={card === null ? t("goods.start") : t("goods.send", { reference: card.reference })}
      closeLabel={t("app.close")}
      onClose={() => onBack(all)}
      width="wide"
      footer={
        <Button
          look="primary"
          size="huge"
          className="w-full"
          disabled={count === 0 || isNowhere}
          onClick={() => void finish()}
        >
          {count > 0 && isNowhere ? t("goods.chooseStore") : t("goods.confirmSend", { count })}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {card === null || card.note === "" ? null : <p className="font-semibold">{card.note}</p>}
        <p className="flex items-center gap-2 text-ink-soft">
          <ScanBarcode aria-hidden size={20} className="shrink-0" />
          {t(all.length === 0 ? "goods.nothingYet" : "goods.scanHint")}
        </p>
        {card === null ? (
          <StoreChoice of={all[0] ?? null} chosen={store} onChoose={setStore} />
        ) : (
          <Button size="large" onClick={() => setAll(asExpected)}>
            {t("goods.fill")}
          </Button>
        )}
        <PieceList all={all} condition="good" onCount={add} />
        <FindField onFound={(article) => add(article, 1)} />
      </div>
    </Sheet>
  );
}

/** Once the first piece is packed, the server is asked by it where it can go. */
function StoreChoice({
  of,
  chosen,
  onChoose,
}: {
  readonly of: Article | null;
  readonly chosen: string;
  readonly onChoose: (store: string) => void;
}) {
  const [known, setKnown] = useState<TransferStores | null>(null);
  const first = of?.variant ?? null;
  useEffect(() => {
    if (first === null) return;
    let isCurrent = true;
    void storesFor(first).then((stores) => {
      if (isCurrent) setKnown(stores);
    });
    return () => {
      isCurrent = false;
    };
  }, [first]);
  if (known === null) return null;
  if (known.stores.length === 0) return <p className="font-semibold">{t("goods.noStores")}</p>;
  return (
    <>
      <SelectField
        label={t("goods.store")}
        options={[
          { value: "", words: t("goods.chooseStore") },
          ...known.stores.map((each) => ({ value: each.store, words: each.name })),
        ]}
        chosen={chosen}
        onChoose={onChoose}
      />
      {known.hasServer ? null : <p className="text-ink-soft">{t("goods.storesOffline")}</p>}
    </>
  );
}

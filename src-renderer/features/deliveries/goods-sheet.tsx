import { Plus, Printer, Truck } from "lucide-react";
import { useState } from "react";
import type { DeliveryCard, DeliveryItem } from "#protocol/till/deliveries.ts";
import { dayText } from "../../app/format.ts";
import { useScans } from "../../app/keyboard.ts";
import { printersFor } from "../../app/printers.ts";
import { tell, useTill } from "../../app/till.ts";
import { apart, refusalWords, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { deliveryOf, printSlip } from "./deliveries-store.ts";
import type { Counted } from "./pieces.ts";
import { ReceiveSheet } from "./receive-sheet.tsx";
import { SendSheet } from "./send-sheet.tsx";

type Way = DeliveryItem["way"];
const NONE: readonly DeliveryItem[] = [];
/** `started`: a transfer begins here; null: the list. */
type Page = DeliveryCard | "started" | null;

/** Goods that arrive and leave: the list, or the delivery that is received or sent. Whoever steps back to the list finds again what was counted. */
export function GoodsSheet({ onClose }: { readonly onClose: () => void }) {
  const [page, setPage] = useState<Page>(null);
  const [way, setWay] = useState<Way>("in");
  const [begun, setBegun] = useState<Readonly<Record<string, readonly Counted[]>>>({});
  if (page === null) return <GoodsList way={way} onWay={setWay} onOpen={setPage} onClose={onClose} />;
  const name = page === "started" ? page : page.id;
  const putAside = (all: readonly Counted[]): void => {
    setBegun((before) => ({ ...before, [name]: all }));
    setPage(null);
  };
  const act = { begun: begun[name] ?? [], onDone: () => putAside([]), onBack: putAside };
  if (page === "started") return <SendSheet card={null} {...act} />;
  return page.way === "in" ? <ReceiveSheet card={page} {...act} /> : <SendSheet card={page} {...act} />;
}

function GoodsList({
  way,
  onWay,
  onOpen,
  onClose,
}: {
  readonly way: Way;
  readonly onWay: (way: Way) => void;
  readonly onOpen: (page: Page) => void;
  readonly onClose: () => void;
}) {
  const all = useTill((till) => till.deliveries?.deliveries ?? NONE);
  const shown = all.filter((each) => each.way === way);
  // The bar code of the slip that came with the goods.
  useScans("over", (code) => {
    const found = all.find(
      ({ reference, isDue }) => isDue && reference.toUpperCase() === code.trim().toUpperCase(),
    );
    if (found === undefined) tell("refusal", refusalWords("noSuchDelivery"));
    else void deliveryOf(found.id).then(onOpen);
  });
  const dueOf = (of: Way): number => all.filter((each) => each.way === of && each.isDue).length;
  return (
    <Sheet title={t("goods.title")} closeLabel={t("app.close")} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <Segments<Way>
          segments={[
            { value: "in", words: `${t("goods.in")} · ${dueOf("in")}` },
            { value: "out", words: `${t("goods.out")} · ${dueOf("out")}` },
          ]}
          chosen={way}
          onChoose={onWay}
        />
        {way === "out" ? (
          <Button look="primary" size="large" icon={<Plus aria-hidden />} onClick={() => onOpen("started")}>
            {t("goods.start")}
          </Button>
        ) : null}
        {shown.length === 0 ? (
          <p className="flex items-center gap-3 py-6 text-ink-soft text-lg">
            <Truck aria-hidden className="shrink-0" />
            {t(way === "in" ? "goods.noneIn" : "goods.noneOut")}
          </p>
        ) : (
          <ul className="flex flex-col gap-2">
            {shown.map((item) => (
              <li key={item.id} className="flex gap-2">
                <GoodsRow item={item} onOpen={() => void deliveryOf(item.id).then(onOpen)} />
                {item.way === "out" && !item.isDue && item.state !== "cancelled" ? (
                  <SlipButton item={item} />
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Sheet>
  );
}

/** Only where something hangs on the till that can print it. */
function SlipButton({ item }: { readonly item: DeliveryItem }) {
  const printers = useTill((till) => till.printers);
  if (printersFor("receipt", printers?.printers).length === 0) return null;
  return (
    <Button
      aria-label={`${t("goods.printSlip")}: ${item.reference}`}
      icon={<Printer aria-hidden />}
      onClick={() => void printSlip(item.id)}
    />
  );
}

function GoodsRow({ item, onOpen }: { readonly item: DeliveryItem; readonly onOpen: () => void }) {
  const state = t(`goods.state.${item.state}`);
  const toDo =
    item.toDo === null
      ? t("goods.countBlind")
      : t(item.way === "in" ? "goods.toReceive" : "goods.toSend", { count: item.toDo });
  const facts = [
    state,
    ...(item.isDue ? [toDo] : []),
    ...(item.expectedOn === null || !item.isDue
      ? []
      : [t("goods.expected", { day: dayText(Date.parse(`${item.expectedOn}T12:00:00Z`)) })]),
    ...(item.unsent ? [t("goods.unsent")] : []),
  ];
  const partner = item.partner === "" ? item.reference : item.partner;
  return (
    <button
      type="button"
      disabled={!item.isDue}
      aria-label={t("goods.row", { reference: item.reference, partner, state })}
      onClick={onOpen}
      className="press flex min-h-18 w-full flex-col justify-center rounded-2xl border border-line bg-paper px-5 py-3 text-start enabled:hover:border-brand"
    >
      <span className="font-bold text-lg">
        {t(item.way === "in" ? "goods.from" : "goods.to", { partner: apart(partner) })}
      </span>
      <span className="figures text-ink-soft">{[item.reference, ...facts].map(apart).join(" · ")}</span>
    </button>
  );
}

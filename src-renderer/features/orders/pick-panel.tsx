import { Hourglass, PackageCheck, Printer, ScanBarcode, ThumbsDown, Undo2 } from "lucide-react";
import { useState } from "react";
import { readPickupQr } from "#domain/orders/pickup-code.ts";
import { MAX_SHELF_CHARS } from "#protocol/sync/order-facts.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { useTill } from "../../app/till.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Say } from "../../ui/say.tsx";
import { actOnCard, printSlip } from "./act.ts";
import { DeclineSheet } from "./decline-sheet.tsx";
import { wantedOf } from "./lanes.ts";
import { scanForOrder } from "./orders-store.ts";
import { Panel } from "./panel.tsx";
import { finishPicking, knownShelves, missingOf, pickScan } from "./picking.ts";
import { ShortSheet } from "./short-sheet.tsx";

const SHELVES_OFFERED = 8;

/** Picking: how far it is, where the parcel goes, and the end of it. */
export function PickPanel({ card }: { readonly card: OrderCard }) {
  const [shelf, setShelf] = useState(card.shelf ?? "");
  const [sheet, setSheet] = useState<"none" | "short" | "decline">("none");
  const missing = missingOf(card);
  useScans("over", (code) => {
    if (readPickupQr(code) === null) void pickScan(card, code);
    else void scanForOrder(code);
  });
  useTyped("over", (text) => setShelf((before) => (before + text).slice(0, MAX_SHELF_CHARS)));
  const finish = (): void => {
    if (missing > 0) setSheet("short");
    else void finishPicking({ card, shelf, rest: null, substitutes: new Map() });
  };
  useEnter(finish);
  return (
    <>
      <Panel
        actions={
          <>
            <Button
              look={missing === 0 ? "primary" : "plain"}
              size="huge"
              className="min-h-18!"
              icon={<PackageCheck aria-hidden />}
              onClick={finish}
            >
              {missing === 0 ? t("orders.pick.finish") : t("orders.pick.finishShort", { count: missing })}
            </Button>
            <OtherActs card={card} onDecline={() => setSheet("decline")} />
          </>
        }
      >
        {card.state === "short" ? (
          <Say icon={<Hourglass aria-hidden />} look="bg-warn-soft text-warn text-base!">
            {t("orders.shortHint")}
          </Say>
        ) : null}
        <Progress card={card} missing={missing} />
        <Shelf kind={card.kind} shelf={shelf} onShelf={setShelf} />
      </Panel>
      {sheet === "short" ? <ShortSheet card={card} shelf={shelf} onClose={() => setSheet("none")} /> : null}
      {sheet === "decline" ? <DeclineSheet card={card} onClose={() => setSheet("none")} /> : null}
    </>
  );
}

function OtherActs({ card, onDecline }: { readonly card: OrderCard; readonly onDecline: () => void }) {
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-2">
      {card.state === "short" ? null : (
        <Button
          className="min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!"
          icon={<Undo2 aria-hidden size={18} className="rtl:-scale-x-100" />}
          onClick={() => void actOnCard("stopPicking", card)}
        >
          {t("orders.pick.stop")}
        </Button>
      )}
      <Button
        className="min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!"
        icon={<Printer aria-hidden size={18} />}
        onClick={() => void printSlip(card)}
      >
        {t("orders.printSlip")}
      </Button>
      <Button
        look="danger"
        className="min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!"
        icon={<ThumbsDown aria-hidden size={18} />}
        onClick={onDecline}
      >
        {t("orders.decline")}
      </Button>
    </div>
  );
}

function Progress({ card, missing }: { readonly card: OrderCard; readonly missing: number }) {
  const total = card.lines.reduce((sum, line) => sum + wantedOf(line), 0);
  const done = total - missing;
  return (
    <div className={`rounded-panel p-5 text-center ${missing === 0 ? "bg-brand-soft" : "bg-sunken"}`}>
      <p role="status" className="figures font-extrabold text-4xl">
        {missing === 0 ? t("orders.pick.allThere") : t("orders.pick.progress", { done, total })}
      </p>
      <div aria-hidden className="mt-3 h-3 overflow-hidden rounded-full bg-raised">
        <div
          className="h-full rounded-full bg-brand transition-[width]"
          style={{ width: `${total === 0 ? 100 : (done / total) * 100}%` }}
        />
      </div>
      <p className="mt-3 flex items-center justify-center gap-2 text-ink-soft">
        <ScanBarcode aria-hidden size={20} />
        {t("orders.pick.hint")}
      </p>
    </div>
  );
}

function Shelf({
  kind,
  shelf,
  onShelf,
}: {
  readonly kind: OrderCard["kind"];
  readonly shelf: string;
  readonly onShelf: (shelf: string) => void;
}) {
  const orders = useTill((till) => till.orders?.orders) ?? [];
  const known = knownShelves(orders).slice(0, SHELVES_OFFERED);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t(kind === "ship" ? "orders.pick.shelfShip" : "orders.pick.shelf")}
        value={shelf}
        autoComplete="off"
        maxLength={MAX_SHELF_CHARS}
        placeholder={t("orders.pick.shelfPlaceholder")}
        onChange={(event) => onShelf(event.target.value)}
      />
      <div className="grid grid-cols-4 gap-2 empty:hidden">
        {known.map((each) => (
          <Chip key={each} words={each} chosen={shelf === each} onChoose={() => onShelf(each)} />
        ))}
      </div>
    </div>
  );
}

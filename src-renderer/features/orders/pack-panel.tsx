import { MapPinHouse, Plus, Printer, Trash2, TriangleAlert, Truck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { readPickupQr } from "#domain/orders/pickup-code.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useScans } from "../../app/keyboard.ts";
import { useTill } from "../../app/till.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Say } from "../../ui/say.tsx";
import { printSlip } from "./act.ts";
import { scanForOrder } from "./orders-store.ts";
import {
  CARRIERS,
  isPacked,
  MAX_CARRIER_CHARS,
  MAX_TRACKING_CHARS,
  type ParcelEntry,
  ship,
  withTracking,
} from "./packing.ts";
import { Panel } from "./panel.tsx";
import { ShelfFact } from "./shelf-fact.tsx";

const EMPTY: ParcelEntry = { carrier: CARRIERS[0], tracking: "" };

/** Packing: where it goes, with which carrier, under which number. */
export function PackPanel({ card }: { readonly card: OrderCard }) {
  const [parcels, setParcels] = useState<readonly ParcelEntry[]>([EMPTY]);
  useScans("over", (code) => {
    if (readPickupQr(code) === null) setParcels((before) => withTracking(before, code));
    else void scanForOrder(code);
  });
  const send = (): void => {
    if (isPacked(parcels)) void ship(card, parcels);
  };
  useEnter(send);
  const change = (index: number, next: ParcelEntry): void =>
    setParcels((before) => before.map((each, at) => (at === index ? next : each)));
  return (
    <Panel
      actions={
        <>
          <Button
            look="primary"
            size="huge"
            className="min-h-18!"
            icon={<Truck aria-hidden />}
            disabled={!isPacked(parcels)}
            onClick={send}
          >
            {t("orders.pack.send")}
          </Button>
          <div className="grid grid-cols-2 gap-2">
            <Button icon={<Printer aria-hidden size={20} />} onClick={() => void printSlip(card)}>
              {t("orders.printSlip")}
            </Button>
            <Button
              icon={<Plus aria-hidden size={20} />}
              onClick={() => setParcels((before) => [...before, EMPTY])}
            >
              {t("orders.pack.add")}
            </Button>
          </div>
        </>
      }
    >
      <ShelfFact shelf={card.shelf} />
      <Address address={card.address} />
      {parcels.map((parcel, index) => (
        <ParcelFields
          // biome-ignore lint/suspicious/noArrayIndexKey: parcels are told apart by their place alone
          key={index}
          parcel={parcel}
          place={index + 1}
          onChange={(next) => change(index, next)}
          onRemove={
            parcels.length === 1 ? null : () => setParcels((before) => before.filter((_, at) => at !== index))
          }
        />
      ))}
    </Panel>
  );
}

function Address({ address }: { readonly address: OrderCard["address"] }) {
  const needsConnection = useTill((till) => till.sync?.customersNeedConnection === true);
  if (address === null)
    return (
      <Say icon={<TriangleAlert aria-hidden />} look="bg-danger-soft text-danger">
        {t(needsConnection ? "customer.needsConnection" : "orders.pack.noAddress")}
      </Say>
    );
  return (
    <Say icon={<MapPinHouse aria-hidden />}>
      <p className="text-ink-soft text-sm">{t("orders.pack.address")}</p>
      {address.map((row) => (
        <bdi key={row} className="block select-text">
          {row}
        </bdi>
      ))}
    </Say>
  );
}

function ParcelFields({
  parcel,
  place,
  onChange,
  onRemove,
}: {
  readonly parcel: ParcelEntry;
  readonly place: number;
  readonly onChange: (next: ParcelEntry) => void;
  readonly onRemove: (() => void) | null;
}) {
  const fields = useRef<HTMLFieldSetElement>(null);
  // One that was added stands below the others, out of sight on a low screen.
  useEffect(() => {
    if (place > 1) fields.current?.scrollIntoView({ block: "nearest" });
  }, [place]);
  return (
    <fieldset
      ref={fields}
      aria-label={t("orders.pack.parcel", { count: place })}
      className="flex flex-col gap-2 border-0 p-0"
    >
      <div className="grid grid-cols-4 gap-2">
        {CARRIERS.map((each) => (
          <Chip
            key={each}
            words={each}
            chosen={parcel.carrier === each}
            onChoose={() => onChange({ ...parcel, carrier: each })}
          />
        ))}
      </div>
      <Field
        label={t("orders.pack.carrier")}
        value={parcel.carrier}
        autoComplete="off"
        maxLength={MAX_CARRIER_CHARS}
        onChange={(event) => onChange({ ...parcel, carrier: event.target.value })}
      />
      <Field
        label={t("orders.pack.tracking")}
        hint={t("orders.pack.trackingHint")}
        value={parcel.tracking}
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_TRACKING_CHARS}
        onChange={(event) => onChange({ ...parcel, tracking: event.target.value })}
      />
      {onRemove === null ? null : (
        <Button look="danger" icon={<Trash2 aria-hidden size={18} />} onClick={onRemove}>
          {t("orders.pack.remove", { count: place })}
        </Button>
      )}
    </fieldset>
  );
}

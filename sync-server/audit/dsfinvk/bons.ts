import { cashKept } from "#domain/ticket/cash-kept.ts";
import { parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { Ticket, TicketLine, TicketTender } from "#domain/ticket/ticket.ts";
import type { BookedMovement, BookedTicket, Closing, MovementKind } from "../books.ts";
import { NOT_TAXABLE, type VatKeys } from "./vat-keys.ts";

/** A position of a Bon; amounts in minor units. */
export interface Position {
  readonly gvTyp: string;
  readonly gvName: string;
  readonly text: string;
  readonly sku: string;
  readonly voucher: string;
  /** Thousandths of a unit. */
  readonly milli: number;
  readonly unit: string;
  readonly vatKey: number;
  readonly gross: number;
  readonly net: number;
  readonly tax: number;
  readonly ppm: number;
  readonly line: TicketLine | null;
}

export interface Payment {
  readonly typ: string;
  readonly name: string;
  readonly minor: number;
}

/** A transaction as DSFinV-K sees one: a ticket, or cash that moved without a sale. */
export interface Bon {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly at: number;
  readonly staff: string;
  readonly customer: string;
  readonly note: string;
  readonly positions: readonly Position[];
  readonly payments: readonly Payment[];
  readonly ticket: Ticket | null;
}

const MILLI = 1_000;
const GRAMS_MILLI = 1;
const PIECE = "Stück";
const SHOWN_OF_CODE = 4;

/** Everything of a closing as Bons, in the order in which it happened. */
export function bonsOf({ tickets, movements }: Closing, keys: VatKeys): readonly Bon[] {
  const bons = [
    ...tickets.map((booked) => ({ spot: booked.spot, bon: ticketBon(booked, keys) })),
    ...movements.map((moved) => ({ spot: moved.spot, bon: movementBon(moved, keys) })),
  ];
  return bons
    .sort((one, other) => one.spot.epoch - other.spot.epoch || one.spot.seq - other.spot.seq)
    .map(({ bon }) => bon);
}

function ticketBon({ ticket }: BookedTicket, keys: VatKeys): Bon {
  return {
    id: ticket.id,
    number: parseReceiptNumber(ticket.number)?.counter ?? 0,
    name: "",
    at: ticket.completedAt,
    staff: ticket.staff,
    customer: ticket.customer ?? "",
    note: ticket.number,
    positions: [
      ...ticket.lines.map((line) => linePosition(line, ticket, keys)),
      ...roundingPosition(ticket, keys),
      ...ticket.tenders.flatMap((tender) => voucherPosition(tender, keys)),
    ],
    payments: ticket.tenders.flatMap(paymentsOf),
    ticket,
  };
}

function linePosition(line: TicketLine, ticket: Ticket, keys: VatKeys): Position {
  const tax = line.taxes.reduce((sum, each) => sum + each.tax.minor, 0);
  const gross = ticket.taxMode === "inclusive" ? line.total.minor : line.total.minor + tax;
  const isGiftCard = line.kind === "sale" && line.giftCard !== undefined;
  const grams =
    line.kind === "sale" && line.weighed !== undefined ? line.weighed.grams * line.quantity : null;
  const sign = line.kind === "return" ? -1 : 1;
  return {
    gvTyp: isGiftCard ? "MehrzweckgutscheinKauf" : goodsCase(line),
    gvName: "",
    text: [line.name, ...line.options].join(" "),
    sku: line.sku,
    voucher: isGiftCard ? endOf(line.giftCard?.code ?? "") : "",
    milli: sign * (grams === null ? line.quantity * MILLI : grams * GRAMS_MILLI),
    unit: grams === null ? PIECE : "kg",
    vatKey: keys.of(line.taxes, ticket.taxExemption !== undefined && !isGiftCard),
    gross,
    net: gross - tax,
    tax,
    ppm: line.taxes.reduce((sum, { rate }) => sum + rate.ppm, 0),
    line,
  };
}

function goodsCase(line: TicketLine): string {
  if (line.kind === "return") return line.chargedAs === "deposit" ? "PfandRueckzahlung" : "Umsatz";
  return line.kind === "sale" && line.linked?.kind === "deposit" ? "Pfand" : "Umsatz";
}

function roundingPosition({ totals }: Ticket, keys: VatKeys): readonly Position[] {
  const { minor } = totals.cashRounding;
  if (minor === 0) return [];
  return [untaxed({ gvTyp: minor > 0 ? "Aufschlag" : "Rabatt", text: "Rundung", minor, keys })];
}

/** What pays with a voucher for several purposes is a position of its own, and so is one that is given out for goods that came back. */
function voucherPosition(tender: TicketTender, keys: VatKeys): readonly Position[] {
  if (tender.kind === "credit") {
    const minor = -tender.amount.minor;
    const text = "Gutschein eingelöst";
    return [
      untaxed({ gvTyp: "MehrzweckgutscheinEinloesung", text, minor, keys, voucher: endOf(tender.code) }),
    ];
  }
  if (tender.kind !== "refund" || tender.to.kind !== "credit") return [];
  const { to, amount } = tender;
  const text = "Gutschein ausgegeben";
  const voucher = endOf(to.code);
  return [untaxed({ gvTyp: "MehrzweckgutscheinKauf", text, minor: amount.minor, keys, voucher })];
}

function untaxed({
  gvTyp,
  text,
  minor,
  keys,
  voucher = "",
}: {
  readonly gvTyp: string;
  readonly text: string;
  readonly minor: number;
  readonly keys: VatKeys;
  readonly voucher?: string;
}): Position {
  keys.of([], false);
  return {
    gvTyp,
    gvName: "",
    text,
    sku: "",
    voucher,
    milli: MILLI,
    unit: PIECE,
    vatKey: NOT_TAXABLE,
    gross: minor,
    net: minor,
    tax: 0,
    ppm: 0,
    line: null,
  };
}

function paymentsOf(tender: TicketTender): readonly Payment[] {
  switch (tender.kind) {
    case "cash":
      return [{ ...BAR, minor: cashKept(tender).minor }];
    case "card":
      return [{ ...CARD, minor: tender.amount.minor }];
    case "paidOnline":
      return [{ ...ONLINE, minor: tender.amount.minor }];
    case "points":
      return [{ ...POINTS, minor: tender.amount.minor }];
    case "credit":
      return [];
    case "refund": {
      const way = { cash: BAR, card: CARD, online: ONLINE, points: POINTS, credit: null }[tender.to.kind];
      return way === null ? [] : [{ ...way, minor: -tender.amount.minor }];
    }
  }
}

const BAR = { typ: "Bar", name: "Bargeld" };
/** Which kind of card it was is not kept. */
const CARD = { typ: "Unbar", name: "Karte" };
const ONLINE = { typ: "ElZahlungsdienstleister", name: "Online bezahlt" };
const POINTS = { typ: "Unbar", name: "Punkte" };

const CASES: Readonly<Record<MovementKind, { readonly gvTyp: string; readonly name: string }>> = {
  float: { gvTyp: "Anfangsbestand", name: "Anfangsbestand" },
  in: { gvTyp: "Einzahlung", name: "Einzahlung" },
  out: { gvTyp: "Auszahlung", name: "Auszahlung" },
  pickup: { gvTyp: "Geldtransit", name: "Abschöpfung" },
  banked: { gvTyp: "Geldtransit", name: "Entnahme zum Abschluss" },
  variance: { gvTyp: "DifferenzSollIst", name: "Kassendifferenz" },
  giftCardPaidOut: { gvTyp: "MehrzweckgutscheinEinloesung", name: "Gutschein ausgezahlt" },
};

function movementBon(moved: BookedMovement, keys: VatKeys): Bon {
  const { kind, register, spot, amount, reason } = moved;
  const { gvTyp, name } = CASES[kind];
  return {
    id: `M-${register}-${spot.epoch}-${spot.seq}-${kind}`,
    number: spot.seq,
    name,
    at: moved.at,
    staff: moved.staff ?? "",
    customer: "",
    note: reason,
    positions: [untaxed({ gvTyp, text: name, minor: amount.minor, keys })],
    payments: [{ ...BAR, minor: amount.minor }],
    ticket: null,
  };
}

/** The end of a voucher's code names it to whoever has it, and cannot be spent by whoever reads it. */
function endOf(code: string): string {
  return `…${code.slice(-SHOWN_OF_CODE)}`;
}

import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import { idOf, type StoreId } from "#domain/ids.ts";
import { negateMoney, sumMoney } from "#domain/money/arithmetic.ts";
import { mailRoutes } from "#domain/returns/mail-refund.ts";
import {
  arrivedPieces,
  hasAllArrived,
  type MailReturn,
  mailStateAfter,
} from "#domain/returns/mail-return.ts";
import { isRefundedTwice, type ReturnAct, type Standing } from "#domain/returns/returned.ts";
import type { FoundPurchase, MailReturnDetail, ReturnRow } from "#protocol/hq/returns.ts";
import { staffName } from "../orders/staff-name.ts";
import type { ReturnLogEntry } from "../returns/mail-port.ts";
import { refundDue } from "../returns/mail-returns.ts";
import type { ReadTransaction, TicketRecord } from "../storage/port.ts";
import { codesByStore, ticketRowOf } from "./ticket-rows.ts";

type Codes = ReadonlyMap<string, string>;

/** Returns at tills and by mail as lines of HQ's list. */
export async function returnRows(
  tx: ReadTransaction,
  entries: readonly ReturnLogEntry[],
): Promise<ReturnRow[]> {
  const codes = await codesByStore(tx);
  const rows: ReturnRow[] = [];
  for (const { kind, id } of entries) {
    if (kind === "mail") {
      const mailReturn = await tx.mailReturn(id);
      if (mailReturn !== null) rows.push(mailRow(mailReturn, codes));
    } else {
      const record = await tx.ticket(idOf<"Ticket">(id));
      if (record !== null) rows.push(await tillRow(tx, record, codes));
    }
  }
  return rows;
}

/** What was given back at a till is that for the goods, also where other goods were bought with it. */
async function tillRow(tx: ReadTransaction, record: TicketRecord, codes: Codes): Promise<ReturnRow> {
  const { ticket } = record;
  const back = ticket.lines.filter(({ kind }) => kind !== "sale");
  const tax = (taxes: (typeof back)[number]["taxes"]) =>
    ticket.taxMode === "inclusive" ? [] : taxes.map((each) => each.tax);
  const given = sumMoney(
    back.flatMap(({ total, taxes }) => [total, ...tax(taxes)]),
    ticket.currency,
  );
  return {
    id: ticket.id,
    at: ticket.completedAt,
    store: codes.get(ticket.store) ?? "",
    pieces: back.reduce((sum, { kind, quantity }) => sum + (kind === "return" ? quantity : 0), 0),
    amount: negateMoney(given),
    of: {
      kind: "till",
      staff: await staffName(tx, ticket.staff),
      ticket: ticketRowOf(record, codes),
    },
  };
}

function mailRow(mailReturn: MailReturn, codes: Codes): ReturnRow {
  const { id, announcedAt, arrivals, lines, refund, state, channel, externalId, purchase } = mailReturn;
  const store = arrivals.at(-1)?.store ?? null;
  return {
    id,
    at: announcedAt,
    store: store === null ? "" : (codes.get(store) ?? ""),
    pieces: lines.reduce((sum, { pieces }) => sum + pieces, 0),
    amount: refund?.act.settled ?? null,
    of: {
      kind: "mail",
      state,
      channel,
      externalId,
      number: purchase.number,
      isComplete: hasAllArrived(mailReturn),
    },
  };
}

/** A return by mail with all that happened to it in these stores and what is to be given back for it now. */
export async function mailReturnDetail(
  tx: ReadTransaction,
  mailReturn: MailReturn,
  { at, reach }: { readonly at: ReturnAct["at"]; readonly reach: StoreReach },
): Promise<MailReturnDetail> {
  const isShown = ({ store }: { readonly store: StoreId | null }) =>
    store === null || reachesStore(reach, store);
  const codes = await codesByStore(tx);
  const { id, channel, externalId, state, purchase, announcedAt, arriveBy, note, lines, rejection } =
    mailReturn;
  return {
    id,
    channel,
    externalId,
    state,
    purchase,
    announcedAt,
    arriveBy,
    note,
    lines: lines.map(({ position, sku, name, pieces, reason }) => ({
      position,
      sku,
      name,
      pieces,
      arrived: arrivedPieces(mailReturn, position),
      reason,
    })),
    arrivals: mailReturn.arrivals.filter(isShown).map(({ store, lines: came, ...arrival }) => ({
      ...arrival,
      store: store === null ? "" : (codes.get(store) ?? ""),
      lines: came.map((line) => ({ ...line })),
    })),
    due: mailStateAfter(state, "refund") === null ? null : await due(tx, mailReturn, at),
    refund: refundOf(mailReturn),
    rejection,
  };
}

async function due(
  tx: ReadTransaction,
  mailReturn: MailReturn,
  at: ReturnAct["at"],
): Promise<MailReturnDetail["due"]> {
  const refund = await refundDue(tx, mailReturn, at);
  return {
    amount: refund.act.settled,
    pieces: refund.act.lines.reduce((sum, { pieces }) => sum + pieces, 0),
    ways: mailRoutes(refund).map(({ way, most }) => ({ way, most })),
  };
}

function refundOf({ refund }: MailReturn): MailReturnDetail["refund"] {
  if (refund === null) return null;
  const parts = refund.parts.map((part) => ({
    way: part.way,
    amount: part.amount,
    code: part.way === "credit" ? part.code : null,
  }));
  return { at: refund.at, by: refund.by, amount: refund.act.settled, parts };
}

/** What was bought and what came back of it by which act, with names in place of ids. */
export async function foundPurchase(
  tx: ReadTransaction,
  standing: Standing,
  reach: StoreReach,
): Promise<FoundPurchase> {
  const { purchase, returned } = standing;
  const codes = await codesByStore(tx);
  const acts: FoundPurchase["acts"] = [];
  for (const act of returned.acts)
    if (act.store === null || reachesStore(reach, act.store)) acts.push(await actRow(tx, act, codes));
  return {
    purchase,
    store: purchase.store === null ? "" : (codes.get(purchase.store) ?? ""),
    isRefundedTwice: returned.flagged || isRefundedTwice(standing),
    acts,
  };
}

async function actRow(
  tx: ReadTransaction,
  { id, at, store, device, staff, lines, settled }: ReturnAct,
  codes: Codes,
): Promise<FoundPurchase["acts"][number]> {
  const ticket = await tx.ticket(idOf<"Ticket">(id));
  const mailReturn = ticket === null ? await tx.mailReturn(id) : null;
  const till = device === null ? null : await tx.device(device);
  return {
    id,
    at,
    by: device === null ? "mail" : "till",
    number: ticket?.ticket.number ?? mailReturn?.externalId ?? "",
    store: store === null ? "" : (codes.get(store) ?? ""),
    register: till?.register ?? null,
    staff: mailReturn?.refund?.by ?? (store === null ? "" : await staffName(tx, staff)),
    lines: lines.map(({ position, pieces, total }) => ({ position, pieces, total })),
    amount: settled,
  };
}

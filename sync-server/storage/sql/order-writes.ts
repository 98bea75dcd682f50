import type { Assignee, Closing, Exception } from "#domain/exceptions/exceptions.ts";
import type { EntryId, FulfilmentId, Instant, StoreId } from "#domain/ids.ts";
import type { Order, PickupVerifier } from "#domain/orders/order.ts";
import type { RetailerRules } from "#domain/orders/retailer-rules.ts";
import { statusOf } from "#domain/orders/routing.ts";
import type { ExceptionWrites, TaskRecord } from "../../exceptions/port.ts";
import type { FulfilmentRow, LeaseRecord, OrderWrites, Reservation } from "../../orders/port.ts";
import { SqlCouponWrites } from "./coupon-writes.ts";
import { orderWords } from "./search-words.ts";

/** The acts on orders, exceptions and leases. */
export class SqlOrderWrites extends SqlCouponWrites implements OrderWrites, ExceptionWrites {
  async putOrder(order: Order, pickup: PickupVerifier | null): Promise<void> {
    await this.database.run(
      `INSERT INTO orders (id, channel, external_id, status, placed_at, words, pickup, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET status = excluded.status, words = excluded.words, pickup = coalesce(orders.pickup, excluded.pickup), data = excluded.data`,
      order.id,
      order.channel,
      order.externalId,
      statusOf(order),
      order.placedAt,
      orderWords(order),
      pickup === null ? null : JSON.stringify(pickup),
      JSON.stringify(order),
    );
    const { id, placedAt: at, channel, contact } = order;
    const { customer } = contact;
    if (customer === null) await this.dropHistory({ kind: "order", id });
    else await this.noteHistory([{ kind: "order", id, at, customer, channel }]);
  }

  async putFulfilmentRow({ id, order, store, state, day, seenTo, nextAt }: FulfilmentRow): Promise<void> {
    await this.database.run(
      `INSERT INTO fulfilments (id, order_id, store, state, day, seen_to, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, seen_to = excluded.seen_to, next_at = excluded.next_at`,
      id,
      order,
      store,
      state,
      day,
      seenTo,
      nextAt,
    );
  }

  async putReservations(
    { fulfilment, store }: { readonly fulfilment: FulfilmentId; readonly store: StoreId },
    reservations: readonly Reservation[],
  ): Promise<void> {
    await this.database.run("DELETE FROM reservations WHERE fulfilment = ?", fulfilment);
    for (const { variant, pieces } of reservations)
      await this.database.run(
        "INSERT INTO reservations (fulfilment, variant, store, pieces) VALUES (?, ?, ?, ?)",
        fulfilment,
        variant,
        store,
        pieces,
      );
  }

  async noteOrderAct(entry: EntryId, at: Instant): Promise<boolean> {
    return (
      (await this.database.run(
        "INSERT INTO order_acts (entry, at) VALUES (?, ?) ON CONFLICT (entry) DO NOTHING",
        entry,
        at,
      )) === 1
    );
  }

  async putRetailerRules(rules: RetailerRules): Promise<void> {
    await this.putRetailers("rules", rules);
  }

  async putLease({ subject, holder, expiresAt, wantedBy }: LeaseRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO leases (subject, holder, expires_at, wanted_by) VALUES (?, ?, ?, ?)
        ON CONFLICT (subject) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at, wanted_by = excluded.wanted_by`,
      subject,
      holder,
      expiresAt,
      wantedBy,
    );
  }

  async dropLease(subject: string): Promise<void> {
    await this.database.run("DELETE FROM leases WHERE subject = ?", subject);
  }

  async raiseException({ id, kind, store, subject, raisedAt, detail, closing }: Exception): Promise<boolean> {
    const added = await this.database.run(
      `INSERT INTO exceptions (id, kind, store, order_id, fulfilment, raised_at, detail, resolved, closing, closed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      id,
      kind,
      store ?? "",
      subject?.order ?? null,
      subject?.fulfilment ?? null,
      raisedAt,
      JSON.stringify(detail),
      closing === null ? 0 : 1,
      closing === null ? null : JSON.stringify(closing),
      closing?.at ?? null,
    );
    return added === 1;
  }

  async putTask({ id, exception, store, doneAt, notice }: TaskRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO tasks (id, exception, store, done_at, notice) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET done_at = excluded.done_at, notice = excluded.notice`,
      id,
      exception,
      store,
      doneAt,
      JSON.stringify(notice),
    );
  }

  async retellException(id: string, detail: Exception["detail"]): Promise<boolean> {
    return (
      (await this.database.run(
        "UPDATE exceptions SET detail = ? WHERE id = ? AND resolved = 0",
        JSON.stringify(detail),
        id,
      )) === 1
    );
  }

  async assignException(id: string, to: Assignee | null): Promise<boolean> {
    const changed = await this.database.run(
      "UPDATE exceptions SET assignee = ?, assignee_id = ? WHERE id = ? AND resolved = 0",
      to === null ? null : JSON.stringify(to),
      to?.id ?? null,
      id,
    );
    return changed === 1;
  }

  async redescribeException(id: string, detail: Exception["detail"]): Promise<void> {
    await this.database.run("UPDATE exceptions SET detail = ? WHERE id = ?", JSON.stringify(detail), id);
  }

  async closeException(id: string, closing: Closing): Promise<boolean> {
    return (
      (await this.database.run(
        "UPDATE exceptions SET resolved = 1, closing = ?, closed_at = ? WHERE id = ? AND resolved = 0",
        JSON.stringify(closing),
        closing.at,
        id,
      )) === 1
    );
  }
}

import type { StoreId } from "#domain/ids.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import { type PurchaseRef, purchaseKey } from "#domain/returns/purchase.ts";
import type { MailReturnReads, ReturnLogEntry, ReturnLogSearch } from "../../returns/mail-port.ts";
import { askedStores } from "./asked-stores.ts";
import { SqlCaseReads } from "./case-reads.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";

/** Returns by mail, the list of all returns, and how stores take goods back. */
export class SqlMailReturnReads extends SqlCaseReads implements MailReturnReads {
  async retailerReturnPolicy(): Promise<ReturnPolicy | null> {
    return await this.retailers<ReturnPolicy>("returns");
  }

  async ownReturnPolicy(store: StoreId): Promise<ReturnPolicy | null> {
    const row = await this.database.get("SELECT policy FROM store_return_policies WHERE store = ?", store);
    return row === undefined ? null : stored<ReturnPolicy>(row.policy);
  }

  async categories(): Promise<readonly string[]> {
    return (
      await this.database.all(
        "SELECT DISTINCT product ->> 'category' AS category FROM products WHERE product ->> 'category' <> '' ORDER BY 1",
      )
    ).map(({ category }) => String(category));
  }

  async mailReturn(id: string): Promise<MailReturn | null> {
    const row = await this.database.get("SELECT data FROM mail_returns WHERE id = ?", id);
    return row === undefined ? null : stored<MailReturn>(row.data);
  }

  async mailReturnNamed({
    channel,
    externalId,
  }: Parameters<MailReturnReads["mailReturnNamed"]>[0]): Promise<MailReturn | null> {
    const row = await this.database.get(
      "SELECT data FROM mail_returns WHERE channel = ? AND external_id = ?",
      channel,
      externalId,
    );
    return row === undefined ? null : stored<MailReturn>(row.data);
  }

  async mailReturnsOf(purchase: PurchaseRef): Promise<readonly MailReturn[]> {
    return (
      await this.database.all(
        "SELECT data FROM mail_returns WHERE purchase = ? ORDER BY id",
        purchaseKey(purchase),
      )
    ).map(({ data }) => stored<MailReturn>(data));
  }

  async overdueMailReturns({
    before,
    after,
    limit,
  }: Parameters<MailReturnReads["overdueMailReturns"]>[0]): Promise<readonly MailReturn[]> {
    return (
      await this.database.all(
        "SELECT data FROM mail_returns WHERE state = 'announced' AND arrive_by < ? AND id > ? ORDER BY id LIMIT ?",
        before,
        after,
        limit,
      )
    ).map(({ data }) => stored<MailReturn>(data));
  }

  async returnLog({
    kind,
    state,
    store,
    search,
    offset,
    limit,
  }: ReturnLogSearch): Promise<{ readonly entries: readonly ReturnLogEntry[]; readonly total: number }> {
    const where =
      "(?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR store IN (SELECT value FROM json_each(?3))) AND words LIKE ?4 ESCAPE '\\'";
    const named = [kind, state, askedStores(store), searchPattern(search)];
    const total = (await this.database.get(`SELECT count(*) AS n FROM return_log WHERE ${where}`, ...named))
      ?.n;
    const entries = (
      await this.database.all(
        `SELECT id, kind FROM return_log WHERE ${where} ORDER BY at DESC, id DESC LIMIT ?5 OFFSET ?6`,
        ...named,
        limit,
        offset,
      )
    ).map((row): ReturnLogEntry => ({ id: String(row.id), kind: row.kind === "mail" ? "mail" : "till" }));
    return { entries, total: Number(total) };
  }
}

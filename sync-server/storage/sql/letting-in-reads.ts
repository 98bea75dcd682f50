import { type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import { type Knock, knocksSince } from "#domain/store/letting-in.ts";
import type { LettingInReads, RegisterPlace } from "../../sync/letting-in-port.ts";
import type { DeviceRecord } from "../port.ts";
import { DEVICE_COLUMNS, toDevice } from "./sync-reads.ts";
import { SqlTakeOverReads } from "./take-over-reads.ts";

/** What is looked at before a till is let in that is not known. */
export class SqlLettingInReads extends SqlTakeOverReads implements LettingInReads {
  async deviceAt({ store, register }: RegisterPlace): Promise<DeviceRecord | null> {
    const row = await this.database.get(
      `SELECT ${DEVICE_COLUMNS} FROM devices WHERE store = ? AND register = ?`,
      store,
      register,
    );
    return row === undefined ? null : toDevice(row);
  }

  async registerFloor(store: StoreId): Promise<number> {
    const row = await this.database.get("SELECT floor FROM register_floors WHERE store = ?", store);
    return row === undefined ? 1 : Number(row.floor);
  }

  async knocks(at: Instant): Promise<readonly Knock[]> {
    return (
      await this.database.all(
        "SELECT device, store, store_code, register, name, reason, lost, at FROM knocks WHERE at >= ? ORDER BY store, register, device",
        knocksSince(at),
      )
    ).map((row) => ({
      device: idOf<"Device">(String(row.device)),
      store: idOf<"Store">(String(row.store)),
      storeCode: row.store_code === null ? null : String(row.store_code),
      register: Number(row.register),
      name: String(row.name),
      reason: row.reason === "journalLost" ? "journalLost" : "storeUnknown",
      lost: Number(row.lost) === 1,
      at: instant(Number(row.at)),
    }));
  }
}

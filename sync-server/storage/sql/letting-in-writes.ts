import type { DeviceId, Instant } from "#domain/ids.ts";
import { type Knock, knocksSince, REGISTERS_SKIPPED } from "#domain/store/letting-in.ts";
import type { LettingInWrites } from "../../sync/letting-in-port.ts";
import { SqlTakeOverWrites } from "./take-over-writes.ts";

/** No epoch is signed by a machine that is never let in. */
const SIGNED_NONE = 0;

/** What lets a till in again, and keeps its number its own. */
export class SqlLettingInWrites extends SqlTakeOverWrites implements LettingInWrites {
  async noteSince(device: DeviceId, since: Instant): Promise<void> {
    await this.database.run("UPDATE devices SET since = ? WHERE id = ?", since, device);
  }

  async letIn({ device, tokenHash, at }: Parameters<LettingInWrites["letIn"]>[0]): Promise<void> {
    await this.database.run(
      "UPDATE devices SET token_hash = ?, let_in_at = ? WHERE id = ?",
      tokenHash,
      at,
      device,
    );
  }

  async putKnock({ device, store, storeCode, register, name, reason, lost, at }: Knock): Promise<void> {
    await this.database.run("DELETE FROM knocks WHERE at < ?", knocksSince(at));
    await this.database.run(
      `INSERT INTO knocks (device, store, store_code, register, name, reason, lost, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (device) DO UPDATE SET store = excluded.store, store_code = excluded.store_code, register = excluded.register,
          name = excluded.name, reason = excluded.reason, lost = excluded.lost, at = excluded.at`,
      device,
      store,
      storeCode,
      register,
      name,
      reason,
      lost ? 1 : 0,
      at,
    );
  }

  async forgetKnock(device: DeviceId): Promise<void> {
    await this.database.run("DELETE FROM knocks WHERE device = ?", device);
  }

  async addFormerMachine({
    device,
    wroteAs,
    publicKey,
    tokenHash,
  }: Parameters<LettingInWrites["addFormerMachine"]>[0]): Promise<void> {
    await this.database.run(
      "INSERT INTO former_keys (device, public_key, token_hash, until_epoch, wrote_as) VALUES (?, ?, ?, ?, ?) ON CONFLICT (token_hash) DO NOTHING",
      device,
      publicKey,
      tokenHash,
      SIGNED_NONE,
      wroteAs,
    );
  }

  async skipRegisters(given: Parameters<LettingInWrites["skipRegisters"]>[0]): Promise<void> {
    await this.database.run(
      `INSERT INTO register_floors (store, floor)
        SELECT s.id, max(coalesce(f.floor, 1) - 1, coalesce((SELECT max(d.register) FROM devices d WHERE d.store = s.id), 0)) + ? + 1
        FROM stores s LEFT JOIN register_floors f ON f.store = s.id WHERE true
        ON CONFLICT (store) DO UPDATE SET floor = excluded.floor`,
      REGISTERS_SKIPPED,
    );
    for (const { store, register } of given)
      await this.database.run(
        // Also of a store that this database does not know, or does not know yet.
        "INSERT INTO register_floors (store, floor) VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET floor = max(register_floors.floor, excluded.floor)",
        store,
        register + REGISTERS_SKIPPED + 1,
      );
  }
}

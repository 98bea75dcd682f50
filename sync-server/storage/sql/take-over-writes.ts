import { idOf, instant } from "#domain/ids.ts";
import type { TakeOverWrites } from "../../sync/take-over-port.ts";
import { SqlAcrossWrites } from "./across-writes.ts";

/** What makes a register go on at another machine. */
export class SqlTakeOverWrites extends SqlAcrossWrites implements TakeOverWrites {
  async addTakeOverCode({
    hash,
    device,
    expiresAt,
  }: Parameters<TakeOverWrites["addTakeOverCode"]>[0]): Promise<void> {
    await this.database.run(
      "INSERT INTO take_over_codes (hash, device, expires_at) VALUES (?, ?, ?)",
      hash,
      device,
      expiresAt,
    );
  }

  async takeTakeOverCode(hash: string): ReturnType<TakeOverWrites["takeTakeOverCode"]> {
    const row = await this.database.get(
      "DELETE FROM take_over_codes WHERE hash = ? RETURNING device, expires_at",
      hash,
    );
    return row === undefined
      ? null
      : { device: idOf<"Device">(String(row.device)), expiresAt: instant(Number(row.expires_at)) };
  }

  async takeOver({
    device,
    publicKey,
    tokenHash,
    epoch,
  }: Parameters<TakeOverWrites["takeOver"]>[0]): Promise<void> {
    await this.database.run("DELETE FROM lent_keys WHERE device = ?", device);
    await this.database.run(
      `INSERT INTO former_keys (device, public_key, token_hash, until_epoch, revoked_at)
        SELECT id, public_key, token_hash, ?, revoked_at FROM devices WHERE id = ?`,
      epoch - 1,
      device,
    );
    await this.database.run(
      `UPDATE devices SET public_key = ?, token_hash = ?, epoch = ?, acted_to = 0, revoked_at = NULL, last_seen_at = NULL, clock_offset_ms = 0, version = NULL, since = NULL, let_in_at = NULL
        WHERE id = ?`,
      publicKey,
      tokenHash,
      epoch,
      device,
    );
    await this.database.run("DELETE FROM take_over_codes WHERE device = ?", device);
  }
}

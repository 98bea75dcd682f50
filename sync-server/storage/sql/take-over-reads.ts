import { idOf, instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { FormerKey, TakeOverReads } from "../../sync/take-over-port.ts";
import { SqlAcrossReads } from "./across-reads.ts";
import type { Row } from "./database.ts";
import { stored } from "./stored.ts";
import { DEVICE_COLUMNS, toDevice } from "./sync-reads.ts";

/** Registers that went on at another machine. */
export class SqlTakeOverReads extends SqlAcrossReads implements TakeOverReads {
  async formerKeys(device: Parameters<TakeOverReads["formerKeys"]>[0]): Promise<readonly FormerKey[]> {
    return (
      await this.database.all(
        "SELECT * FROM former_keys WHERE ?1 IS NULL OR device = ?1 ORDER BY place",
        device,
      )
    ).map(toFormerKey);
  }

  async formerMachine(tokenHash: string): ReturnType<TakeOverReads["formerMachine"]> {
    const found = await this.database.get("SELECT * FROM former_keys WHERE token_hash = ?", tokenHash);
    if (found === undefined) return null;
    const { device, publicKey } = toFormerKey(found);
    const row = await this.database.get(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE id = ?`, device);
    const wroteAs = found.wrote_as === null ? device : idOf<"Device">(String(found.wrote_as));
    return row === undefined ? null : { device: toDevice(row), publicKey, wroteAs };
  }

  async newestEntries({
    store,
    device,
    before,
    limit,
  }: Parameters<TakeOverReads["newestEntries"]>[0]): Promise<readonly JournalEntry[]> {
    return (
      await this.database.all(
        "SELECT entry FROM journal WHERE store = ? AND device = ? AND (epoch, seq) < (?, ?) ORDER BY epoch DESC, seq DESC LIMIT ?",
        store,
        device,
        before.epoch,
        before.seq,
        limit,
      )
    ).map((row) => stored<JournalEntry>(row.entry));
  }
}

function toFormerKey(row: Row): FormerKey {
  return {
    device: idOf<"Device">(String(row.device)),
    publicKey: String(row.public_key),
    untilEpoch: Number(row.until_epoch),
    revokedAt: row.revoked_at === null ? null : instant(Number(row.revoked_at)),
  };
}

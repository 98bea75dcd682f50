import { randomBytes } from "node:crypto";
import { isLentKeyLapsed } from "#domain/customer/lent-key.ts";
import type { IdentityFile } from "../identity.ts";
import type { DiskReplica } from "../replica/replica.ts";
import { KEY_BYTES } from "../seal.ts";
import type { TillKeys } from "../till-keys.ts";
import type { ServerClient } from "./server-client.ts";

/** How often the time without the server is counted on, milliseconds: a clock that is set back gains less than this, once. */
export const COUNTED_EVERY_MS = 3 * 60_000;

/** The key that the server lends for what is known of customers: borrowed while it is in touch, given back once it was not for too long. */
export class LentKey {
  readonly #parts: {
    readonly keys: TillKeys;
    readonly identity: IdentityFile;
    readonly replica: DiskReplica;
  };

  constructor(parts: {
    readonly keys: TillKeys;
    readonly identity: IdentityFile;
    readonly replica: DiskReplica;
  }) {
    this.#parts = parts;
  }

  /** Asks for it where it is not here, and seals by it where that failed the last time. Throws what the call and the disk throw. */
  async borrow(client: () => ServerClient): Promise<"had" | "borrowed"> {
    const { keys, replica } = this.#parts;
    if (replica.isSealedByLentKey) return "had";
    if (keys.lent === null) {
      const told = await client().personalKey();
      await keys.lend(told ?? randomBytes(KEY_BYTES).toString("base64url"));
    }
    await replica.lentKeyChanged();
    return "borrowed";
  }

  /** So much more time has passed without the server: gives the key back where that was too long. Throws what the disk throws. */
  async timePassed(ranMs: number): Promise<"kept" | "givenBack"> {
    const { keys, identity, replica } = this.#parts;
    await identity.ranOn(ranMs);
    if (!keys.hasLent || !isLentKeyLapsed(identity.awayMs())) return "kept";
    await keys.giveBack();
    await replica.lentKeyChanged();
    return "givenBack";
  }
}

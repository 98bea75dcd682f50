import { randomBytes } from "node:crypto";
import { instant } from "#domain/ids.ts";
import type { DemoContext, PastStore } from "./demo-context.ts";
import type { PastOrders } from "./demo-seeding.ts";
import { hashSecret, TOKEN_BYTES } from "./sync/enrol.ts";
import type { Publisher } from "./sync/publisher.ts";
import { bookMovement } from "./sync/stock-booking.ts";

/** Takes in what was sold before the demo was opened, as a till's journal is taken in. A store whose register is there has its past already. */
export async function sellInThePast(
  stores: readonly PastStore[],
  {
    past,
    publisher,
    onProgress,
  }: {
    readonly past: PastOrders;
    readonly publisher: Publisher;
    readonly onProgress: DemoContext["onProgress"];
  },
): Promise<void> {
  const { ingestion } = past.at(past.now);
  for (const [index, { store, openedAt, delivered, register }] of stores.entries()) {
    const { device: id, number, publicKey, entries } = register;
    await publisher.publish(async (publication) => {
      if ((await publication.tx.device(id)) !== null) return;
      for (const [variant, quantity] of delivered)
        await bookMovement(
          publication,
          { store, variant, quantity, reason: { kind: "initial" } },
          { cause: `demo-past:${store}:${variant}`, actedAt: openedAt },
        );
      const name = "The register before";
      const device = { id, store, register: number, name, publicKey, epoch: 1, actedTo: instant(0) };
      // Nobody gets its token: it says nothing any more.
      await publication.tx.addDevice(device, hashSecret(randomBytes(TOKEN_BYTES).toString("base64url")));
      const record = {
        ...device,
        revokedAt: null,
        lastSeenAt: null,
        clockOffsetMs: 0,
        version: null,
        since: null,
        letInAt: null,
      };
      const answer = await ingestion.ingestWithin(publication, record, entries);
      if (!answer.ok) throw new Error(`the demo's past was not taken in: ${answer.reason}`);
      await publication.tx.revokeDevice(id, past.now);
    });
    onProgress({ what: "past sales", done: index + 1, total: stores.length });
  }
}

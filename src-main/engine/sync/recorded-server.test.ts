import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { pushAnswerSchema, pushRequestSchema } from "#protocol/sync/journal.ts";
import { type RecordedExchange, recordedExchanges } from "#protocol/testing/recorded-exchange.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { FakeServer, refusal } from "../testing/fake-server.ts";
import { SyncedTill } from "../testing/synced-till.ts";

const FOLDER = resolve(import.meta.dirname, "../../../protocol/recorded");

/** The server of an earlier version, as far as it was recorded: it knows its own version and no later one, and its own collections. */
class RecordedServer extends FakeServer {
  readonly exchanges: readonly RecordedExchange[];

  constructor(day: string) {
    super();
    this.exchanges = recordedExchanges(readFileSync(join(FOLDER, `${day}.ndjson`), "utf8"));
  }

  last(path: string) {
    return this.exchanges.findLast((each) => each.path.split("?")[0] === path);
  }

  override answer(...asked: Parameters<FakeServer["answer"]>): Response {
    const [{ call, name, headers, body }] = asked;
    if (call === "changes") return super.answer(...asked);
    const path = `/sync/v1/${call}${name === "" ? "" : `/${name}`}`;
    const found = this.last(path);
    if (Number(headers.get(PROTOCOL_HEADER)) > (this.exchanges[0]?.server ?? 0) && call !== "enrol")
      return refusal(426, "protocolTooOld");
    if (call === "journal") {
      const acknowledged = pushRequestSchema.parse(body).entries.at(-1)?.seq ?? 0;
      return Response.json(pushAnswerSchema.parse({ ok: true, acknowledged, serverTime: this.clock.now() }));
    }
    // Of a collection that it does not know it says that the question is wrong, of an address that there is nothing.
    if (found === undefined)
      return call === "personal-key" || call === "newer"
        ? refusal(404, "notFound")
        : refusal(400, "badRequest");
    return new Response(found.answer, { status: found.status, headers: { "content-type": found.type } });
  }
}

let till: SyncedTill;
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const DAYS = globSync("*/{till,second-day}.ndjson", { cwd: FOLDER })
  .map((file) => file.slice(0, -".ndjson".length))
  .sort();

test.each(DAYS)(
  "S150 everything that a server of %s tells is read to the last document, and what it does not have yet is empty",
  async (day) => {
    const server = new RecordedServer(day);
    expect(PROTOCOL_VERSION).toBeGreaterThan(server.exchanges[0]?.server ?? 99);
    till = await SyncedTill.paired(server);
    await till.until(
      ({ firstSync, unsent, link }) => firstSync === null && unsent === 0 && link.state === "online",
    );
    const { replica } = till.parts;
    expect(replica.settings()?.code).toBe("BER1");
    expect(replica.staff().length).toBeGreaterThan(0);
    for (const collection of REPLICA_COLLECTIONS) {
      const snapshot = server.last(`/sync/v1/snapshot/${collection}`)?.answer;
      const documents = z.object({ documents: z.array(z.object({ id: z.string(), deleted: z.boolean() })) });
      const pulled = server.last(`/sync/v1/replica/${collection}`)?.answer;
      const ids = new Set<string>(
        (snapshot?.trimEnd().split("\n").slice(1, -1) ?? []).map((line) => JSON.parse(line).id),
      );
      for (const { id, deleted } of pulled === undefined ? [] : documents.parse(JSON.parse(pulled)).documents)
        if (deleted) ids.delete(id);
        else ids.add(id);
      expect([...(await replica.ids(collection))].sort(), collection).toEqual([...ids].sort());
      expect(replica.position(collection)?.unreadBy, collection).toBeUndefined();
    }
    expect(till.view.trouble).toBeNull();
  },
);

import { createHash, createPublicKey, verify } from "node:crypto";
import { type DeviceId, idOf, type StoreId } from "#domain/ids.ts";
import { checkRun, genesisHead } from "#domain/journal/check.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import { GENESIS_HASH, type JournalEntry, SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import {
  REPLICA_COLLECTIONS,
  type ReplicaCollection,
  type ReplicaDocument,
} from "#protocol/documents/collections.ts";
import type { EnrolAnswer, EnrolRequest } from "#protocol/sync/enrol.ts";
import type { PushAnswer } from "#protocol/sync/journal.ts";
import type { Applied, ReplicaRow } from "#protocol/sync/replica.ts";
import { STORE, stock } from "./shop-fixture.ts";

/** What stands before the raw key in an Ed25519 SPKI document (RFC 8410). */
const SPKI_PREFIX = "302a300506032b6570032100";

type NextEpoch = Extract<EnrolRequest, { readonly kind: "nextEpoch" }>;

interface Version {
  readonly seq: number;
  readonly data: unknown;
}

/** What a server has of one till and one store: the till's journal, checked as the real one checks it, and a feed per collection. */
export class FakeBooks {
  readonly device: DeviceId = idOf<"Device">("device-1");
  readonly store: StoreId = STORE;
  /** Everything booked, of every epoch. */
  entries: readonly JournalEntry[] = [];
  readonly keptAside: JournalEntry[] = [];
  /** False: a server of before it told which entry is applied. */
  namesEntries = true;
  publicKey = "";
  epoch = 1;
  readonly #feeds = new Map<ReplicaCollection, Map<string, Version>>(
    REPLICA_COLLECTIONS.map((name) => [name, new Map()]),
  );
  #seq = 0;

  /** Ids of the sales booked, each as often as it stands there. */
  get sales(): readonly string[] {
    return this.entries.filter(({ fact }) => fact.type === "ticket.completed").map(({ id }) => id);
  }

  put<C extends ReplicaCollection>(collection: C, ...documents: readonly ReplicaDocument<C>[]): void {
    for (const document of documents) this.putRaw(collection, document.id, document);
  }

  /** A document that need not be of the collection's shape; null deletes it. */
  putRaw(collection: ReplicaCollection, id: string, data: unknown): void {
    this.#seq += 1;
    this.#feed(collection).set(id, { seq: this.#seq, data });
  }

  /** The newest version of each document changed after a seq, in the order of their changes. */
  rowsAfter(collection: ReplicaCollection, seq: number): readonly (ReplicaRow & { readonly seq: number })[] {
    return [...this.#feed(collection)]
      .filter(([, version]) => version.seq > seq)
      .sort(([, a], [, b]) => a.seq - b.seq)
      .map(([id, { seq: at, data }]) =>
        data === null ? { id, deleted: true, seq: at } : { id, deleted: false, data, seq: at },
      );
  }

  /** Where every feed stands. */
  get head(): number {
    return this.#seq;
  }

  get applied(): Applied {
    const { epoch } = this;
    const newest = this.#chain().at(-1);
    if (newest === undefined) return { epoch, seq: 0 };
    return { epoch, seq: newest.seq, ...(this.namesEntries ? { hash: newest.hash } : {}) };
  }

  /** The first of the entries that a till names which is booked. Where it names none only a server says so that went back to a time before the till. */
  knownOf({ acknowledged = [] }: NextEpoch): Pick<EnrolAnswer, "known"> {
    const booked = new Set(this.entries.map(({ hash }) => hash));
    const found = acknowledged.find(({ hash }) => booked.has(hash));
    if (found !== undefined) return { known: { epoch: found.epoch, seq: found.seq } };
    return acknowledged.length > 0 || booked.size === 0 ? { known: { epoch: 0, seq: 0 } } : {};
  }

  take(entries: readonly JournalEntry[], serverTime: PushAnswer["serverTime"]): PushAnswer {
    const chain = this.#chain();
    const last = chain.at(-1);
    const checked = checkRun({
      entries,
      head: {
        ...genesisHead({ device: this.device, epoch: this.epoch }),
        ...(last === undefined ? {} : { seq: last.seq, hash: last.hash }),
      },
      hashAt: (seq) => chain[seq - 1]?.hash,
      crypto: { sha256Hex: (text) => createHash("sha256").update(text).digest("hex"), verify: this.#verify },
    });
    if (checked.ok) {
      for (const entry of checked.value.fresh) this.#book(entry);
      return { ok: true, acknowledged: this.#chain().length, serverTime };
    }
    const { why: reason, seq: atSeq } = checked.reason;
    if (reason === "fork" || reason === "wrongEpoch") this.keptAside.push(...entries);
    return {
      ok: false,
      reason,
      atSeq,
      acknowledged: chain.length,
      headHash: last?.hash ?? GENESIS_HASH,
      serverTime,
    };
  }

  /** Whether the till's own key signed the wish for the epoch after this one. */
  wishedFor(epoch: number, signature: string): boolean {
    return this.signed(`${SIGNATURE_CONTEXT}next-epoch:${this.device}:${epoch}`, signature);
  }

  /** Whether the till's own key signed this. */
  signed(text: string, signature: string): boolean {
    return this.#verify(text, signature);
  }

  /** As after a backup was put back that has nothing of this till. */
  forgetTill(): void {
    this.entries = [];
    this.epoch = 1;
  }

  /** As after a backup was put back: the newest entries of the epoch are gone, and with them whatever they changed. */
  loseEntriesAfter(seq: number): void {
    const lost = new Set(this.#chain().slice(seq));
    this.entries = this.entries.filter((entry) => !lost.has(entry));
  }

  #chain(): readonly JournalEntry[] {
    return this.entries.filter((entry) => entry.epoch === this.epoch);
  }

  #book(entry: JournalEntry): void {
    const known = this.entries.some(({ id }) => id === entry.id);
    this.entries = [...this.entries, entry];
    if (known) return;
    const { movements, counted } = effectsOf(entry);
    if (counted !== null) this.put("stock", stock(counted.variant, counted.counted));
    for (const { variant, quantity } of movements) {
      const level = this.#feed("stock").get(variant)?.data;
      const onHand =
        typeof level === "object" && level !== null && "onHand" in level ? Number(level.onHand) : 0;
      this.put("stock", stock(variant, onHand + quantity));
    }
  }

  #feed(collection: ReplicaCollection): Map<string, Version> {
    const feed = this.#feeds.get(collection);
    if (feed === undefined) throw new Error(`there is no feed of ${collection}`);
    return feed;
  }

  readonly #verify = (text: string, signature: string): boolean => {
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from(SPKI_PREFIX, "hex"), Buffer.from(this.publicKey, "base64url")]),
      format: "der",
      type: "spki",
    });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
  };
}

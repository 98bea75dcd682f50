import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { z } from "zod";
import { ok, type Result, refused } from "#domain/result.ts";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import { makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { type CodeKey, type CodeRefusal, readReceiptCode } from "#domain/returns/code/read-code.ts";
import type { CodeContent } from "#domain/returns/code/read-content.ts";
import type { Sha256 } from "#domain/returns/code/write-content.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import type { PurchasedLine } from "#domain/returns/purchase.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { purchaseSchema } from "#protocol/documents/purchase.ts";
import {
  keyOwnerOf,
  type ReceiptKeyDocument,
  type receiptDocumentSchema,
} from "#protocol/documents/receipt.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { Followed } from "../replica/followed.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

type ReceiptDocument = z.infer<typeof receiptDocumentSchema>;
type CodePorts = Pick<ShopPorts, "replica" | "receiptSigner" | "onTrouble">;

const KEY_PREFIX = "key:";
const KEY_DOCUMENT = '"kind":"key"';
/** DER prefix of an Ed25519 public key (RFC 8410), before the raw 32 bytes. */
const ED25519_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** The codes of receipts: those that this till makes, and those that any till of the chain or the server made. */
export class ReceiptCodes {
  readonly #ports: CodePorts;
  readonly #catalog: Pick<Catalog, "byCode">;
  readonly #keys = new Map<string, CodeKey>();
  readonly #followed: Followed<"receipts">;
  readonly #loaded: Promise<void>;

  /** Begins to read the replica's keys; codes that are read meanwhile wait for them. */
  constructor(ports: CodePorts, { catalog }: { readonly catalog: Pick<Catalog, "byCode"> }) {
    this.#ports = ports;
    this.#catalog = catalog;
    this.#followed = new Followed(ports, "receipts", {
      take: (id, document) => {
        if (document === null) this.#keys.delete(keyOfDocument(id));
        else this.#take(document);
      },
    });
    this.#loaded = this.#load();
  }

  /** What the QR code of a ticket's receipt holds, or of its gift receipt: the same each time. Null: nothing on it can be brought back by it. */
  codeOf(ticket: Ticket, { gift }: { readonly gift: boolean }): string | null {
    const { replica, receiptSigner } = this.#ports;
    const usualDays = returnPolicyOf(replica.settings() ?? {}).windowDays;
    const purchase = purchaseOfTicket(ticket, { usualDays });
    return purchase === null ? null : makeReceiptCode(purchase, { signer: receiptSigner, sha256, gift });
  }

  /** What a scanned code says was bought, its lines with what the catalogue knows of them. Never throws, whatever was scanned. */
  async read(scanned: string): Promise<Result<CodeContent, CodeRefusal>> {
    await this.#loaded;
    const read = readReceiptCode(scanned, { keyOf: (id) => this.#keyOf(id), verify: isSignedBy });
    if (!read.ok || read.value.kind === "summary") return read;
    const { purchase } = read.value;
    // What the journal and the server would not take must not come in by a code, whoever signed it.
    if (!purchaseSchema.safeParse(purchase).success) return refused("malformed");
    const lines = await Promise.all(purchase.lines.map((line) => this.#asCatalogued(line)));
    return ok({ kind: "full", purchase: { ...purchase, lines } });
  }

  close(): void {
    this.#followed.end();
  }

  #load(): Promise<void> {
    const { replica } = this.#ports;
    return this.#followed.load(async () => {
      // Among very many purchases there are few keys: they are picked out rather than all read.
      const keys = await replica.mentioning("receipts", KEY_DOCUMENT);
      return keys === null ? replica.scan("receipts") : [keys];
    });
  }

  #take(document: ReceiptDocument): void {
    if (document.kind === "key") this.#keys.set(keyOfDocument(document.id), keyOf(document));
  }

  /** A till trusts itself also before the server has told it of its own key. */
  #keyOf(id: string): CodeKey | null {
    const { publicKey } = this.#ports.receiptSigner;
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    return id === keyIdOf(publicKey, sha256)
      ? { publicKey, revoked: false, owner: { kind: "till", tills: null } }
      : null;
  }

  /** A code names articles by their SKU alone; one that is sold no more stays nameless. */
  async #asCatalogued(line: PurchasedLine): Promise<PurchasedLine> {
    const found = await this.#catalog.byCode(line.sku);
    if (found === null || found.item.sku !== line.sku) return line;
    const { variant, name, options } = found.item;
    return { ...line, variant, name, options };
  }
}

function keyOfDocument(id: string): string {
  return id.slice(KEY_PREFIX.length);
}

function keyOf(document: ReceiptKeyDocument): CodeKey {
  const { publicKey, revokedAt } = document;
  return {
    publicKey: Buffer.from(publicKey, "base64url"),
    revoked: revokedAt !== null,
    owner: keyOwnerOf(document),
  };
}

function isSignedBy(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = keyObjectOf(publicKey);
  return key !== null && verify(null, bytes, key, signature);
}

/** Null: the server published what is no key. */
function keyObjectOf(raw: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.concat([ED25519_PREFIX, raw]), format: "der", type: "spki" });
  } catch {
    return null;
  }
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Instant, instant } from "#domain/ids.ts";
import type { SignatureVerifier, Signer } from "#domain/journal/entry.ts";
import type { CodeSigner } from "#domain/returns/code/make-code.ts";
import { awayMs, awayUntil, notAway, type TimeAway } from "#domain/store/time-away.ts";
import { base64urlSchema, idSchema, instantSchema, textSchema } from "#protocol/scalars.ts";
import { type TakenOver, takenOverSchema } from "#protocol/sync/enrol.ts";
import { certificateSchema } from "#protocol/sync/letting-in.ts";
import type { Epoch } from "./journal/journal.ts";
import type { Clock, Enrolment, TillIdentity, Unwatch } from "./ports.ts";
import { replaceFile } from "./replace-file.ts";

/** What the till keeps of its pairing. The file is readable by its owner alone; `vault` may seal it further (the OS key store in Electron). */
const savedSchema = z.strictObject({
  privateKey: base64urlSchema,
  server: z.string().nullable(),
  token: z.string().nullable(),
  epoch: z.number().int().nonnegative(),
  device: idSchema<"Device">().nullable(),
  store: idSchema<"Store">().nullable(),
  storeCode: z.string(),
  storeName: textSchema,
  register: z.number().int().nonnegative(),
  pairedAt: instantSchema.nullable(),
  lastContactAt: instantSchema.nullable(),
  /** Absent: as `lastContactAt` says. */
  away: z.strictObject({ spentMs: z.number().nonnegative(), seenAt: instantSchema }).exactOptional(),
  /** Absent: none is known. */
  clockOffsetMs: z.number().int().exactOptional(),
  /** Where another machine left the register, kept until the journal has begun there. */
  takenOver: takenOverSchema.exactOptional(),
  /** Of its pairing, for a server that went back to a time before it. Absent: the server has given none yet. */
  certificate: certificateSchema.exactOptional(),
});
type Saved = z.infer<typeof savedSchema>;

/** Seals what is kept on disk. The default leaves it to the file's permissions. */
export interface Vault {
  seal(text: string): string;
  open(sealed: string): string;
}

export const PLAIN_VAULT: Vault = { seal: (text) => text, open: (sealed) => sealed };

/** Written at most this often when nothing but the time of the last contact changed, milliseconds. */
const CONTACT_SAVE_EVERY_MS = 60_000;

/** An Ed25519 key stands at the end of its DER wrapping (RFC 8410). */
const RAW_KEY_BYTES = 32;

export interface Paired {
  readonly server: string;
  readonly token: string;
  readonly epoch: number;
  readonly identity: TillIdentity;
  /** Where another machine left the register that this one has now. */
  readonly takenOver?: TakenOver;
}

/** The epoch that a till begins when it was paired. */
export function epochOf({ epoch, identity, takenOver }: Paired): Epoch {
  return { epoch, register: identity.register, ...(takenOver === undefined ? {} : { takenOver }) };
}

interface Place {
  readonly file: string;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** Who this till is: its key pair, made on the first start, and its pairing. */
export class IdentityFile implements Enrolment {
  readonly #file: string;
  readonly #vault: Vault;
  readonly #clock: Clock;
  readonly #watchers = new Set<() => void>();
  #saved: Saved;
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  #contactSavedAt = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor({ file, vault, clock }: Place, saved: Saved) {
    this.#file = file;
    this.#vault = vault;
    this.#clock = clock;
    this.#saved = saved;
    this.#key = createPrivateKey({
      key: Buffer.from(saved.privateKey, "base64url"),
      format: "der",
      type: "pkcs8",
    });
    this.#publicKey = createPublicKey(this.#key);
  }

  /** Reads the file, or makes a till that is not paired yet. Throws when the file is damaged: a new key would fork the journal. */
  static async load(dataDir: string, vault: Vault, clock: Clock): Promise<IdentityFile> {
    const file = join(dataDir, "identity.json");
    const place: Place = { file, vault, clock };
    if (existsSync(file))
      return new IdentityFile(place, savedSchema.parse(JSON.parse(vault.open(readFileSync(file, "utf8")))));
    const { privateKey } = generateKeyPairSync("ed25519");
    const made = new IdentityFile(place, {
      privateKey: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url"),
      server: null,
      token: null,
      epoch: 0,
      device: null,
      store: null,
      storeCode: "",
      storeName: "",
      register: 0,
      pairedAt: null,
      lastContactAt: null,
    });
    await made.#save();
    return made;
  }

  /** Of this till's own key: what the journal's start checks with. */
  readonly verify: SignatureVerifier = (text, signature) =>
    verify(null, Buffer.from(text, "utf8"), this.#publicKey, Buffer.from(signature, "base64url"));

  readonly sign: Signer = (text) => sign(null, Buffer.from(text, "utf8"), this.#key).toString("base64url");

  /** Raw Ed25519 public key, base64url. */
  get publicKey(): string {
    return this.#rawPublicKey.toString("base64url");
  }

  /** The same key for what is no text: the codes of receipts. */
  get receiptSigner(): CodeSigner {
    return { publicKey: this.#rawPublicKey, sign: (bytes) => sign(null, bytes, this.#key) };
  }

  get #rawPublicKey(): Buffer {
    return this.#publicKey.export({ format: "der", type: "spki" }).subarray(-RAW_KEY_BYTES);
  }

  paired(): Paired | null {
    const identity = this.identity();
    const { server, token, epoch, takenOver } = this.#saved;
    if (identity === null || server === null || token === null) return null;
    return { server, token, epoch, identity, ...(takenOver === undefined ? {} : { takenOver }) };
  }

  identity(): TillIdentity | null {
    const { device, store, storeCode, storeName, register, pairedAt } = this.#saved;
    return device === null || store === null || pairedAt === null
      ? null
      : { device, store, storeCode, storeName, register, pairedAt };
  }

  /** What it shows a server that does not know it any more; null: no server has given it one. */
  certificate(): string | null {
    return this.#saved.certificate ?? null;
  }

  async certified(certificate: string): Promise<void> {
    this.#saved = { ...this.#saved, certificate };
    await this.#save();
  }

  /** By the till's clock; null when it never heard the server. */
  lastContactAt(): Instant | null {
    return this.#saved.lastContactAt;
  }

  /** Whether this till has had a journal: the server was heard, which is noted only after the first entry is written. */
  hasWritten(): boolean {
    return this.#saved.lastContactAt !== null;
  }

  awayMs(): number {
    return awayMs(this.#away, this.#clock.now());
  }

  /** Counts the time without the server on, on the disk as well: this till has run for `ranMs` since it did so last. */
  async ranOn(ranMs: number): Promise<void> {
    this.#saved = {
      ...this.#saved,
      away: awayUntil(this.#away, { now: this.#clock.now(), ranMs }),
    };
    await this.#save();
  }

  get #away(): TimeAway {
    const { away, lastContactAt, pairedAt } = this.#saved;
    return away ?? notAway(lastContactAt ?? pairedAt ?? this.#clock.now());
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }

  /** Throws when it cannot be written down: then this till is as unpaired as its disk will say at the next start. */
  async pairedWith(paired: Paired): Promise<void> {
    const { identity, ...rest } = paired;
    const before = this.#saved;
    this.#saved = { ...before, ...rest, ...identity, away: notAway(identity.pairedAt) };
    try {
      await this.#save();
    } catch (error) {
      this.#saved = { ...before, lastContactAt: this.#saved.lastContactAt };
      throw error;
    }
    this.#tell();
  }

  async beganEpoch(epoch: number): Promise<void> {
    this.#saved = { ...this.#saved, epoch };
    await this.#save();
  }

  /** Till clock minus server clock as it was heard last, milliseconds; 0 where it never was. */
  clockOffsetMs(): number {
    return this.#saved.clockOffsetMs ?? 0;
  }

  /** Notes that the server was heard, and how far the two clocks are apart. Kept on disk now and then: it decides by days. A clock that is another is kept at once. */
  async heardServer(atMs: number, clockOffsetMs: number = this.clockOffsetMs()): Promise<void> {
    const isSameClock = clockOffsetMs === this.clockOffsetMs();
    this.#saved = {
      ...this.#saved,
      lastContactAt: instant(atMs),
      away: notAway(instant(atMs)),
      clockOffsetMs,
    };
    if (isSameClock && Math.abs(atMs - this.#contactSavedAt) < CONTACT_SAVE_EVERY_MS) return;
    this.#contactSavedAt = atMs;
    this.#tell();
    await this.#save();
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }

  async #save(): Promise<void> {
    const text = this.#vault.seal(JSON.stringify(this.#saved));
    const written = this.#writing.then(() => replaceFile(this.#file, text));
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

import type { Instant } from "#domain/ids.ts";
import type { NotLetIn } from "#domain/store/letting-in.ts";
import { letInWish, pairingSchema } from "#protocol/sync/letting-in.ts";
import type { IdentityFile } from "../identity.ts";
import { type DiskJournal, sha256Hex } from "../journal/journal.ts";
import type { Clock } from "../ports.ts";
import type { NOT_LET_IN } from "./link.ts";
import { beginNextEpoch } from "./push.ts";
import { type ServerClient, ServerRefusal, Unreachable } from "./server-client.ts";

type WhyNot = (typeof NOT_LET_IN)[number];

/** The server's answers that say no to this till as such; whatever else fails is tried again as ever. */
const NO: ReadonlySet<ServerRefusal["reason"]> = new Set(["badRequest", "forbidden", "notFound"]);
/** By the word in which the server says why. */
const WHY_NOT: readonly (readonly [NotLetIn, WhyNot])[] = [
  ["storeUnknown", "storeNotKnown"],
  ["journalLost", "pairAnew"],
];
/** A server that could not say is asked again after so long, milliseconds: every pull comes by. */
const REST_MS = 300_000;

/**
 * Gets this till in again where its server went back to a time before it was paired, and does not know it (SPEC S4c): it keeps a certificate of its pairing
 * from the time before, and shows it.
 */
export class BackIn {
  readonly #parts: { readonly identity: IdentityFile; readonly journal: DiskJournal; readonly clock: Clock };
  #isWanted = false;
  #letInAt: Instant | null = null;
  /** Nothing is to be asked for until the next start: the certificate is here, or was asked for, or the server is of before there were any. */
  #isDone = false;
  #restsUntil = 0;

  constructor(parts: {
    readonly identity: IdentityFile;
    readonly journal: DiskJournal;
    readonly clock: Clock;
  }) {
    this.#parts = parts;
  }

  /** The server has said that it does not know this till. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** When it let this till in again, since the till was started. */
  get letInAt(): Instant | null {
    return this.#letInAt;
  }

  /** What a call failed of. Answers whether it is news that this till is not known. */
  refused(error: unknown): boolean {
    const isNews = !this.#isWanted && error instanceof ServerRefusal && error.reason === "unauthorised";
    if (isNews) this.#isWanted = true;
    return isNews;
  }

  /** The server did what was asked: it knows this till. */
  heard(): void {
    this.#isWanted = false;
  }

  /** Asks for the certificate where it is not here, and once at each start where it does not say the store's code, which HQ makes the store again by. What the call fails of keeps nobody from pulling, who hears of it as well. Throws what the disk throws. */
  async prepare(client: () => ServerClient): Promise<void> {
    const { identity, clock } = this.#parts;
    if (this.#isDone || clock.now() < this.#restsUntil) return;
    const kept = identity.certificate();
    if (kept !== null && !lacksStoreCode(kept)) {
      this.#isDone = true;
      return;
    }
    const answer = await client()
      .certificate()
      .catch((error: unknown) => {
        if (isNo(error)) this.#isDone = true;
        else if (!(error instanceof Unreachable)) this.#restsUntil = clock.now() + REST_MS;
        return null;
      });
    if (answer === null) return;
    this.#isDone = true;
    if (answer.certificate !== kept) await identity.certified(answer.certificate);
  }

  /** Asks to be let in. Answers why that was not done, null where it was; throws `deviceRevoked`, and what the line and the disk throw. */
  async ask(client: () => ServerClient): Promise<WhyNot | null> {
    const { identity, journal, clock } = this.#parts;
    const certificate = identity.certificate();
    const paired = identity.paired();
    if (certificate === null || paired === null) return "notKnown";
    const lost = journal.head.epoch === 0 && identity.hasWritten();
    const wish = letInWish({ certificate, tokenHash: sha256Hex(paired.token), lost });
    const signature = identity.sign(wish);
    // One for both calls: of which version the server is, it knows by what was answered before.
    const server = client();
    try {
      const { as, epoch } = await server.letIn({ certificate, signature, ...(lost ? { lost } : {}) });
      if (as === "aside") await journal.rewind({ epoch: journal.head.epoch, seq: 0 });
      // What it told in the epochs before is not there either: all of it is told again in the next one.
      else if (!lost && epoch !== journal.head.epoch)
        await beginNextEpoch({ journal, identity, client: () => server });
      if (as === "till") this.#letInAt = clock.now();
    } catch (error) {
      if (!isNo(error)) throw error;
      const why = WHY_NOT.find(([word]) => error.details.includes(word))?.[1] ?? "notKnown";
      // Its store alone would not let it in, and it sells nothing meanwhile.
      return lost && why === "storeNotKnown" ? "pairAnew" : why;
    }
    this.#isWanted = false;
    return null;
  }
}

/** It is of before certificates said it. Of one that this till cannot read nothing is known. */
function lacksStoreCode(certificate: string): boolean {
  const [body = ""] = certificate.split(".");
  try {
    const pairing = pairingSchema.safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8")));
    return pairing.success && pairing.data.storeCode === undefined;
  } catch {
    return false;
  }
}

function isNo(error: unknown): error is ServerRefusal {
  return error instanceof ServerRefusal && NO.has(error.reason);
}

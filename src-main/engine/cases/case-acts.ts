import { createHash } from "node:crypto";
import { NOTHING_DONE, withCaseActs } from "#domain/cases/act.ts";
import {
  type Case,
  type CaseAct,
  type CaseMove,
  MAX_ACTS_PER_CASE,
  MAX_PHOTO_BYTES,
} from "#domain/cases/case.ts";
import { casePolicyOf, deadlineOf } from "#domain/cases/deadline.ts";
import type { CasePhoto } from "#domain/cases/facts.ts";
import { caseNumber } from "#domain/cases/number.ts";
import { moveFits } from "#domain/cases/status.ts";
import { type CaseId, type Instant, idOf, instant, type StaffId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { CASE_REFUSALS } from "#protocol/till/cases.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { JournalHead } from "../ports.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { writeDecided } from "../shop/write-decided.ts";
import type { CaseBook } from "./case-book.ts";

export type CaseRefusal = (typeof CASE_REFUSALS)[number];
type Opening = VerbParsedArgs<"openCase">;
type Noting = VerbParsedArgs<"noteCase">;
type Photos = Opening["photos"];

/** Writes what happens to cases: each act is one entry of the journal, its photos in it. */
export class CaseActs {
  readonly #ports: ShopPorts;
  readonly #book: CaseBook;

  constructor(ports: ShopPorts, book: CaseBook) {
    this.#ports = ports;
    this.#book = book;
  }

  async open(staff: StaffId, args: Opening): Promise<Result<CaseId, CaseRefusal>> {
    if (args.fault.trim() === "") return refused("faultMissing");
    if (args.product.name.trim() === "") return refused("productMissing");
    const photos = namedPhotos(args.photos);
    if (!photos.ok) return photos;
    const id = idOf<"Case">(this.#ports.newId());
    const written = await writeDecided<CaseRefusal>(this.#ports, {
      staff,
      factOf: (head) => this.#openingOf(args, { id, head, photos: photos.value }),
    });
    if (!written.ok) return written;
    await this.#keep(photos.value);
    return ok(id);
  }

  async note(staff: StaffId, args: Noting): Promise<Result<CaseId, CaseRefusal>> {
    const photos = namedPhotos(args.photos);
    if (!photos.ok) return photos;
    const written = await writeDecided<CaseRefusal>(this.#ports, {
      staff,
      factOf: () => this.#notedOf(args, photos.value),
    });
    if (!written.ok) return written;
    this.#rememberElsewhere(written.value);
    await this.#keep(photos.value);
    return ok(args.case);
  }

  /** Now by the server's clock. */
  now(): Instant {
    return instant(Math.max(0, this.#ports.clock.now() - this.#ports.server.clockOffsetMs()));
  }

  #openingOf(
    { photos: _, contact, deadline, ...args }: Opening,
    {
      id,
      head,
      photos,
    }: { readonly id: CaseId; readonly head: JournalHead; readonly photos: readonly CasePhoto[] },
  ): Fact {
    const { enrolment, replica } = this.#ports;
    const till = enrolment.identity();
    if (till === null) throw new Error("a till opens cases only once it is paired");
    const { storeCode, store } = till;
    const place = { storeCode, register: head.register, epoch: head.epoch, seq: head.seq + 1 };
    const policy = casePolicyOf(replica.settings() ?? {});
    const opening = {
      ...args,
      id,
      number: caseNumber(place),
      store,
      // A name goes into the journal only where the chain has no profile of them.
      contact: args.customer === null ? contact : null,
      fault: args.fault.trim(),
      deadline: deadline ?? deadlineOf({ kind: args.kind, at: this.now(), policy }),
      photos: photos.map(({ hash }) => hash),
    };
    return { type: "case.opened", opening, photos };
  }

  #notedOf(args: Noting, photos: readonly CasePhoto[]): Fact | CaseRefusal {
    const of = this.#book.get(args.case);
    if (of === null) return "noSuchCase";
    if (of.history.length >= MAX_ACTS_PER_CASE) return "tooManyActs";
    const move = moveOf(of, args);
    if (!move.ok) return move.reason;
    const here = this.#ports.enrolment.identity()?.store ?? null;
    const act: CaseAct = {
      move: move.value,
      note: args.note.trim(),
      photos: photos.map(({ hash }) => hash),
      deadline: args.deadline,
      store: args.takeOver && of.store !== here ? here : null,
    };
    const isNothing = JSON.stringify(act) === JSON.stringify(NOTHING_DONE);
    return isNothing ? "nothingNoted" : { type: "case.noted", case: of.id, act, photos };
  }

  #rememberElsewhere({ id, at, staff, device, fact }: JournalEntry): void {
    if (fact.type !== "case.noted") return;
    const found = this.#book.foundElsewhere(fact.case);
    if (found === null) return;
    const dated = {
      id,
      at: instant(Math.max(0, at - this.#ports.server.clockOffsetMs())),
      by: { kind: "staff", staff, device },
      act: fact.act,
    } as const;
    this.#book.keepActed(withCaseActs(found.case, [dated]));
  }

  /** The photos are safe in the journal: a disk that will not take them a second time shows them later. */
  async #keep(photos: readonly CasePhoto[]): Promise<void> {
    const { keepPicture, onTrouble } = this.#ports;
    for (const { mime, bytes } of photos)
      await keepPicture({ mime, bytes: Buffer.from(bytes, "base64") }).catch(onTrouble);
  }
}

function moveOf(
  { status }: Case,
  { to, outcome }: Pick<Noting, "to" | "outcome">,
): Result<CaseMove | null, CaseRefusal> {
  if (to === null || to === status) return ok(null);
  if (!moveFits({ now: status, from: status, to })) return refused("notNow");
  if (to === "closed" && outcome === null) return refused("outcomeMissing");
  return ok({ from: status, to, outcome: to === "closed" ? outcome : null });
}

function namedPhotos(photos: Photos): Result<readonly CasePhoto[], "photoTooLarge"> {
  const named = new Map<string, CasePhoto>();
  for (const photo of photos) {
    const bytes = Buffer.from(photo.bytes, "base64");
    if (bytes.length > MAX_PHOTO_BYTES) return refused("photoTooLarge");
    const hash = idOf<"ImageHash">(createHash("sha256").update(bytes).digest("hex"));
    named.set(hash, { ...photo, hash });
  }
  return ok([...named.values()]);
}

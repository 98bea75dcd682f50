import { createHash } from "node:crypto";
import { idOf, type StaffId, type StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { BADGE_CODE_BYTES, badgeCodeOf, badgeVerifierOf } from "#domain/staff/badge.ts";
import { pinFlaw } from "#domain/staff/pin-choice.ts";
import type { PinVerifier, StaffMember } from "#domain/staff/staff.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { hashPin, PIN_SALT_BYTES } from "./pin-hash.ts";
import type { Colleague } from "./port.ts";
import { retailersRoles } from "./roles.ts";

/** What HQ says of a colleague. `stores` null: all. */
export interface ColleagueTerms {
  readonly name: string;
  readonly role: string;
  readonly stores: readonly StoreId[] | null;
}

export type PinRefusal = NonNullable<ReturnType<typeof pinFlaw>>;
export type TermsRefusal = "unknownRole" | "unknownStore" | "noStore";
type Known = "unknownColleague";

/** What HQ does to who works for the retailer; tills hear of each change with their next wake-up. */
export interface People {
  add(terms: ColleagueTerms, pin: string): Promise<Result<Colleague, TermsRefusal | PinRefusal>>;
  edit(id: StaffId, terms: ColleagueTerms): Promise<Result<Colleague, TermsRefusal | Known>>;
  /** Every till locks them out as soon as it hears of it. Their badge is void from now on. */
  dismiss(id: StaffId): Promise<Result<Colleague, Known>>;
  /** They may sign in again, with the PIN that they had. */
  takeBack(id: StaffId): Promise<Result<Colleague, Known | "unknownRole">>;
  setPin(id: StaffId, pin: string): Promise<Result<Colleague, Known | PinRefusal>>;
  /** A new badge, in place of one that they had. Its code is told here once and kept nowhere. */
  issueBadge(
    id: StaffId,
  ): Promise<Result<{ readonly colleague: Colleague; readonly code: string }, Known | "dismissed">>;
  revokeBadge(id: StaffId): Promise<Result<Colleague, Known>>;
}

const sha256Hex = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

export function createPeople({
  publisher,
  newId,
  randomBytes,
}: {
  readonly publisher: Publisher;
  readonly newId: () => string;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Uint8Array;
}): People {
  const hashed = (pin: string): Promise<PinVerifier> => hashPin(pin, randomBytes(PIN_SALT_BYTES));
  const change = <R>(
    id: StaffId,
    decide: (colleague: Colleague, tx: ReadTransaction) => Promise<Result<Colleague, R>>,
  ) => publisher.publish((publication) => changeColleague(publication, id, decide));
  return {
    add: async (terms, pin) => {
      const flaw = pinFlaw(pin);
      if (flaw !== null) return refused(flaw);
      const verifier = await hashed(pin);
      return publisher.publish(async (publication) => {
        const wrong = await termsFlaw(publication.tx, terms);
        if (wrong !== null) return refused(wrong);
        const id = idOf<"Staff">(newId());
        const { name, role, stores } = terms;
        const colleague = { member: { id, name, role, pin: verifier, active: true }, stores };
        await publication.putColleague(colleague);
        return ok(colleague);
      });
    },
    edit: (id, terms) =>
      change(id, async ({ member }, tx) => {
        const wrong = await termsFlaw(tx, terms);
        const { name, role, stores } = terms;
        return wrong === null ? ok({ member: { ...member, name, role }, stores }) : refused(wrong);
      }),
    dismiss: (id) =>
      change(id, async ({ member, stores }) =>
        ok({ member: { ...withoutBadge(member), active: false }, stores }),
      ),
    takeBack: (id) =>
      change(id, async ({ member, stores }, tx) => {
        if (!(await isRole(tx, member.role))) return refused("unknownRole");
        return ok({ member: { ...member, active: true }, stores });
      }),
    setPin: async (id, pin) => {
      const flaw = pinFlaw(pin);
      if (flaw !== null) return refused(flaw);
      const verifier = await hashed(pin);
      return change(id, async ({ member, stores }) => ok({ member: { ...member, pin: verifier }, stores }));
    },
    issueBadge: async (id) => {
      const code = badgeCodeOf(randomBytes(BADGE_CODE_BYTES));
      const badge = badgeVerifierOf(code, sha256Hex);
      const issued = await change(id, async ({ member, stores }) =>
        member.active ? ok({ member: { ...member, badge }, stores }) : refused("dismissed"),
      );
      return issued.ok ? ok({ colleague: issued.value, code }) : issued;
    },
    revokeBadge: (id) =>
      change(id, async ({ member, stores }) => ok({ member: withoutBadge(member), stores })),
  };
}

async function changeColleague<R>(
  publication: Publication,
  id: StaffId,
  decide: (colleague: Colleague, tx: ReadTransaction) => Promise<Result<Colleague, R>>,
): Promise<Result<Colleague, R | Known>> {
  const known = await publication.tx.colleague(id);
  if (known === null) return refused("unknownColleague");
  const decided = await decide(known, publication.tx);
  if (decided.ok) await publication.putColleague(decided.value);
  return decided;
}

function withoutBadge({ badge: _, ...member }: StaffMember): StaffMember {
  return member;
}

async function termsFlaw(
  tx: ReadTransaction,
  { role, stores }: ColleagueTerms,
): Promise<TermsRefusal | null> {
  if (!(await isRole(tx, role))) return "unknownRole";
  if (stores === null) return null;
  if (stores.length === 0) return "noStore";
  const known = (await tx.stores()).map(({ store }) => store);
  return stores.every((store) => known.includes(store)) ? null : "unknownStore";
}

async function isRole(tx: ReadTransaction, id: string): Promise<boolean> {
  return (await retailersRoles(tx)).some((role) => role.id === id);
}

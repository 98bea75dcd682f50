import { type Instant, instant, type StaffId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { hasLapsed } from "#domain/staff/pin.ts";
import { type Act, givesWord, mayDo, type Role } from "#domain/staff/role.ts";
import type { Permission, StaffMember } from "#domain/staff/staff.ts";
import { type StoreSettingsNow, settingsAt } from "#domain/store/store.ts";
import { nextTaxChange } from "#domain/tax/tax-plan.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { SessionView } from "#protocol/till/status.ts";
import { PriceMoments } from "../catalog/price-moments.ts";
import type { TillIdentity, Unwatch } from "../ports.ts";
import { Changes } from "./changes.ts";
import { durably } from "./durably.ts";
import { type Proof, type Recognised, Roster, type Unknown } from "./roster.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Turns } from "./turns.ts";

/** Who works at this till right now, under which settings. */
export interface OnDuty {
  readonly staff: StaffMember;
  /** Null where the store has no such role: then nothing is allowed. */
  readonly role: Role | null;
  /**
   * As they hold now by the till's own clock, which its receipts are dated by: a planned tax rate holds from the first moment of its day, whether or not the
   * server can be asked.
   */
  readonly settings: StoreSettingsNow;
  readonly identity: TillIdentity;
}

type SignInAnswer = VerbAnswer<"signIn">;
type StaffName = Extract<SessionView, { readonly state: "open" }>["staff"];

type Voucher = Proof & { readonly permission: Permission };
/** What is wrong with the drawer before anything is sold. */
export type DrawerDoubt = "shiftNeeded" | "shiftForgotten";
type VouchRefusal = "wrongPin" | "tooManyTries" | "notAManager" | "storage";

/**
 * Staff sign-in by PIN or badge. Lives as long as the engine: a reloaded screen finds its session, a restarted till asks for the PIN again.
 */
export class Session {
  readonly #ports: ShopPorts;
  readonly #changes = new Changes();
  readonly #turns = new Turns();
  readonly #roster: Roster;
  readonly #unwatch: Unwatch[];
  #signedIn: StaffId | null = null;
  /** When planned tax rates begin, by the till's own clock. */
  readonly #taxMoments: PriceMoments;
  #signedInAt: Instant = instant(0);
  #drawerDoubt: (duty: OnDuty) => DrawerDoubt | null = () => null;

  constructor(ports: ShopPorts) {
    this.#ports = ports;
    this.#roster = new Roster(ports);
    const tell = (): void => this.#changes.tell();
    this.#taxMoments = new PriceMoments(
      { clock: ports.clock, timers: ports.timers, server: { clockOffsetMs: () => 0 } },
      {
        nextAfter: (at) => {
          const settings = ports.replica.settings();
          return settings === null ? null : nextTaxChange(settings.tax, { at, timeZone: settings.timeZone });
        },
        onMoment: () => {
          tell();
          this.#taxMoments.told();
        },
      },
    );
    this.#taxMoments.told();
    this.#unwatch = [
      ports.enrolment.watch(tell),
      ports.replica.watch("settings", () => {
        tell();
        this.#taxMoments.told();
      }),
      ports.replica.watch("staff", () => this.#rosterChanged()),
    ];
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    this.#taxMoments.close();
    for (const end of this.#unwatch) end();
  }

  /** Null when nobody is signed in, also when HQ has taken the one who was off the roster. */
  onDuty(): OnDuty | null {
    const settings = this.#ports.replica.settings();
    const identity = this.#ports.enrolment.identity();
    const staff = this.#signedIn === null ? null : this.#roster.member(this.#signedIn);
    if (settings === null || identity === null || staff === null) return null;
    return {
      staff,
      role: this.#roster.roleOf(staff),
      settings: settingsAt(settings, this.#ports.clock.now()),
      identity,
    };
  }

  /** Who is on duty, if the role allows the act. */
  permitted(permission: Permission): Result<OnDuty, "notSignedIn" | "notPermitted"> {
    this.#letGoOfLapsed();
    const duty = this.onDuty();
    if (duty === null) return refused("notSignedIn");
    return mayDo(duty.role, { permission }) ? ok(duty) : refused("notPermitted");
  }

  /**
   * Whether an act may be done now: the one on duty may, or somebody who may allows it with a PIN or badge. `approvedBy` is who that was, null
   * where nobody had to. Of several acts one word allows all. `approvalNeeded`: ask again with such a word.
   */
  async authorise(
    what: Permission | Act | readonly Act[],
    word: Approval | null,
  ): Promise<Result<{ readonly duty: OnDuty; readonly approvedBy: StaffId | null }, ApprovalRefusal>> {
    this.#letGoOfLapsed();
    const duty = this.onDuty();
    if (duty === null) return refused("notSignedIn");
    const acts = typeof what === "string" ? [{ permission: what }] : [what].flat();
    const beyond = acts.filter((act) => !mayDo(duty.role, act));
    if (beyond.length === 0) return ok({ duty, approvedBy: null });
    if (word === null) return refused("approvalNeeded");
    const proof = "badge" in word ? word : { staff: word.manager, pin: word.pin };
    const vouched = await this.allowedBy(proof, beyond);
    return vouched.ok ? ok({ duty, approvedBy: vouched.value.id }) : vouched;
  }

  /** Like `authorise`, for what leaves no entry of its own: a word that was given for it is in the journal before it is done. `about`: in words. */
  async authoriseNoted(
    permission: Permission,
    word: Approval | null,
    about: string,
  ): Promise<Result<OnDuty, ApprovalRefusal>> {
    const allowed = await this.authorise(permission, word);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    return approvedBy === null ? ok(duty) : this.#note(duty, { permission, approvedBy, what: about });
  }

  /** Like `authoriseNoted`, for what somebody is to answer for: who that was is in the journal for each, also where whoever is at the till had to ask nobody. */
  async answerFor(
    permission: Permission,
    word: Approval | null,
    abouts: readonly string[],
  ): Promise<Result<OnDuty, ApprovalRefusal>> {
    const allowed = await this.authorise(permission, word);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    for (const what of abouts) {
      const noted = await this.#note(duty, { permission, approvedBy: approvedBy ?? duty.staff.id, what });
      if (!noted.ok) return noted;
    }
    return ok(duty);
  }

  async #note(
    duty: OnDuty,
    of: { readonly permission: Permission; readonly approvedBy: StaffId; readonly what: string },
  ): Promise<Result<OnDuty, "storage">> {
    const { journal, onTrouble } = this.#ports;
    const fact = { type: "action.approved", ...of } as const;
    const append = () => journal.append({ staff: duty.staff.id, makeFact: () => fact });
    const written = await durably(append, onTrouble);
    return written.ok ? ok(duty) : written;
  }

  /** From now on nothing is sold while there is a doubt about the drawer of whoever is on duty. */
  heedDrawer(doubt: (duty: OnDuty) => DrawerDoubt | null): void {
    this.#drawerDoubt = doubt;
  }

  /** Whether goods may be rung up and money taken now: a till too long without the server asks for a manager, and the drawer has to be in order. */
  maySell(): Result<OnDuty, "notSignedIn" | "notPermitted" | "managerNeeded" | DrawerDoubt> {
    const permitted = this.permitted("sell");
    if (!permitted.ok) return permitted;
    const { role } = permitted.value;
    if (this.#ports.offlinePolicy() === "manager" && !mayDo(role, { permission: "overrideOfflineAge" }))
      return refused("managerNeeded");
    const doubt = this.#drawerDoubt(permitted.value);
    return doubt === null ? permitted : refused(doubt);
  }

  /** Tries are taken one at a time: guessing in parallel gains nothing. */
  signIn(proof: Proof): Promise<SignInAnswer> {
    return this.#turns.take(() => this.#signIn(proof));
  }

  /**
   * A word that somebody else gives at this till with their PIN: who it was, if the role allows it. Wrong PINs count as at sign-in. Nobody
   * is signed in by it.
   */
  vouch({ permission, ...proof }: Voucher): Promise<Result<StaffMember, VouchRefusal>> {
    return this.allowedBy(proof, [{ permission }]);
  }

  signOut(): Promise<VerbAnswer<"signOut">> {
    return this.#turns.take(async () => {
      const duty = this.onDuty();
      if (duty === null) return refused("notSignedIn");
      const written = await this.#journal(duty.staff.id, "staff.signedOut");
      if (!written.ok) return written;
      this.#signedIn = null;
      this.#changes.tell();
      return ok({});
    });
  }

  view(): SessionView {
    const identity = this.#ports.enrolment.identity();
    if (identity === null) return { state: "unpaired" };
    const settings = this.#ports.replica.settings();
    const staff = this.#roster.active();
    const { register } = identity;
    if (settings === null || staff.length === 0) {
      return { state: "preparing", storeName: identity.storeName, register };
    }
    const place = {
      storeName: settings.name,
      storeCode: settings.code,
      register,
      locale: settings.locale,
      timeZone: settings.timeZone,
      currency: settings.currency,
      lockAfterMinutes: settings.cash?.lockAfterMinutes ?? null,
    };
    const duty = this.onDuty();
    const shown = (member: StaffMember) => this.#named(member);
    if (duty === null) return { state: "locked", ...place, staff: staff.map(shown) };
    const { role } = duty;
    return {
      state: "open",
      ...place,
      staff: shown(duty.staff),
      permissions: [...(role?.permissions ?? [])],
      limits: role?.limits ?? null,
      managers: staff.filter((member) => givesWord(this.#roster.roleOf(member), role)).map(shown),
      colleagues: staff.map(shown),
    };
  }

  /** Who somebody is, by PIN or badge. Nobody is signed in by it. */
  recognise(proof: Proof): Promise<Recognised> {
    return this.#turns.take(() => this.#roster.recognise(proof));
  }

  /** Whether somebody works here now. */
  knows(staff: StaffId): boolean {
    return this.#roster.member(staff) !== null;
  }

  /** A member of staff as the screens name them, also one who works here no more. */
  staffName(staff: StaffId): StaffName {
    const member = this.#ports.replica.staff().find(({ id }) => id === staff);
    return member === undefined ? { id: staff, name: "", role: { id: "", name: "" } } : this.#named(member);
  }

  /** The name of a member of staff, empty when the roster no longer knows it. */
  nameOf(staff: StaffId): string {
    return this.#ports.replica.staff().find((member) => member.id === staff)?.name ?? "";
  }

  /** Whoever leaves the roster is signed out for good: coming back on it does not open the till again. */
  #rosterChanged(): void {
    if (this.#signedIn !== null && this.#roster.member(this.#signedIn) === null) this.#signedIn = null;
    this.#changes.tell();
  }

  /** Whoever went on working with a roster that has expired meanwhile is out the next day. */
  #letGoOfLapsed(): void {
    if (this.#signedIn === null) return;
    const roster = this.#roster.isExpired() ? "expired" : "valid";
    if (!hasLapsed({ signedInAt: this.#signedInAt, now: this.#ports.clock.now(), roster })) return;
    this.#signedIn = null;
    this.#changes.tell();
  }

  async #signIn(proof: Proof): Promise<SignInAnswer> {
    const identity = this.#ports.enrolment.identity();
    if (this.#ports.replica.settings() === null || identity === null) return refusedSignIn("unknownStaff");
    const known = await this.#roster.recognise(proof);
    if (!known.ok) return known;
    const staff = known.value.id;
    const before = this.onDuty();
    if (before?.staff.id === staff) return ok({});
    if (before !== null) {
      const left = await this.#journal(before.staff.id, "staff.signedOut");
      if (!left.ok) return refusedSignIn("storage");
    }
    const written = await this.#journal(staff, "staff.signedIn");
    if (!written.ok) return refusedSignIn("storage");
    this.#signedIn = staff;
    this.#signedInAt = this.#ports.clock.now();
    this.#changes.tell();
    return ok({});
  }

  /** Who says by PIN or badge that acts are allowed, if they may say so. Only those who may are asked for a PIN: nobody learns another's. */
  allowedBy(proof: Proof, acts: readonly Act[]): Promise<Result<StaffMember, VouchRefusal>> {
    return this.#turns.take(async () => {
      const chosen = "badge" in proof ? null : this.#roster.member(proof.staff);
      if (!("badge" in proof) && (chosen === null || !this.#may(chosen, acts))) return refused("notAManager");
      const known = await this.#roster.recognise(proof);
      if (!known.ok) return refused(VOUCH_REASONS[known.reason]);
      return this.#may(known.value, acts) ? ok(known.value) : refused("notAManager");
    });
  }

  #may(member: StaffMember, acts: readonly Act[]): boolean {
    return acts.every((act) => mayDo(this.#roster.roleOf(member), act));
  }

  #named(member: StaffMember): StaffName {
    const { id, name } = this.#roster.roleOf(member) ?? { id: member.role, name: "" };
    return { id: member.id, name: member.name, role: { id, name } };
  }

  #journal(staff: StaffId, type: "staff.signedIn" | "staff.signedOut"): Promise<Result<unknown, "storage">> {
    const { journal, onTrouble } = this.#ports;
    return durably(() => journal.append({ staff, makeFact: () => ({ type }) }), onTrouble);
  }
}

function refusedSignIn(reason: Unknown["reason"]): SignInAnswer {
  return { ok: false, reason, waitMs: 0 };
}

const VOUCH_REASONS: Readonly<Record<Unknown["reason"], VouchRefusal>> = {
  unknownStaff: "notAManager",
  unknownBadge: "notAManager",
  rosterUnread: "notAManager",
  rosterExpired: "notAManager",
  wrongPin: "wrongPin",
  throttled: "tooManyTries",
  storage: "storage",
};

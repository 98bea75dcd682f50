import type { StaffId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { ROLE_PERMISSIONS, roleMay } from "#domain/staff/permissions.ts";
import { rosterState } from "#domain/staff/pin.ts";
import type { Permission, StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { SessionView } from "#protocol/till/status.ts";
import type { TillIdentity, Unwatch } from "../ports.ts";
import { Changes } from "./changes.ts";
import { durably } from "./durably.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Throttle } from "./throttle.ts";
import { Turns } from "./turns.ts";

/** Who works at this till right now, under which settings. */
export interface OnDuty {
  readonly staff: StaffMember;
  readonly settings: StoreSettings;
  readonly identity: TillIdentity;
}

type SignInAnswer = VerbAnswer<"signIn">;
type SignInRefusal = Extract<SignInAnswer, { readonly ok: false }>["reason"];

interface Voucher {
  readonly staff: StaffId;
  readonly pin: string;
  readonly permission: Permission;
}
/** What is wrong with the drawer before anything is sold. */
export type DrawerDoubt = "shiftNeeded" | "shiftForgotten";
type VouchRefusal = "wrongPin" | "tooManyTries" | "notAManager" | "storage";

/**
 * Staff sign-in by PIN. Lives as long as the engine: a reloaded screen finds its session, a restarted till asks for the PIN again.
 */
export class Session {
  readonly #ports: ShopPorts;
  readonly #changes = new Changes();
  readonly #turns = new Turns();
  readonly #throttle: Throttle;
  readonly #unwatch: Unwatch[];
  #signedIn: StaffId | null = null;
  #drawerDoubt: (duty: OnDuty) => DrawerDoubt | null = () => null;

  constructor(ports: ShopPorts) {
    this.#ports = ports;
    this.#throttle = new Throttle(ports);
    const tell = (): void => this.#changes.tell();
    this.#unwatch = [
      ports.enrolment.watch(tell),
      ports.replica.watch("settings", tell),
      ports.replica.watch("staff", () => this.#rosterChanged()),
    ];
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  /** Null when nobody is signed in, also when HQ has taken the one who was off the roster. */
  onDuty(): OnDuty | null {
    const settings = this.#ports.replica.settings();
    const identity = this.#ports.enrolment.identity();
    const staff = this.#signedIn === null ? null : this.#member(this.#signedIn);
    return settings === null || identity === null || staff === null ? null : { staff, settings, identity };
  }

  /** Who is on duty, if the role allows the act. */
  permitted(permission: Permission): Result<OnDuty, "notSignedIn" | "notPermitted"> {
    const duty = this.onDuty();
    if (duty === null) return refused("notSignedIn");
    return roleMay(duty.staff.role, permission) ? ok(duty) : refused("notPermitted");
  }

  /**
   * Whether an act may be done now: the one on duty may, or somebody who may allows it with a PIN. `approvedBy` is who that was, null where
   * nobody had to. `approvalNeeded`: ask again with such a word.
   */
  async authorise(
    permission: Permission,
    word: Approval | null,
  ): Promise<Result<{ readonly duty: OnDuty; readonly approvedBy: StaffId | null }, ApprovalRefusal>> {
    const duty = this.onDuty();
    if (duty === null) return refused("notSignedIn");
    if (roleMay(duty.staff.role, permission)) return ok({ duty, approvedBy: null });
    if (word === null) return refused("approvalNeeded");
    const vouched = await this.vouch({ staff: word.manager, pin: word.pin, permission });
    return vouched.ok ? ok({ duty, approvedBy: vouched.value.id }) : vouched;
  }

  /** From now on nothing is sold while there is a doubt about the drawer of whoever is on duty. */
  heedDrawer(doubt: (duty: OnDuty) => DrawerDoubt | null): void {
    this.#drawerDoubt = doubt;
  }

  /** Whether goods may be rung up and money taken now: a till too long without the server asks for a manager, and the drawer has to be in order. */
  maySell(): Result<OnDuty, "notSignedIn" | "notPermitted" | "managerNeeded" | DrawerDoubt> {
    const permitted = this.permitted("sell");
    if (!permitted.ok) return permitted;
    const { role } = permitted.value.staff;
    if (this.#ports.offlinePolicy() === "manager" && !roleMay(role, "overrideOfflineAge"))
      return refused("managerNeeded");
    const doubt = this.#drawerDoubt(permitted.value);
    return doubt === null ? permitted : refused(doubt);
  }

  /** Tries are taken one at a time: guessing in parallel gains nothing. */
  signIn({ staff, pin }: { readonly staff: StaffId; readonly pin: string }): Promise<SignInAnswer> {
    return this.#turns.take(() => this.#signIn(staff, pin));
  }

  /**
   * A word that somebody else gives at this till with their PIN: who it was, if the role allows it. Wrong PINs count as at sign-in. Nobody
   * is signed in by it.
   */
  vouch({ staff, pin, permission }: Voucher): Promise<Result<StaffMember, VouchRefusal>> {
    return this.#turns.take(async () => {
      const member = this.#member(staff);
      if (member === null || !roleMay(member.role, permission) || this.#rosterExpired())
        return refused("notAManager");
      const checked = await this.#checkPin(member, pin);
      if (checked.ok) return ok(member);
      if (checked.reason === "storage") return refused("storage");
      return refused(checked.reason === "throttled" ? "tooManyTries" : "wrongPin");
    });
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
    const staff = this.#ports.replica
      .staff()
      .filter((member) => member.active)
      .toSorted((a, b) => a.name.localeCompare(b.name, settings?.locale));
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
    };
    const duty = this.onDuty();
    if (duty === null) return { state: "locked", ...place, staff: staff.map(nameOf) };
    const permissions = [...ROLE_PERMISSIONS[duty.staff.role]];
    const managers = staff.filter(({ role }) => roleMay(role, "orders.handOverWithoutLease")).map(nameOf);
    return { state: "open", ...place, staff: nameOf(duty.staff), permissions, managers };
  }

  /** A member of staff as the screens name them, also one who works here no more. */
  staffName(staff: StaffId): ReturnType<typeof nameOf> {
    const member = this.#ports.replica.staff().find(({ id }) => id === staff);
    return member === undefined ? { id: staff, name: "", role: "cashier" } : nameOf(member);
  }

  /** The name of a member of staff, empty when the roster no longer knows it. */
  nameOf(staff: StaffId): string {
    return this.#ports.replica.staff().find((member) => member.id === staff)?.name ?? "";
  }

  /** Whoever leaves the roster is signed out for good: coming back on it does not open the till again. */
  #rosterChanged(): void {
    if (this.#signedIn !== null && this.#member(this.#signedIn) === null) this.#signedIn = null;
    this.#changes.tell();
  }

  async #signIn(staff: StaffId, pin: string): Promise<SignInAnswer> {
    const member = this.#member(staff);
    const settings = this.#ports.replica.settings();
    const identity = this.#ports.enrolment.identity();
    if (member === null || settings === null || identity === null) return refusedSignIn("unknownStaff");
    if (this.#rosterExpired()) return refusedSignIn("rosterExpired");

    const checked = await this.#checkPin(member, pin);
    if (!checked.ok) return checked;
    const before = this.onDuty();
    if (before !== null && before.staff.id !== staff) {
      const left = await this.#journal(before.staff.id, "staff.signedOut");
      if (!left.ok) return refusedSignIn("storage");
    }
    const written = await this.#journal(staff, "staff.signedIn");
    if (!written.ok) return refusedSignIn("storage");
    this.#signedIn = staff;
    this.#changes.tell();
    return ok({});
  }

  #rosterExpired(): boolean {
    const settings = this.#ports.replica.settings();
    const identity = this.#ports.enrolment.identity();
    if (settings === null || identity === null) return true;
    const roster = rosterState({
      lastServerContactAt: this.#ports.enrolment.lastContactAt() ?? identity.pairedAt,
      now: this.#ports.clock.now(),
      policy: settings.offlinePolicy,
    });
    return roster === "expired";
  }

  async #checkPin(member: StaffMember, pin: string): Promise<SignInAnswer> {
    const tried = await this.#throttle.attempt(`pin:${member.id}`, () => this.#matches(member, pin));
    if (tried.ok) return ok({});
    const { waitMs } = tried;
    if (tried.reason === "storage") return refusedSignIn("storage");
    return { ok: false, reason: tried.reason === "wrong" ? "wrongPin" : "throttled", waitMs };
  }

  /** A verifier that cannot be checked lets nobody in. */
  async #matches({ pin: verifier }: StaffMember, pin: string): Promise<boolean> {
    try {
      return await this.#ports.verifyPin({ pin, verifier });
    } catch (error) {
      this.#ports.onTrouble(error);
      return false;
    }
  }

  #member(staff: StaffId): StaffMember | null {
    return this.#ports.replica.staff().find((member) => member.id === staff && member.active) ?? null;
  }

  #journal(staff: StaffId, type: "staff.signedIn" | "staff.signedOut"): Promise<Result<unknown, "storage">> {
    const { journal, onTrouble } = this.#ports;
    return durably(() => journal.append({ staff, makeFact: () => ({ type }) }), onTrouble);
  }
}

function refusedSignIn(reason: SignInRefusal): SignInAnswer {
  return { ok: false, reason, waitMs: 0 };
}

function nameOf({ id, name, role }: StaffMember) {
  return { id, name, role };
}

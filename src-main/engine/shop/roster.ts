import type { StaffId } from "#domain/ids.ts";
import { ok } from "#domain/result.ts";
import { badgeVerifierOf, readBadgeCode } from "#domain/staff/badge.ts";
import { rosterState } from "#domain/staff/pin.ts";
import { type Role, roleOf } from "#domain/staff/role.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import { sha256Hex } from "../journal/journal.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { Throttle } from "./throttle.ts";

/** By what somebody says who they are: the colleague they choose with their PIN, or a badge. */
export type Proof = { readonly staff: StaffId; readonly pin: string } | { readonly badge: string };

/** Why somebody was not recognised, and after how many milliseconds they may try again. */
export interface Unknown {
  readonly ok: false;
  readonly reason:
    | "unknownStaff"
    | "unknownBadge"
    | "rosterUnread"
    | "rosterExpired"
    | "wrongPin"
    | "throttled"
    | "storage";
  readonly waitMs: number;
}

export type Recognised = { readonly ok: true; readonly value: StaffMember } | Unknown;

/** Everybody's badges together: a wrong one is nobody's. */
const BADGE_TRIES = "badge";

/** Those who work here, as HQ last said, and who of them somebody is by a PIN or a badge. Checks must not overlap. */
export class Roster {
  readonly #ports: ShopPorts;
  readonly #throttle: Throttle;

  constructor(ports: ShopPorts) {
    this.#ports = ports;
    this.#throttle = new Throttle({ ...ports, drafts: ports.tries ?? ports.drafts });
  }

  /** Null when the roster does not know them (any more). */
  member(staff: StaffId): StaffMember | null {
    return this.#ports.replica.staff().find((member) => member.id === staff && member.active) ?? null;
  }

  /** By name, as the store's language sorts them. */
  active(): readonly StaffMember[] {
    const locale = this.#ports.replica.settings()?.locale;
    return this.#ports.replica
      .staff()
      .filter((member) => member.active)
      .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  }

  roleOf({ role }: StaffMember): Role | null {
    return roleOf(this.#ports.replica.settings() ?? {}, role);
  }

  /** Whether the server has not confirmed it for longer than the store allows: somebody on it may be dismissed by now. */
  isExpired(): boolean {
    const settings = this.#ports.replica.settings();
    if (settings === null || this.#ports.enrolment.identity() === null) return true;
    const roster = rosterState({
      awayMs: this.#ports.enrolment.awayMs(),
      policy: settings.offlinePolicy,
    });
    return roster === "expired";
  }

  /** Who it is. A wrong PIN counts against the colleague that was chosen, a wrong badge against this till. */
  async recognise(proof: Proof): Promise<Recognised> {
    if ("badge" in proof) return this.isExpired() ? unknown("rosterExpired") : this.#byBadge(proof.badge);
    const member = this.member(proof.staff);
    if (member === null) return unknown("unknownStaff");
    return this.isExpired() ? unknown("rosterExpired") : this.#byPin(member, proof.pin);
  }

  async #byPin(member: StaffMember, pin: string): Promise<Recognised> {
    const tried = await this.#throttle.attempt(`pin:${member.id}`, () => this.#matches(member, pin));
    if (tried.ok) return ok(member);
    return { ok: false, reason: REASONS.pin[tried.reason], waitMs: tried.waitMs };
  }

  async #byBadge(scanned: string): Promise<Recognised> {
    const code = readBadgeCode(scanned);
    // Not a try: an article that is scanned at a locked till is no guess.
    if (code === null) return unknown("unknownBadge");
    const owner = this.#ownerOf(code);
    // Nor is this one: it may be a colleague's of whom the till has not read yet.
    if (owner === null && !this.#ports.replica.isStaffRead) return unknown("rosterUnread");
    const tried = await this.#throttle.attempt(BADGE_TRIES, async () => owner !== null);
    if (tried.ok && owner !== null) return ok(owner);
    return tried.ok
      ? unknown("unknownBadge")
      : { ok: false, reason: REASONS.badge[tried.reason], waitMs: tried.waitMs };
  }

  #ownerOf(code: string): StaffMember | null {
    const { digest } = badgeVerifierOf(code, sha256Hex);
    return this.active().find(({ badge }) => badge?.digest === digest) ?? null;
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
}

const REASONS = {
  pin: { wrong: "wrongPin", tooMany: "throttled", storage: "storage" },
  badge: { wrong: "unknownBadge", tooMany: "throttled", storage: "storage" },
} as const;

function unknown(reason: Unknown["reason"]): Unknown {
  return { ok: false, reason, waitMs: 0 };
}

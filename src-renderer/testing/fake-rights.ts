import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { actsOf } from "#domain/staff/basket-change.ts";
import { type Act, mayDo, type Role, USUAL_ROLES } from "#domain/staff/role.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { BasketRefusal } from "#domain/ticket/basket-acts.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { SessionView } from "#protocol/till/status.ts";
import type { FakeRegister } from "./fake-register.ts";
import { BADGES, COLLEAGUES, PINS } from "./fake-shop.ts";

export type StaffName = Extract<SessionView, { readonly state: "open" }>["staff"];

/** A share above this off a line or a basket takes a manager's word here, parts per million. */
const CASHIERS_DISCOUNT_PPM = 500_000;
const NOBODY: Role = {
  id: "",
  name: "",
  permissions: [],
  limits: { discountPpm: null, refund: null, priceOverridePpm: null },
};

/** The role of somebody who works in the fake's shop: the usual ones, and cashiers give no large discounts. */
export function roleAtFake({ role }: StaffName): Role {
  const usual = USUAL_ROLES.find(({ id }) => id === role.id) ?? NOBODY;
  if (usual.id !== "cashier") return usual;
  return { ...usual, limits: { ...usual.limits, discountPpm: CASHIERS_DISCOUNT_PPM } };
}

/** Whether whoever is at the fake till may change a basket so; the rules are the domain's. */
export class FakeRights {
  readonly #register: FakeRegister;
  readonly #whoIsIn: () => StaffName | null;

  constructor(register: FakeRegister, whoIsIn: () => StaffName | null) {
    this.#register = register;
    this.#whoIsIn = whoIsIn;
  }

  change(
    approval: Approval | null | undefined,
    act: (basket: Basket, at: Instant) => Result<Basket, BasketRefusal>,
  ) {
    const { basket } = this.#register;
    const after = act(basket, basket.updatedAt);
    const acts = after.ok ? actsOf({ before: basket, after: after.value }) : [];
    const allowed = this.allow(acts, approval);
    return allowed.ok ? this.#register.change(act) : allowed;
  }

  allow(acts: readonly Act[], approval: Approval | null | undefined): Result<null, ApprovalRefusal> {
    const who = this.#whoIsIn();
    if (who === null) return refused("notSignedIn");
    if (maySay(who, acts)) return ok(null);
    if (approval === null || approval === undefined) return refused("approvalNeeded");
    const asked = COLLEAGUES.find(({ id }) =>
      "badge" in approval ? BADGES[id] === approval.badge : id === approval.manager,
    );
    if (asked === undefined || !maySay(asked, acts)) return refused("notAManager");
    return "badge" in approval || PINS[asked.id] === approval.pin ? ok(null) : refused("wrongPin");
  }
}

function maySay(who: StaffName, acts: readonly Act[]): boolean {
  return acts.every((act) => mayDo(roleAtFake(who), act));
}

import { idOf, type ShiftId } from "#domain/ids.ts";
import type { CashPolicy } from "#domain/shift/cash.ts";
import { countOf } from "#domain/shift/cash-count.ts";
import type { VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import { EUR, euros, MUG, PINS, settingsWith } from "./shop-fixture.ts";
import { TillInMemory } from "./till-in-memory.ts";

export const DAY_MS = 86_400_000;
export const JOHANNA_ALLOWS = { manager: idOf<"Staff">("johanna"), pin: PINS.johanna };

const POLICY: CashPolicy = {
  drawer: "shared",
  requireShift: true,
  blindCount: true,
  variance: euros(200),
  float: euros(10_000),
  pickupAbove: euros(30_000),
  lockAfterMinutes: null,
};

type Given<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** What an act gave; throws where it was refused. */
export async function good<T>(answer: Promise<Given<T>>): Promise<T> {
  const given = await answer;
  if (!given.ok) throw new Error(`refused: ${given.reason}`);
  return given.value;
}

/** So many cents, counted one by one. */
export function cents(minor: number) {
  return countOf([{ face: 1, pieces: minor }], EUR);
}

/** A till whose store counts its cash, and somebody at its drawer. */
export class DrawerBench {
  readonly till: TillInMemory;

  private constructor(till: TillInMemory) {
    this.till = till;
  }

  /** Mira is at the till; nothing is open. */
  static async open(changes: Partial<CashPolicy> = {}): Promise<DrawerBench> {
    const bench = new DrawerBench(await TillInMemory.open());
    bench.policy(changes);
    await bench.till.signIn("mira");
    return bench;
  }

  get verbs() {
    return this.till.verbs;
  }

  policy(changes: Partial<CashPolicy>): void {
    this.till.replica.put("settings", settingsWith({ cash: { ...POLICY, ...changes } }));
  }

  get shift(): NonNullable<ViewValue<"shift">> {
    const view = this.till.shop.views.shift.current();
    if (view === null) throw new Error("nobody is signed in");
    return view;
  }

  get mine() {
    const { mine } = this.shift;
    if (mine === null) throw new Error("no shift is open");
    return mine;
  }

  /** With a float of 100.00 unless said otherwise. */
  openShift(minor = 10_000) {
    return this.verbs.openShift({ float: cents(minor), approval: null });
  }

  /** One mug, 8.50, in cash. */
  async sell(tendered = 1_000) {
    await this.ring();
    await good(this.verbs.takeCash({ tendered: euros(tendered) }));
    return good(this.verbs.completeSale({ basket: this.till.basket.id }));
  }

  async sellByCard() {
    await this.ring();
    await good(this.verbs.takeCard({ amount: euros(850), approvalCode: "4711" }));
    return good(this.verbs.completeSale({ basket: this.till.basket.id }));
  }

  ring() {
    return good(this.verbs.addItem({ variant: MUG, quantity: 1 }));
  }

  count(minor: number, shift: ShiftId = this.mine.shift) {
    return this.verbs.countShift({ shift, count: cents(minor) });
  }

  /** Leaves 100.00 in the drawer unless said otherwise. */
  close(changes: Partial<VerbParsedArgs<"closeShift">> = {}) {
    const shift = changes.shift ?? this.mine.shift;
    return this.verbs.closeShift({ shift, kept: euros(10_000), reason: null, approval: null, ...changes });
  }

  closeDay() {
    return this.verbs.closeDay({ approval: null });
  }

  move(
    kind: "in" | "out" | "pickup",
    minor: number,
    approval: VerbParsedArgs<"moveCash">["approval"] = null,
  ) {
    return this.verbs.moveCash({ kind, amount: euros(minor), reason: "Milk", approval });
  }

  /** From float to Z with one sale. */
  async wholeDay() {
    await good(this.openShift());
    await this.sell();
    await good(this.count(10_850));
    await good(this.close());
    return good(this.closeDay());
  }

  async plugInPrinter() {
    await this.till.setUpPrinter();
    const printer = this.till.printers.at(-1);
    if (printer === undefined) throw new Error("no printer was opened");
    return printer;
  }
}

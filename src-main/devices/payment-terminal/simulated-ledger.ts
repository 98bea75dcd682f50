/** Money that the simulated terminal moved, in minor units of its currency. */
export interface SimulatedTransaction {
  readonly service: string;
  readonly reference: string;
  readonly at: string;
  readonly kind: "payment" | "refund";
  readonly minor: number;
  readonly currency: string;
  readonly brand: string;
  readonly approvalCode: string;
  reversedBy: string | null;
  reconciled: boolean;
}

const BRANDS = ["Visa", "Mastercard", "girocard"] as const;
const FIRST_APPROVAL = 100_001;

/** What a terminal knows of the money it moved: it outlives every pulled cable. */
export class SimulatedLedger {
  readonly transactions: SimulatedTransaction[] = [];

  approve({
    service,
    kind,
    minor,
    currency,
    at,
  }: Pick<SimulatedTransaction, "service" | "kind" | "minor" | "currency" | "at">): SimulatedTransaction {
    const place = this.transactions.length;
    const transaction: SimulatedTransaction = {
      service,
      reference: `SIM-${String(place + 1).padStart(6, "0")}`,
      at,
      kind,
      minor,
      currency,
      brand: BRANDS[place % BRANDS.length] ?? "Visa",
      approvalCode: String(FIRST_APPROVAL + place),
      reversedBy: null,
      reconciled: false,
    };
    this.transactions.push(transaction);
    return transaction;
  }

  byReference(reference: string): SimulatedTransaction | null {
    return this.transactions.find((each) => each.reference === reference) ?? null;
  }

  /** What cards paid, less what went back to them, minor units. */
  get balance(): number {
    return this.transactions.reduce((sum, { kind, minor, reversedBy }) => {
      if (reversedBy !== null) return sum;
      return kind === "payment" ? sum + minor : sum - minor;
    }, 0);
  }

  /** Totals by brand since the last end of day, which this is. */
  reconcile() {
    const open = this.transactions.filter(({ reconciled }) => !reconciled);
    const brands = [...new Set(open.map(({ brand }) => brand))];
    const totals = brands.map((brand) => {
      const those = open.filter((each) => each.brand === brand);
      return {
        brand,
        currency: those[0]?.currency ?? "EUR",
        Debit: totalOf(those.filter(({ kind }) => kind === "payment")),
        Credit: totalOf(those.filter(({ kind }) => kind === "refund")),
        ReverseDebit: totalOf(
          those.filter(({ kind, reversedBy }) => kind === "payment" && reversedBy !== null),
        ),
      };
    });
    for (const each of open) each.reconciled = true;
    return totals;
  }
}

function totalOf(transactions: readonly SimulatedTransaction[]) {
  return { count: transactions.length, minor: transactions.reduce((sum, { minor }) => sum + minor, 0) };
}

import type { TaxAmount } from "#domain/tax/tax.ts";

/** Keys of DSFinV-K's appendix for German rates. */
const KEYS_BY_PPM: ReadonlyMap<number, number> = new Map([
  [190_000, 1],
  [70_000, 2],
  [107_000, 3],
  [55_000, 4],
]);
/** Not taxable: value on a gift card, cash that moves. */
export const NOT_TAXABLE = 5;
const TAX_FREE = 6;
/** From here on keys are the shop's own. */
const FIRST_OWN_KEY = 1_001;
const PPM_PER_PERCENT = 10_000;

const NAMES: Readonly<Record<number, string>> = {
  1: "Allgemeiner Steuersatz (§ 12 Abs. 1 UStG)",
  2: "Ermäßigter Steuersatz (§ 12 Abs. 2 UStG)",
  3: "Durchschnittsatz (§ 24 Abs. 1 Nr. 3 UStG)",
  4: "Durchschnittsatz (§ 24 Abs. 1 Nr. 1 UStG)",
  5: "Nicht steuerbar",
  6: "Umsatzsteuerfrei",
};

/** The tax keys of one closing: the official ones, and own ones from 1001 on for rates that have none. */
export class VatKeys {
  readonly #own = new Map<number, number>();
  readonly #used = new Map<number, { readonly percent: number; readonly name: string }>();

  /** Key of what is taxed so; `isExempt`: the customer pays no tax. */
  of(taxes: readonly TaxAmount[], isExempt: boolean): number {
    const ppm = taxes.reduce((sum, { rate }) => sum + rate.ppm, 0);
    const key = ppm === 0 ? (isExempt || taxes.length > 0 ? TAX_FREE : NOT_TAXABLE) : this.#keyOf(ppm);
    const name = NAMES[key] ?? taxes.map(({ rate }) => rate.name).join(" + ");
    this.#used.set(key, { percent: ppm / PPM_PER_PERCENT, name });
    return key;
  }

  /** Every key that was asked for, with its rate in percent. */
  used(): readonly { readonly key: number; readonly percent: number; readonly name: string }[] {
    return [...this.#used].map(([key, rate]) => ({ key, ...rate })).sort((one, other) => one.key - other.key);
  }

  #keyOf(ppm: number): number {
    const official = KEYS_BY_PPM.get(ppm);
    if (official !== undefined) return official;
    const own = this.#own.get(ppm) ?? FIRST_OWN_KEY + this.#own.size;
    this.#own.set(ppm, own);
    return own;
  }
}

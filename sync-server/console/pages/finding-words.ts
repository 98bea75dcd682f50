import type { Money } from "#domain/money/money.ts";
import type { Finding } from "#protocol/hq/price-check.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { percentOf } from "./routing-draft.ts";

/** A tenth of a percent. */
const TENTH_PPM = 1_000;

/** Why something is no price as it should be, with its figures. */
export function whyText(finding: Finding): string {
  const { kind, from, to, taxClass, list, ppm, promotions } = finding;
  const values = {
    places: finding.places.join(", "),
    promotions: promotions.map(({ name }) => `“${name}”`).join(" + "),
    amount: shown(finding.amount),
    against: shown(finding.against),
    net: shown(finding.net),
    list: list ?? "",
    taxClass: taxClass ?? "",
    from: clock(from),
    to: clock(to),
    percent: signed(ppm ?? 0),
    first: promotions[0]?.name ?? "",
    second: promotions[1]?.name ?? "",
  };
  if (kind === "gap" && to === null) return t("why.gap.open", values);
  if (kind === "promotionsMultiply" && ppm === null) return t("why.promotionsMultiply.some", values);
  return t(`why.${kind}`, values);
}

/** What the button does. */
export function fixText({ kind, fix }: Finding): string {
  const { act, until } = fix;
  if (act === "endPrice" && until === null) return t("fix.endPrice.open");
  const values = {
    amount: shown(fix.amount),
    list: fix.list ?? "",
    until: clock(until),
    taxClass: fix.taxClass ?? "",
    promotion: fix.promotion ?? "",
  };
  if (act === "endPrice" && kind === "gap") return t("fix.endPrice.gap", values);
  return t(`fix.${act}`, values);
}

function shown(amount: Money | null): string {
  return amount === null ? t("common.none") : amountText(amount);
}

function clock(text: string | null): string {
  return text === null ? "" : text.replace("T", " ");
}

/** Of a difference the sign counts; what is off in all has none. */
function signed(ppm: number): string {
  const size = percentOf(Math.round(Math.abs(ppm) / TENTH_PPM) * TENTH_PPM);
  return ppm < 0 ? `−${size}` : size;
}

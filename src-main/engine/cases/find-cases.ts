import type { Case, CaseContact } from "#domain/cases/case.ts";
import { fold } from "#domain/text/fold.ts";

const MIN_PHONE_DIGITS = 4;

/** How well a case fits what was typed; 0 when it does not. */
function fitOf(of: Case, person: CaseContact, text: string): number {
  const number = fold(of.number);
  if (number === text) return 9;
  if (number.endsWith(text)) return 7;
  if (number.includes(text)) return 6;
  if (fold(of.purchase?.number ?? "").includes(text) || fold(of.serial) === text) return 5;
  const words = text.split(/\s+/);
  const names = fold(person.name).split(/\s+/);
  if (words.every((word) => names.some((name) => name.startsWith(word)))) return 4;
  const product = fold([of.product.name, of.product.sku, ...of.product.options].join(" "));
  if (words.every((word) => product.includes(word))) return 3;
  return hasPhone(person.phone ?? "", text) ? 2 : 0;
}

function hasPhone(known: string, text: string): boolean {
  if (!/^[\d\s+()/-]+$/.test(text)) return false;
  const digits = text.replaceAll(/\D/g, "").replace(/^0+/, "");
  return digits.length >= MIN_PHONE_DIGITS && known.replaceAll(/\D/g, "").endsWith(digits);
}

/** Cases by number, receipt, serial number, customer, product or phone: best first, and among equals what is open, the newest first. */
export function findCases(
  cases: readonly Case[],
  typed: string,
  personOf: (of: Case) => CaseContact,
): readonly Case[] {
  const text = fold(typed).trim();
  if (text === "") return [];
  return cases
    .map((of) => ({ of, fit: fitOf(of, personOf(of), text) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit || openFirst(a.of) - openFirst(b.of) || b.of.openedAt - a.of.openedAt)
    .map(({ of }) => of);
}

function openFirst({ status }: Case): number {
  return status === "closed" ? 1 : 0;
}

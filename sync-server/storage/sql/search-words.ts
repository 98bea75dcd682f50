import type { Case } from "#domain/cases/case.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Product } from "#domain/product/product.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { Delivery } from "#domain/stock/delivery.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";

/** Small letters without accents: what is compared where one searches or sorts. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** What a product is found by at HQ, folded: title, brand, category, SKUs and GTINs. */
export function searchWords(product: Product): string {
  const codes = product.variants.flatMap((variant) => [variant.sku, ...variant.gtins]);
  return folded([product.title, product.brand, product.category, product.handle, ...codes].join(" "));
}

/** What an order is found by at HQ, folded: its numbers, whose it is and what is in it. */
export function orderWords({ number, externalId, contact, lines }: Order): string {
  const skus = lines.map(({ sku }) => sku);
  return folded([number, externalId, contact.name, contact.email, contact.phone, ...skus].join(" "));
}

/** What a return at a till is found by at HQ, folded: its receipt and what came back. */
export function returnWords({ number, lines }: Pick<Ticket, "number" | "lines">): string {
  const skus = lines.flatMap(({ kind, sku }) => (kind === "return" ? [sku] : []));
  return folded([number, ...skus].join(" "));
}

/** What a return by mail is found by at HQ, folded: its shop's id, the number of what was bought, and what is to come back. */
export function mailReturnWords({ externalId, purchase, lines }: MailReturn): string {
  return folded([externalId, purchase.number, ...lines.map(({ sku }) => sku)].join(" "));
}

/** What a case is found by, folded. The customer's name is not in it: it stands in their profile alone. */
export function caseWords({ number, product, serial, purchase, contact }: Case): string {
  const phone = contact?.phone?.replaceAll(/\D/g, "");
  const texts = [number, product.name, product.sku, serial, purchase?.number, contact?.name, contact?.email];
  return folded([...texts, contact?.phone, phone].filter((text) => text != null).join(" "));
}

/** What a colleague is found by at HQ, folded. */
export function staffWords({ name }: Pick<StaffMember, "name">): string {
  return folded(name);
}

/** What somebody at HQ is found by, folded. */
export function userWords({ name, email }: { readonly name: string; readonly email: string }): string {
  return folded(`${name} ${email}`);
}

/** A LIKE pattern (escape `\`) that finds the text anywhere in the words. */
export function searchPattern(text: string): string {
  return `%${folded(text.trim()).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** What a delivery is found by at HQ, folded: its reference, its supplier and what is in it. */
export function deliveryWords({ reference, supplier, lines }: Delivery): string {
  return folded([reference, supplier, ...lines.flatMap(({ sku, name }) => [sku, name])].join(" "));
}

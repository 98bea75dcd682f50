import type { Customer } from "#domain/customer/customer.ts";
import { idOf, type StoreId } from "#domain/ids.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { hashPin, PIN_SALT_BYTES } from "../staff/pin-hash.ts";
import { demoUuid, type Random } from "./random.ts";
import { TRADE_GROUP } from "./retailer.ts";

/** A member of staff with the PIN that `npm start` prints: this is a demo, a real PIN is known to its owner alone. */
export interface DemoStaff {
  readonly store: StoreId;
  readonly member: StaffMember;
  readonly pin: string;
}

const TEAM = [
  { role: "cashier", pin: "111111" },
  { role: "cashier", pin: "222222" },
  { role: "manager", pin: "999999" },
] as const;

const STAFF_NAMES: Readonly<Record<string, readonly string[]>> = {
  BER1: ["Mira Albers", "Tarek Yilmaz", "Johanna Reuter"],
  HAM1: ["Finn Petersen", "Alina Kowalski", "Sönke Brodersen"],
  MUC1: ["Leni Huber", "Matteo Ricci", "Veronika Stadler"],
};

/** Two cashiers and a manager for each store, with argon2id verifiers of their PINs. */
export async function demoStaff(stores: readonly StoreSettings[], random: Random): Promise<DemoStaff[]> {
  const staff: DemoStaff[] = [];
  for (const store of stores) {
    for (const [index, { role, pin }] of TEAM.entries()) {
      const verifier = await hashPin(pin, random.bytes(PIN_SALT_BYTES));
      const name = STAFF_NAMES[store.code]?.[index] ?? `Staff ${index + 1}`;
      staff.push({
        store: store.store,
        pin,
        member: {
          id: idOf<"Staff">(demoUuid(random)),
          name,
          role,
          pin: verifier,
          active: true,
        },
      });
    }
  }
  return staff;
}

const FIRST_NAMES = [
  "Anna",
  "Ben",
  "Charlotte",
  "David",
  "Emine",
  "Felix",
  "Greta",
  "Hannes",
  "Ines",
  "Jakub",
  "Katrin",
  "Levin",
  "Maren",
  "Nora",
  "Oskar",
  "Paula",
  "Quirin",
  "Rahel",
  "Selim",
  "Thea",
  "Uwe",
  "Valerie",
  "Wiebke",
  "Xenia",
  "Yasin",
  "Zoe",
  "Björn",
  "Jördis",
  "Zoë",
  "Renée",
] as const;
const LAST_NAMES = [
  "Ahrens",
  "Bäcker",
  "Claasen",
  "Demir",
  "Ehlers",
  "Fuchs",
  "Grünwald",
  "Hansen",
  "Ivanova",
  "Jansen",
  "Köhler",
  "Lindqvist",
  "Müller",
  "Nguyen",
  "Oltmanns",
  "Peters",
  "Quast",
  "Römer",
  "Schäfer",
  "Thiele",
  "Ulrich",
  "Vogt",
  "Weiß",
  "Yıldız",
  "Zimmermann",
  "O'Brien",
] as const;
/** Numbers that the German regulator keeps for films and books: Berlin, Hamburg, Munich. */
const FICTIONAL_PHONES = ["+49 30 23125", "+49 40 66969", "+49 89 99998"] as const;

export const DEMO_CUSTOMERS = 300;

const GUEST_LANGUAGES = ["en-GB", "fr-FR", "pl-PL", "es-ES", "ar"];
/** So many customers to as many guests as there are languages. */
const GUEST_EVERY = 40;
/** One in so many customers keeps a café of their own. */
const TRADE_EVERY = 30;

/** Customers with reserved example addresses and fictional phone numbers; no two share a card or an e-mail address. */
export function demoCustomers(random: Random): Customer[] {
  return Array.from({ length: DEMO_CUSTOMERS }, (_, index) => {
    const first = random.pick(FIRST_NAMES);
    const last = random.pick(LAST_NAMES);
    const digits = String(random.between({ from: 0, to: 999 })).padStart(3, "0");
    return {
      id: idOf<"Customer">(demoUuid(random)),
      name: `${first} ${last}`,
      email: random.chance(85) ? `${plain(first)}.${plain(last)}.${index + 1}@example.com` : null,
      phone: random.chance(60) ? `${random.pick(FICTIONAL_PHONES)} ${digits}` : null,
      cardNumber: random.chance(70) ? `FH${String(40_000_000 + index * 137)}` : null,
      ...languageOfGuest(index),
      ...(index % TRADE_EVERY === 11 ? { groups: [TRADE_GROUP.id] } : {}),
    };
  });
}

/** Some are from elsewhere and like their receipts in their own language. */
function languageOfGuest(index: number): { readonly language?: string } {
  const language = GUEST_LANGUAGES[index % GUEST_EVERY];
  return language === undefined ? {} : { language };
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ı", "i")
    .normalize("NFD")
    .replaceAll(/[^a-z]/g, "");
}

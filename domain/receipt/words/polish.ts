import type { ReceiptWords } from "./words.ts";

const plural = new Intl.PluralRules("pl");

function items(count: number): string {
  const form = plural.select(count);
  if (form === "one") return `${count} artykuł`;
  return `${count} ${form === "few" ? "artykuły" : "artykułów"}`;
}

export const POLISH: ReceiptWords = {
  copy: "KOPIA",
  receipt: "Paragon",
  servedBy: "Obsługa",
  vatId: "NIP",
  discount: "Rabat",
  subtotal: "Suma częściowa",
  rounding: "Zaokrąglenie",
  total: "Razem",
  taxNet: "od netto",
  taxExempt: "Zwolnienie z VAT, zaświadczenie",
  taxOff: "Odliczony VAT",
  cash: "Gotówka",
  card: "Karta",
  credit: "Bon towarowy",
  giftCard: "Karta podarunkowa",
  giftCardLoaded: "Doładowanie karty podarunkowej",
  giftCardPaidOut: "Wypłata z karty podarunkowej",
  leftOnIt: "Pozostało",
  validUntil: "Ważna do",
  refundedToGiftCard: "Zwrot na kartę podarunkową",
  points: "Punkty",
  countOfPoints: (count) => `${count} pkt`,
  pointsEarned: "Zebrane punkty",
  pointsBalance: "Stan punktów",
  pointsBalanceOffline: "Stan punktów (znany tutaj)",
  approvalCode: "Kod autoryzacji",
  change: "Reszta",
  refundedTo: {
    cash: "Zwrot w gotówce",
    card: "Zwrot na kartę",
    credit: "Zwrot w bonie",
    points: "Zwrot w punktach",
    online: "Zwrot tak, jak zapłacono online",
  },
  pieces: items,
  testPage: "Drukarka działa",
  paidOnline: "Zapłacono online",
  onlinePrice: "Cena online",
  order: "Zamówienie",
  sentTo: "Zostanie wysłane do",
  sentToUnknown: "Zostanie wysłane; brakuje jeszcze adresu",
  collectedAt: "Odbiór w",
  collectedElsewhere: "Odbiór w innym naszym sklepie",
  confirmed: "To zamówienie jest potwierdzone.",
  unconfirmed:
    "To zamówienie NIE JEST JESZCZE POTWIERDZONE: kasa nie miała połączenia. Damy znać, gdy tylko będzie. Jeśli towar okaże się niedostępny, zwrócimy pieniądze.",
  times: "x",
  kilogram: "kg",
  marks: { lot: "Partia", serial: "Nr seryjny", expires: "Termin ważności" },
  titles: {
    training: "SZKOLENIE - TO NIE JEST SPRZEDAŻ",
    return: "Zwrot",
    exchange: "Wymiana",
    gift: "Paragon prezentowy",
  },
  returned: "Zwrócono",
  boughtBy: "Kupiono z",
  repriced: "Zatrzymane, bez zwróconych kosztuje więcej",
  toGiveBack: "Do wypłaty",
  discountsTakenBack: "Cofnięte rabaty",
  piecesReturned: (count) => `Zwrot: ${items(count)}`,
  toReturn: "Zwrot lub wymiana: zeskanuj ten kod",
  toSpendCredit: "Do zapłaty w każdym z naszych sklepów",
  toExchangeGift: "Do wymiany lub zwrotu prosimy zabrać ten paragon.",
};

import type { Catalogue } from "../catalogue.ts";

/** The words of the fiscal device: setting it up, and how it is. In Polish. */
export const FISCAL_POLISH = {
  "fiscal.title": "Urządzenie fiskalne",
  "fiscal.none": "Nie ustawiono urządzenia fiskalnego: sprzedaż nie jest przez nie podpisywana.",
  "fiscal.simulator": "Symulator (na próbę, bez certyfikatu)",
  "fiscal.works": "Działa. Numer seryjny {serial}, transakcje: {transactions}, licznik podpisów: {counter}.",
  "fiscal.failed": "Nie podpisuje: {why} Sprzedaż trwa, a paragony o tym mówią.",
  "fiscal.why.gone": "brak z nim łączności.",
  "fiscal.why.slow": "nie odpowiada na czas.",
  "fiscal.why.full": "jego pamięć jest pełna.",
  "fiscal.why.certificateExpired": "jego certyfikat stracił ważność.",
  "fiscal.why.refused": "nie przyjęło tej sprzedaży.",
  "fiscal.setUp": "Ustaw symulator",
  "fiscal.remove": "Usuń",
  "fiscal.test": "Zapytaj teraz",
  "fiscal.saved": "Zapisano urządzenie fiskalne",
  "fiscal.allow": "Zezwól na urządzenie fiskalne",
  "fiscal.reason": "Ustawianie",
  "refused.noDriver": "Na tej kasie nie ma sterownika do takiego urządzenia.",
} satisfies Partial<Catalogue>;

import type { Catalogue } from "../catalogue.ts";

/** The words of new versions of the till, in Polish. */
export const UPDATE_POLISH = {
  "update.title": "Wersja tej kasy",
  "update.running": "Ta kasa działa w wersji {version}.",
  "update.now.upToDate": "Jest aktualna.",
  "update.now.byHand":
    "Centrala chce tu wersji {version} (od: {time}). Uruchom tę kasę ponownie z tą wersją.",
  "update.now.downloading": "Trwa pobieranie wersji {version}.",
  "update.now.ready": "Wersja {version} już jest. Zostanie zainstalowana, gdy nikogo nie będzie przy kasie.",
  "update.now.installing": "Trwa instalowanie wersji {version}. Kasa wróci sama.",
  "update.waits.training": "Wersja {version} już jest. Czeka na koniec ćwiczeń.",
  "update.waits.terminalPending": "Wersja {version} już jest. Czeka na odpowiedź terminala płatniczego.",
  "update.waits.openBasket":
    "Wersja {version} już jest. Czeka, aż każdy otwarty koszyk będzie sprzedany albo odłożony.",
  "update.waits.paidParked": "Wersja {version} już jest. Odłożony koszyk jest częściowo zapłacony.",
  "update.waits.unsentEntries": "Wersja {version} już jest. Czeka, aż wszystko zostanie wysłane na serwer.",
  "update.waits.notYet": "Wersja {version} już jest. Centrala pozwala ją zainstalować od: {time}.",
  "update.failed.download": "Nie udało się pobrać wersji {version}. Kasa spróbuje ponownie: {time}.",
  "update.failed.install": "Nie udało się zainstalować wersji {version}. Kasa spróbuje ponownie: {time}.",
  "update.install": "Zainstaluj teraz",
  "update.allow": "Zainstalować teraz nową wersję na tej kasie. Kasa uruchomi się ponownie.",
  "refused.training": "Najpierw zakończ ćwiczenia.",
  "refused.openBasket":
    "Jakiś koszyk jest otwarty. Najpierw sprzedaj go albo odłóż, także koszyki innych osób.",
  "refused.paidParked": "Odłożony koszyk jest częściowo zapłacony. Najpierw go dokończ.",
  "refused.unsentEntries": "Nie wszystko jest jeszcze wysłane na serwer. Poczekaj, aż będzie.",
  "refused.notYet": "Centrala nie pozwala jeszcze zainstalować nowej wersji.",
  "refused.noUpdate": "Nie ma tu nowej wersji do zainstalowania.",
} satisfies Partial<Catalogue>;

import type { Catalogue } from "../catalogue.ts";

/** The words of the till itself: pairing, signing in, connection, settings, keys, and why not. In Polish. */
export const TILL_POLISH = {
  "app.name": "Onetill",
  "app.register": "Kasa {register}",
  "app.engineAway": "Program kasy uruchamia się ponownie… Nabite artykuły są bezpieczne.",
  "app.engineGone": "Program kasy nie odpowiada. Uruchom kasę ponownie; nabite artykuły są bezpieczne.",
  "app.close": "Zamknij",
  "app.undo": "Cofnij",
  "app.done": "Gotowe",
  "app.loading": "Chwileczkę…",
  "app.backShort": "Wstecz",

  "pairing.title": "Witamy w Onetill",
  "pairing.intro":
    "Ta kasa nigdy nie była online, więc nie zna jeszcze swojego sklepu. Wystarczy połączyć ją raz; potem sprzedaje z siecią i bez niej.",
  "pairing.server": "Adres serwera",
  "pairing.code": "Kod parowania",
  "pairing.codeHint":
    "Osiem liter i cyfr. Centrala tworzy go w konsoli, w zakładce „Tills”; działa raz, przez 15 minut.",
  "pairing.step1": "W konsoli centrali otwórz „Tills” i utwórz kod parowania dla swojego sklepu.",
  "pairing.step2": "Wpisz tutaj adres serwera i kod albo zeskanuj kod.",
  "pairing.step3": "Produkty, ceny i zespół pobiorą się same. Potem wystarczy się zalogować i sprzedawać.",
  "pairing.promise": "Nic, co tu sprzedano, nie zginie, online czy offline.",
  "pairing.connect": "Połącz tę kasę",
  "pairing.connecting": "Łączenie…",
  "pairing.refused.codeUnknown": "Ten kod jest nieznany lub już zużyty. Poproś centralę o nowy.",
  "pairing.refused.codeExpired": "Ten kod stracił ważność. Poproś centralę o nowy.",
  "pairing.refused.keyRevoked":
    "Centrala zablokowała tę kasę. Poproś o jej ponowne założenie w pustym folderze, a potem połącz ją nowym kodem.",
  "pairing.refused.unreachable":
    "Serwer nie odpowiada. Sprawdź adres i sieć tej kasy, a potem spróbuj ponownie.",
  "pairing.refused.alreadyPaired": "Ta kasa jest już sparowana.",
  "pairing.refused.notAServer": "Pod tym adresem coś odpowiada, ale to nie jest serwer Onetill.",
  "pairing.refused.tooManyRequests": "Za dużo prób. Odczekaj minutę i spróbuj ponownie.",
  "pairing.refused.badAddress": "Wpisz adres, który zaczyna się od http:// lub https://.",

  "preparing.title": "Przygotowanie sklepu {store}",
  "preparing.text":
    "Produkty, ceny i zespół są w drodze. Zalogować się można, gdy tylko dotrą pierwsze z nich.",
  "preparing.neverOnline": "Oczekiwanie na serwer. Gdy tylko będzie połączenie, wszystko ruszy samo.",

  "lock.title": "Kto jest przy kasie?",
  "lock.pinFor": "Twój PIN, {name}",
  "lock.pinEntered": "Wpisano {count} z 6 cyfr",
  "lock.digits": "Klawiatura numeryczna",
  "lock.delete": "Usuń ostatnią cyfrę",
  "lock.other": "Ktoś inny",
  "lock.noScan": "Najpierw się zaloguj, potem skanuj.",
  "lock.role.cashier": "Sprzedaż",
  "lock.role.manager": "Kierownik",
  "lock.refused.wrongPin": "Ten PIN jest nieprawidłowy. Spróbuj ponownie.",
  "lock.refused.throttled": "Za dużo błędnych PIN-ów.",
  "lock.refused.unknownStaff": "Ta osoba już tu nie pracuje.",
  "lock.refused.rosterExpired":
    "Ta kasa zbyt długo jest offline, by wiedzieć, kto może tu pracować. Połącz ją raz z serwerem.",
  "lock.refused.storage": "Kasa nie może zapisywać na dysku. Zwolnij trochę miejsca i spróbuj ponownie.",
  "lock.noStaff": "Jeszcze nikogo tu nie ma. Zespół dodaje centrala; pojawi się tu sam.",

  "bar.park": "Odłóż",
  "bar.recall": "Odłożone",
  "bar.tickets": "Paragony",
  "bar.settings": "Opcje",
  "bar.shortcuts": "Klawisze",
  "bar.lockAs": "Zablokuj kasę, {name}",

  "sync.label": "Synchronizacja",
  "sync.online": "Online",
  "sync.attention": "Wymaga uwagi",
  "sync.offlineSince": "Offline od {time}",
  "sync.neverOnline": "Jeszcze nie online",
  "sync.unsent": "Niewysłane: {count}",
  "sync.firstSync": "Pobieranie: {percent} %",
  "sync.title": "Połączenie i dane",
  "sync.explain.online": "Wszystko trafia do centrali na bieżąco.",
  "sync.explain.offline":
    "Kasa sprzedaje dalej. Sprzedaż zostaje na tym urządzeniu i wyśle się sama, gdy serwer wróci.",
  "sync.explain.neverOnline": "Ta kasa nie połączyła się jeszcze ze swoim serwerem. Próbuje dalej sama.",
  "sync.now": "Synchronizuj teraz",
  "sync.row.unsent": "Wpisy jeszcze niewysłane",
  "sync.row.oldest": "Najstarszy z nich",
  "sync.row.contact": "Ostatni kontakt z serwerem",
  "sync.row.clock": "Zegar względem serwera",
  "sync.row.products": "Produkty na tej kasie",
  "sync.never": "nigdy",
  "sync.clockRight": "zgodny",
  "sync.clockOff": "różnica {minutes} min: ustaw zegar tego urządzenia",
  "sync.policy.warn": "Ta kasa jest offline od kilku dni. Wkrótce ją połącz.",
  "sync.policy.manager": "Zbyt długo offline: do czasu połączenia kasy sprzedawać może tylko kierownik.",
  "sync.trouble.deviceRevoked":
    "Ta kasa jest wyłączona: centrala ją zablokowała albo jej numer działa dalej na innym urządzeniu. Jej sprzedaż nadal tu jest; zadzwoń do centrali.",
  "sync.trouble.notKnown":
    "Serwer nie zna tej kasy: przywrócono go do wcześniejszego dnia albo to inny serwer. Można sprzedawać dalej, wszystko jest zachowane tutaj. Zadzwoń do centrali.",
  "sync.trouble.storeNotKnown":
    "Serwer przywrócono do wcześniejszego dnia i nie zna on ani tej kasy, ani jej sklepu. Można sprzedawać dalej, wszystko jest zachowane tutaj. Poproś centralę o ponowne utworzenie sklepu (Tills): wtedy wszystko zostanie wysłane samo.",
  "sync.trouble.pairAnew":
    "Zapisy tej kasy zniknęły z dysku, a serwer przywrócono do dnia, w którym jeszcze jej nie znał. Kasa nie może sprzedawać. Poproś centralę o kod parowania i skonfiguruj kasę od nowa w pustym folderze.",
  "sync.trouble.journalRefused":
    "Serwer nie przyjmuje zapisów tej kasy. Są przechowywane tutaj; zadzwoń do centrali.",
  "sync.trouble.protocolTooOld": "Wersje kasy i serwera do siebie nie pasują. Zaktualizuj serwer.",
  "sync.trouble.diskFull": "Dysk jest pełny. Zwolnij trochę miejsca.",
  "sync.trouble.storageDamaged": "Dane kasy są uszkodzone. Zadzwoń do centrali.",
  "sync.records.database":
    "Baza danych tej kasy była uszkodzona lub zniknęła. Odtworzono ją z drugiej kopii: są wszystkie zakończone sprzedaże. Sprawdź otwarte koszyki i urządzenia i powiadom centralę.",
  "sync.records.copy":
    "Druga kopia sprzedaży tej kasy była uszkodzona lub zniknęła i zapisano ją od nowa: są wszystkie sprzedaże. Powiadom centralę: dysk może być wadliwy.",
  "sync.records.both":
    "Obie kopie sprzedaży tej kasy były uszkodzone i naprawiono je nawzajem: są wszystkie zakończone sprzedaże. Powiadom centralę: dysk może być wadliwy.",
  "sync.records.given":
    "Obie kopie sprzedaży tej kasy były uszkodzone w tym samym miejscu. To, czego brakowało w obu, wróciło z serwera: są wszystkie zakończone sprzedaże. Sprawdź otwarte koszyki i urządzenia i powiadom centralę: dysk może być wadliwy.",
  "sync.records.asking":
    "Obie kopie sprzedaży tej kasy są uszkodzone w tym samym miejscu. Sprzedaż ruszy sama, gdy serwer odda to, czego brakuje w obu. Sprawdź sieć; jeśli kasa jest online, serwer wymaga aktualizacji: powiadom centralę.",
  "sync.records.unsure":
    "Obie kopie sprzedaży tej kasy były uszkodzone na końcu. Jest wszystko, co dało się odczytać i co miał serwer. Nikt nie może stwierdzić, czy zapisano także to: {missing}. Sprawdź, czy jakiś wydrukowany paragon ma już ten numer, bo zostanie teraz użyty, i powiadom centralę: dysk może być wadliwy.",
  "sync.records.incomplete":
    "Obie kopie sprzedaży tej kasy są uszkodzone w tym samym miejscu, a serwer też nie ma tego, czego brakuje: {missing}. Kasa nie sprzedaje, aby żaden numer paragonu nie został użyty dwa razy. Zostaw jej folder bez zmian i zadzwoń po pomoc: to, co w nim jest, da się jeszcze odczytać. Aby sprzedawać dalej, skonfiguruj kasę w pustym folderze kodem parowania z centrali.",
  "sync.records.missing.receipt": "paragon {first}, zapisany między {from} a {until}",
  "sync.records.missing.receipts": "paragony od {first} do {last}, zapisane między {from} a {until}",
  "sync.records.missing.noReceipt": "wpisy bez paragonu, zapisane między {from} a {until}",
  "sync.records.missing.unknown": "(nie wiadomo)",
  "sync.records.forked":
    "Dwie kopie sprzedaży tej kasy różniły się. Kasa działa dalej na swojej bazie danych, druga została odłożona. Zadzwoń do centrali.",
  "sync.records.oneCopy":
    "Nie można zapisać drugiej kopii sprzedaży tej kasy. Możesz sprzedawać dalej. Zadzwoń do centrali: dysk może być wadliwy.",
  "sync.records.hurt":
    "Baza danych tej kasy uszkodziła się w czasie pracy i niczego nie można zakończyć. Zamknij kasę i uruchom ją ponownie: naprawi się sama, a każda zakończona sprzedaż zostanie.",
  "sync.records.replica":
    "To, co ta kasa odczytała z serwera, jest uszkodzone na jej dysku. Sprzedaje dalej z tym, co da się odczytać: artykułów, cen lub zamówień może brakować albo mogą być błędne. Zamknij program i uruchom go raz, gdy kasa jest online i nikt nie sprzedaje: wtedy odrzuci to wszystko i odczyta na nowo, a wcześniej nikt się nie zaloguje. Nie uruchamiaj jej ponownie, dopóki serwer jest nieosiągalny. Powiadom centralę: dysk może być wadliwy.",
  "sync.records.readAnew":
    "Tego, co ta kasa odczytała z serwera, nie dało się już odczytać z jej dysku. Przy starcie odrzuciła to wszystko i odczytuje na nowo z serwera; każda zakończona sprzedaż zostaje. Powiadom centralę: dysk może być wadliwy.",
  "sync.records.waiting":
    "Zapisy tej kasy zniknęły z dysku. Sprzedaż ruszy, gdy kasa połączy się z serwerem. Sprawdź sieć.",
  "sync.records.lost":
    "Zapisy tej kasy zniknęły z dysku. Kasa działa dalej od miejsca, które zna serwer; niewysłane sprzedaże przepadły. Zadzwoń do centrali.",
  "sync.letIn":
    "Serwer przywrócono do wcześniejszego dnia i ponownie przyjął tę kasę. Kasa wysyła jeszcze raz to, czego tam brakuje; nic nie zginęło.",
  "sync.records.read": "Rozumiem",
  "sync.records.confirm":
    "Potwierdź to, co ta kasa mówi o własnych sprzedażach: {said} Nie powie już tego ani tutaj, ani centrali.",

  "settings.title": "Opcje tej kasy",
  "settings.host": "Adres sieciowy",
  "settings.port": "Port",
  "settings.columns": "Szerokość papieru",
  "settings.columns.32": "58 mm",
  "settings.columns.42": "80 mm, 42 znaki",
  "settings.columns.48": "80 mm, 48 znaków",
  "settings.look": "Wygląd",
  "settings.theme.light": "Jasny",
  "settings.theme.dark": "Ciemny",
  "settings.sounds": "Dźwięki",
  "settings.sounds.on": "Wł.",
  "settings.sounds.off": "Wył.",
  "settings.language": "Język",
  "settings.language.store": "Jak w sklepie",

  "shortcuts.title": "Klawisze",
  "shortcuts.search": "Szukaj",
  "shortcuts.park": "Odłóż koszyk",
  "shortcuts.recall": "Przywróć odłożony koszyk",
  "shortcuts.quantity": "Ilość w ostatniej pozycji",
  "shortcuts.discount": "Rabat na koszyk",
  "shortcuts.pay": "Zapłata",
  "shortcuts.exactCash": "Odliczona gotówka: kończy sprzedaż",
  "shortcuts.help": "Ten spis",
  "shortcuts.back": "Wstecz",

  "refused.notSignedIn": "Najpierw się zaloguj.",
  "refused.notPermitted": "Brak uprawnień. Poproś kierownika.",
  "refused.noSuchLine": "Tej pozycji już nie ma.",
  "refused.engineAway": "Program kasy właśnie uruchomił się ponownie. Sprawdź koszyk i kontynuuj.",
  "refused.noSuchItem": "Kod {code} jest tu nieznany.",
  "refused.noPrice": "Ten artykuł nie ma jeszcze ceny i nie można go sprzedać. Cenę ustala centrala.",
  "refused.tooManyLines": "Koszyk jest pełny. Zakończ tę sprzedaż i zacznij następną.",
  "refused.quantityOutOfRange": "Ilość to liczba całkowita od 1 do 9999.",
  "refused.amountTooLarge": "To więcej pieniędzy, niż kasa może policzyć. Sprawdź cenę i kwotę.",
  "refused.discountTooLarge": "Rabat przekracza cenę artykułu.",
  "refused.discountNotPositive": "Rabat musi być większy od zera.",
  "refused.paymentStarted": "Zapłata już się zaczęła. Cofnij przyjęte płatności, aby zmienić koszyk.",
  "refused.emptyBasket": "Koszyk jest pusty.",
  "refused.noSuchBasket": "Tego koszyka już nie ma.",
  "refused.nothingToUndo": "Nie ma czego cofnąć.",
  "refused.wrongCurrency": "To inna waluta.",
  "refused.managerNeeded": "Zbyt długo offline: aby sprzedawać, musi się zalogować kierownik.",
  "refused.shiftNeeded":
    "Żadna zmiana nie jest otwarta: policz pogotowie kasowe i otwórz ją przed sprzedażą.",
  "refused.shiftForgotten":
    "Ta zmiana jest z wcześniejszego dnia: policz szufladę i zamknij ją, a potem otwórz dzisiejszą.",
  "refused.storage":
    "Kasa nie może zapisywać na dysku. Zwolnij trochę miejsca i spróbuj ponownie: nic nie przepadło.",
  "refused.amountNotPositive": "Wpisz kwotę większą od zera.",
  "refused.cardExceedsRemaining": "Kartą nie można zapłacić więcej, niż zostało do zapłaty.",
  "refused.approvalCodeMissing": "Wpisz kod autoryzacji, który pokazuje terminal płatniczy.",
  "refused.tooManyTenders": "To za dużo płatności na jeden paragon.",
  "refused.notPaid": "Zostało jeszcze coś do zapłaty.",
  "refused.noSuchTender": "Ta płatność została już cofnięta.",
  "refused.alreadyPaid": "Wszystko zapłacone. Zakończ sprzedaż.",
  "refused.noSuchTicket": "Tego paragonu nie ma na tej kasie.",
  "refused.noPrinter": "Nie ustawiono drukarki. Wybierz ją w opcjach.",
  "refused.unreachable": "Drukarka nie odpowiada. Sprawdź jej kabel i adres.",
  "refused.internal": "Kasa nie mogła tego zrobić. Nic nie przepadło; spróbuj ponownie.",
} satisfies Partial<Catalogue>;

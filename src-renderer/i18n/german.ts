import { ACCESS_GERMAN } from "./german-access-words.ts";
import { APPROVE_GERMAN } from "./german-approve-words.ts";
import { CAMERA_GERMAN } from "./german-camera-words.ts";
import { CASE_GERMAN } from "./german-case-words.ts";
import { COUNTING_GERMAN } from "./german-counting-words.ts";
import { COUPON_GERMAN } from "./german-coupon-words.ts";
import { CREDIT_GERMAN } from "./german-credit-words.ts";
import { CUSTOMER_GERMAN } from "./german-customer-words.ts";
import { DELIVERY_GERMAN } from "./german-delivery-words.ts";
import { DEVICE_GERMAN } from "./german-device-words.ts";
import { FISCAL_GERMAN } from "./german-fiscal-words.ts";
import { GIFT_CARD_GERMAN } from "./german-gift-card-words.ts";
import { LOYALTY_GERMAN } from "./german-loyalty-words.ts";
import { MAILING_GERMAN } from "./german-mailing-words.ts";
import { ORDER_GERMAN } from "./german-order-words.ts";
import { ORDERING_GERMAN } from "./german-ordering-words.ts";
import { PRICE_GERMAN } from "./german-price-words.ts";
import { RETURN_GERMAN } from "./german-return-words.ts";
import { SCAN_GERMAN } from "./german-scan-words.ts";
import { SHIFT_GERMAN } from "./german-shift-words.ts";
import { STAFF_GERMAN } from "./german-staff-words.ts";
import { TASK_GERMAN } from "./german-task-words.ts";
import { TERMINAL_GERMAN } from "./german-terminal-words.ts";
import { TRAINING_GERMAN } from "./german-training-words.ts";
import { UPDATE_GERMAN } from "./german-update-words.ts";
import type { MessageKey } from "./messages.ts";

/** Every word the till shows, in German. */
export const GERMAN: Readonly<Record<MessageKey, string>> = {
  "app.name": "Onetill",
  "app.register": "Kasse {register}",
  "app.engineAway": "Das Kassenprogramm startet neu … Was erfasst ist, bleibt erhalten.",
  "app.engineGone":
    "Das Kassenprogramm kommt nicht zurück. Bitte die Kasse neu starten; was erfasst ist, bleibt erhalten.",
  "app.close": "Schließen",
  "app.undo": "Rückgängig",
  "app.done": "Fertig",
  "app.loading": "Einen Moment …",
  "app.backShort": "Zurück",

  "pairing.title": "Willkommen bei Onetill",
  "pairing.intro":
    "Diese Kasse war noch nie online und kennt ihr Geschäft noch nicht. Einmal verbinden, danach verkauft sie mit und ohne Netz.",
  "pairing.server": "Adresse des Servers",
  "pairing.code": "Kopplungscode",
  "pairing.codeHint":
    "Acht Buchstaben und Ziffern. Die Zentrale erstellt ihn in der Konsole unter „Tills“; er gilt einmal, 15 Minuten lang.",
  "pairing.step1":
    "In der Konsole der Zentrale „Tills“ öffnen und einen Kopplungscode für die Filiale erstellen.",
  "pairing.step2": "Hier die Adresse des Servers und den Code eintippen oder den Code scannen.",
  "pairing.step3": "Artikel, Preise und Team kommen von selbst. Dann anmelden und verkaufen.",
  "pairing.promise": "Nichts, was hier verkauft wird, geht verloren, ob online oder nicht.",
  "pairing.connect": "Kasse verbinden",
  "pairing.connecting": "Verbinde …",
  "pairing.refused.codeUnknown":
    "Dieser Code ist unbekannt oder schon verbraucht. Bitte bei der Zentrale einen neuen anfordern.",
  "pairing.refused.codeExpired": "Dieser Code ist abgelaufen. Bitte bei der Zentrale einen neuen anfordern.",
  "pairing.refused.keyRevoked":
    "Die Zentrale hat diese Kasse gesperrt. Bitte in einem leeren Ordner neu einrichten lassen und dann mit einem neuen Code verbinden.",
  "pairing.refused.unreachable":
    "Der Server antwortet nicht. Bitte Adresse und Netzwerk prüfen und noch einmal versuchen.",
  "pairing.refused.alreadyPaired": "Diese Kasse ist schon gekoppelt.",
  "pairing.refused.notAServer": "Unter dieser Adresse antwortet etwas, aber kein Onetill-Server.",
  "pairing.refused.tooManyRequests": "Zu viele Versuche. Bitte eine Minute warten und noch einmal versuchen.",
  "pairing.refused.badAddress": "Bitte eine Adresse eingeben, die mit http:// oder https:// beginnt.",

  "preparing.title": "{store} wird eingerichtet",
  "preparing.text": "Artikel, Preise und Team sind unterwegs. Sobald die ersten da sind, geht die Anmeldung.",
  "preparing.neverOnline": "Warte auf den Server. Sobald eine Verbindung besteht, geht es von selbst weiter.",

  "lock.title": "Wer ist an der Kasse?",
  "lock.pinFor": "PIN von {name}",
  "lock.pinEntered": "{count} von 6 Ziffern eingegeben",
  "lock.digits": "Ziffernblock",
  "lock.delete": "Letzte Ziffer löschen",
  "lock.other": "Jemand anderes",
  "lock.noScan": "Bitte erst anmelden, dann scannen.",
  "lock.role.cashier": "Verkauf",
  "lock.role.manager": "Leitung",
  "lock.refused.wrongPin": "Diese PIN stimmt nicht. Bitte noch einmal.",
  "lock.refused.throttled": "Zu viele falsche PINs.",
  "lock.refused.unknownStaff": "Diese Person arbeitet hier nicht mehr.",
  "lock.refused.rosterExpired":
    "Diese Kasse ist zu lange offline, um zu wissen, wer hier arbeiten darf. Bitte einmal mit dem Server verbinden.",
  "lock.refused.storage":
    "Die Kasse kann nicht auf ihre Festplatte schreiben. Bitte Platz schaffen und noch einmal versuchen.",
  "lock.noStaff": "Noch niemand angelegt. Die Zentrale tut das; wer dazukommt, erscheint hier von selbst.",

  "bar.park": "Parken",
  "bar.recall": "Abrufen",
  "bar.tickets": "Belege",
  "bar.settings": "Optionen",
  "bar.shortcuts": "Tasten",
  "bar.lockAs": "Kasse sperren, {name}",

  "catalog.search": "Artikel suchen",
  "catalog.searchHint": "Name, Code",
  "catalog.clear": "Suche leeren",
  "catalog.all": "Alle",
  "catalog.categories": "Warengruppen",
  "catalog.allCategories": "Alle Warengruppen",
  "catalog.count.one": "{count} Artikel",
  "catalog.count.other": "{count} Artikel",
  "catalog.found": "{count} gefunden",
  "catalog.foundFirst": "Die ersten {count}. Mehr tippen grenzt ein.",
  "catalog.products": "Artikel",
  "catalog.from": "ab {price}",
  "catalog.noPrice": "Kein Preis",
  "catalog.stock": "{count} da",
  "catalog.soldOut": "keine da",
  "catalog.variants": "{count} Arten",
  "catalog.nothing": "Nichts gefunden zu „{text}“.",
  "catalog.nothingHint": "Weniger Buchstaben versuchen oder den Artikel scannen.",
  "catalog.empty": "Hier sind noch keine Artikel. Sie erscheinen, sobald die Zentrale sie schickt.",

  "basket.title": "Warenkorb",
  "basket.empty": "Zum Beginnen einen Artikel scannen oder antippen.",
  "basket.pieces.one": "{count} Stück",
  "basket.pieces.other": "{count} Stück",
  "basket.line": "{name}, {pieces}, {total}",
  "basket.subtotal": "Zwischensumme",
  "basket.discount": "Rabatt",
  "basket.tax": "Steuer",
  "basket.taxIncluded": "Enthaltene Steuer",
  "basket.total": "Summe",
  "basket.pay": "Bezahlen",
  "basket.exactCash": "Passend",
  "basket.removed": "{name} entfernt",
  "basket.discountOnAll": "Rabatt auf alles: {reason}",
  "basket.discounts": "Rabatte",
  "basket.morePromotions": "{count} weitere Aktionen",

  "line.quantity": "Menge",
  "line.less": "Eins weniger",
  "line.more": "Eins mehr",
  "line.discount": "Rabatt",
  "line.remove": "Entfernen",
  "line.each": "je {price}",

  "discount.title": "Rabatt auf {name}",
  "discount.titleBasket": "Rabatt auf den ganzen Warenkorb",
  "discount.percent": "Prozent",
  "discount.amount": "Betrag ({currency})",
  "discount.value": "Wie viel",
  "discount.reason": "Grund",
  "discount.reasonPlaceholder": "z. B. Karton beschädigt",
  "discount.reason.damaged": "Beschädigt",
  "discount.reason.goodwill": "Kulanz",
  "discount.reason.staff": "Personal",
  "discount.reason.price": "Preisgarantie",
  "discount.apply": "Rabatt geben",
  "discount.clear": "Kein Rabatt",
  "discount.invalid": "Bitte angeben, wie viel und warum.",

  "park.title": "Warenkorb parken",
  "park.label": "Name zum Wiederfinden",
  "park.hint": "Leer lassen, um ihn an der Uhrzeit zu erkennen.",
  "park.placeholder": "z. B. roter Mantel",
  "park.confirm": "Warenkorb parken",
  "park.default": "Warenkorb {time}",
  "recall.title": "Geparkte Warenkörbe",
  "recall.none": "Kein Warenkorb ist geparkt.",
  "recall.take": "Abrufen",
  "recall.discard": "Verwerfen",
  "recall.discardSure": "Endgültig verwerfen",
  "recall.by": "{staff}, {time}",

  "payment.title": "Bezahlen",
  "payment.due": "Zu zahlen",
  "payment.remaining": "Noch zu zahlen",
  "payment.remainingInCash": "{amount} in bar",
  "payment.cash": "Bar",
  "payment.card": "Karte",
  "payment.tendered": "Gegeben",
  "payment.take": "{amount} bar nehmen",
  "payment.takeCard": "{amount} mit Karte nehmen",
  "payment.approval": "Genehmigungscode vom Kartenterminal",
  "payment.cardAmount": "Betrag mit Karte",
  "payment.cardHint": "Erst den Betrag am Terminal abbuchen, dann den angezeigten Code eintippen.",
  "payment.change": "Rückgeld",
  "payment.complete": "Verkauf abschließen",
  "payment.removeTender": "{amount} zurücknehmen",
  "payment.taken": "Bisher genommen",
  "payment.noScan": "Erst diesen Verkauf abschließen oder zurückgehen, dann den nächsten Artikel scannen.",
  "payment.quick": "Schnellbeträge",
  "payment.pad": "Betrag",
  "payment.delete": "Letzte Ziffer löschen",

  "receipt.change": "Rückgeld",
  "receipt.paid": "{amount} bezahlt",
  "receipt.paidExactly": "Bezahlt, kein Rückgeld",
  "receipt.newSale": "Neuer Verkauf",
  "receipt.printing": "Der Beleg wird gedruckt.",
  "receipt.number": "Beleg {number}",
  "receipt.show": "Beleg zeigen",
  "receipt.print": "Noch einmal drucken",
  "receipt.title": "Beleg {number}",
  "receipt.next": "Nächster Scan oder Tipp: neuer Verkauf.",
  "receipt.printed": "Eine Kopie wird gedruckt.",
  "receipt.gift": "Geschenkbeleg",
  "receipt.giftPrinted": "Ein Geschenkbeleg ohne Preise wird gedruckt.",

  "tickets.title": "Letzte Belege",
  "tickets.none": "An dieser Kasse wurde noch nichts verkauft.",
  "tickets.sent": "gesendet",
  "tickets.unsent": "noch nicht gesendet",

  "sync.label": "Abgleich",
  "sync.online": "Online",
  "sync.attention": "Bitte ansehen",
  "sync.offlineSince": "Offline seit {time}",
  "sync.neverOnline": "Noch nie online",
  "sync.unsent": "{count} nicht gesendet",
  "sync.firstSync": "Erster Abgleich {percent} %",
  "sync.title": "Verbindung und Daten",
  "sync.explain.online": "Alles erreicht die Zentrale, sobald es geschieht.",
  "sync.explain.offline":
    "Die Kasse verkauft weiter. Was verkauft wird, bleibt auf diesem Gerät und wird von selbst gesendet, sobald der Server wieder da ist.",
  "sync.explain.neverOnline":
    "Diese Kasse hat ihren Server noch nicht erreicht. Sie versucht es von selbst weiter.",
  "sync.now": "Jetzt abgleichen",
  "sync.row.unsent": "Noch nicht gesendete Einträge",
  "sync.row.oldest": "Ältester davon",
  "sync.row.contact": "Letzter Kontakt zum Server",
  "sync.row.clock": "Uhr gegenüber dem Server",
  "sync.row.products": "Artikel auf dieser Kasse",
  "sync.never": "nie",
  "sync.clockRight": "stimmt",
  "sync.clockOff": "{minutes} min falsch: bitte die Uhr dieses Geräts stellen",
  "sync.policy.warn": "Diese Kasse ist seit Tagen offline. Bitte bald verbinden.",
  "sync.policy.manager": "Zu lange offline: Bis zur Verbindung kann nur die Leitung verkaufen.",
  "sync.trouble.deviceRevoked":
    "Diese Kasse ist außer Betrieb: Die Zentrale hat sie gesperrt, oder ihre Kassennummer läuft auf einem anderen Gerät weiter. Was sie verkauft hat, ist noch hier; bitte die Zentrale anrufen.",
  "sync.trouble.notKnown":
    "Der Server kennt diese Kasse nicht: Er wurde auf einen früheren Tag zurückgesetzt oder ist ein anderer. Sie können weiter verkaufen, alles bleibt hier erhalten. Bitte die Zentrale anrufen.",
  "sync.trouble.storeNotKnown":
    "Der Server wurde auf einen früheren Tag zurückgesetzt und kennt weder diese Kasse noch ihre Filiale. Sie können weiter verkaufen, alles bleibt hier erhalten. Bitten Sie die Zentrale, die Filiale neu anzulegen (Tills): Dann wird alles von selbst gesendet.",
  "sync.trouble.pairAnew":
    "Die Aufzeichnungen dieser Kasse sind von ihrer Festplatte verschwunden, und der Server wurde auf einen Tag zurückgesetzt, an dem er sie noch nicht kannte. Sie kann nicht verkaufen. Bitten Sie die Zentrale um einen Kopplungscode und richten Sie die Kasse in einem leeren Ordner neu ein.",
  "sync.trouble.journalRefused":
    "Der Server nimmt die Aufzeichnungen dieser Kasse nicht an. Sie bleiben hier; bitte die Zentrale anrufen.",
  "sync.trouble.protocolTooOld":
    "Die Versionen von Kasse und Server passen nicht zusammen. Bitte den Server aktualisieren.",
  "sync.trouble.diskFull": "Die Festplatte ist voll. Bitte Platz schaffen.",
  "sync.trouble.storageDamaged": "Die Daten der Kasse sind beschädigt. Bitte die Zentrale anrufen.",
  "sync.records.database":
    "Die Datenbank dieser Kasse war beschädigt oder fort. Sie wurde aus ihrer Zweitschrift neu aufgebaut: alle abgeschlossenen Verkäufe sind da. Bitte offene Körbe und Geräte prüfen und die Zentrale informieren.",
  "sync.records.copy":
    "Die Zweitschrift der Verkäufe dieser Kasse war beschädigt oder fort und wurde neu geschrieben: alle Verkäufe sind da. Bitte die Zentrale informieren: die Festplatte könnte defekt sein.",
  "sync.records.both":
    "Beide Abschriften der Verkäufe dieser Kasse waren beschädigt und wurden aus dem Heilen beider wiederhergestellt: alle abgeschlossenen Verkäufe sind da. Bitte die Zentrale informieren: die Festplatte könnte defekt sein.",
  "sync.records.given":
    "Beide Abschriften der Verkäufe dieser Kasse waren an derselben Stelle beschädigt. Was beiden fehlte, kam vom Server zurück: alle abgeschlossenen Verkäufe sind da. Bitte offene Körbe und Geräte prüfen und die Zentrale informieren: die Festplatte könnte defekt sein.",
  "sync.records.asking":
    "Beide Abschriften der Verkäufe dieser Kasse sind an derselben Stelle beschädigt. Sie verkauft von selbst wieder, sobald der Server ihr gegeben hat, was beiden fehlt. Bitte das Netz prüfen; ist die Kasse online, braucht der Server eine Aktualisierung: bitte die Zentrale informieren.",
  "sync.records.unsure":
    "Beide Abschriften der Verkäufe dieser Kasse waren an ihrem Ende beschädigt. Was sich lesen ließ und was der Server hatte, ist da. Ob auch dies geschrieben wurde, kann niemand sagen: {missing}. Bitte nachsehen, ob ein gedruckter Bon diese Nummer schon trägt, denn sie wird jetzt vergeben, und die Zentrale informieren: die Festplatte könnte defekt sein.",
  "sync.records.incomplete":
    "Beide Abschriften der Verkäufe dieser Kasse sind an derselben Stelle beschädigt, und auch der Server hat nicht, was fehlt: {missing}. Sie verkauft nichts, damit keine Bonnummer zweimal vergeben wird. Bitte ihren Ordner lassen, wie er ist, und den Support anrufen: was darin steht, lässt sich noch lesen. Zum Weiterverkaufen die Kasse in einem leeren Ordner mit einem Kopplungscode der Zentrale einrichten.",
  "sync.records.missing.receipt": "Bon {first}, geschrieben zwischen {from} und {until}",
  "sync.records.missing.receipts": "Bons {first} bis {last}, geschrieben zwischen {from} und {until}",
  "sync.records.missing.noReceipt": "Einträge ohne Bon, geschrieben zwischen {from} und {until}",
  "sync.records.missing.unknown": "(nicht bekannt)",
  "sync.records.forked":
    "Die beiden Abschriften der Verkäufe dieser Kasse sagten Verschiedenes. Sie macht mit ihrer Datenbank weiter, die andere liegt beiseite. Bitte die Zentrale anrufen.",
  "sync.records.oneCopy":
    "Die Zweitschrift der Verkäufe dieser Kasse lässt sich nicht schreiben. Sie können weiter verkaufen. Bitte die Zentrale anrufen: die Festplatte könnte defekt sein.",
  "sync.records.hurt":
    "Die Datenbank dieser Kasse wurde im Betrieb beschädigt, es lässt sich nichts abschließen. Bitte die Kasse schließen und neu starten: sie richtet sich selbst, und jeder abgeschlossene Verkauf bleibt erhalten.",
  "sync.records.replica":
    "Was diese Kasse vom Server gelesen hat, ist auf ihrer Festplatte beschädigt. Sie verkauft weiter mit dem, was sie lesen kann: Artikel, Preise oder Bestellungen können fehlen oder falsch sein. Bitte das Programm einmal schließen und neu starten, während die Kasse online ist und niemand verkauft: Dann verwirft sie all das und liest es neu; vorher kann sich niemand anmelden. Nicht neu starten, solange der Server nicht erreichbar ist. Bitte der Zentrale melden: die Festplatte könnte defekt sein.",
  "sync.records.readAnew":
    "Was diese Kasse vom Server gelesen hatte, war auf ihrer Festplatte nicht mehr lesbar. Sie hat beim Start alles davon verworfen und liest es vom Server neu; alle abgeschlossenen Verkäufe bleiben erhalten. Bitte der Zentrale melden: die Festplatte könnte defekt sein.",
  "sync.records.waiting":
    "Die Aufzeichnungen dieser Kasse sind von der Festplatte verschwunden. Sie verkauft wieder, sobald sie den Server erreicht hat. Bitte das Netz prüfen.",
  "sync.records.lost":
    "Die Aufzeichnungen dieser Kasse waren verschwunden. Sie macht da weiter, wo der Server sie kannte; Verkäufe, die nicht gesendet waren, sind verloren. Bitte die Zentrale anrufen.",
  "sync.letIn":
    "Der Server wurde auf einen früheren Tag zurückgesetzt und hat diese Kasse wieder aufgenommen. Sie sendet noch einmal, was dort fehlt; nichts ist verloren.",
  "sync.records.read": "Verstanden",
  "sync.records.confirm":
    "Bestätigen, was diese Kasse über ihre eigenen Verkäufe sagt: {said} Sie sagt es danach nicht mehr, weder hier noch der Zentrale.",

  "settings.title": "Optionen dieser Kasse",
  "settings.host": "Netzwerkadresse",
  "settings.port": "Port",
  "settings.columns": "Papierbreite",
  "settings.columns.32": "58 mm",
  "settings.columns.42": "80 mm, 42 Zeichen",
  "settings.columns.48": "80 mm, 48 Zeichen",
  "settings.look": "Aussehen",
  "settings.theme.light": "Hell",
  "settings.theme.dark": "Dunkel",
  "settings.sounds": "Töne",
  "settings.sounds.on": "An",
  "settings.sounds.off": "Aus",
  "settings.language": "Sprache",
  "settings.language.store": "Wie die Filiale",

  "shortcuts.title": "Tasten",
  "shortcuts.search": "Suchen",
  "shortcuts.park": "Warenkorb parken",
  "shortcuts.recall": "Geparkten Warenkorb abrufen",
  "shortcuts.quantity": "Menge der letzten Zeile",
  "shortcuts.discount": "Rabatt auf den Warenkorb",
  "shortcuts.pay": "Bezahlen",
  "shortcuts.exactCash": "Passend in bar: schließt den Verkauf ab",
  "shortcuts.help": "Diese Übersicht",
  "shortcuts.back": "Zurück",

  "refused.notSignedIn": "Bitte erst anmelden.",
  "refused.notPermitted": "Dazu fehlt die Berechtigung. Bitte die Leitung fragen.",
  "refused.noSuchLine": "Diese Zeile gibt es nicht mehr.",
  "refused.engineAway":
    "Das Kassenprogramm ist gerade neu gestartet. Bitte den Warenkorb ansehen, dann weitermachen.",
  "refused.noSuchItem": "Der Code {code} ist hier nicht bekannt.",
  "refused.noPrice":
    "Dieser Artikel hat noch keinen Preis und ist so nicht verkäuflich. Die Zentrale legt ihn fest.",
  "refused.tooManyLines":
    "Der Warenkorb ist voll. Bitte diesen Verkauf abschließen und einen neuen beginnen.",
  "refused.quantityOutOfRange": "Eine Menge ist eine ganze Zahl von 1 bis 9.999.",
  "refused.amountTooLarge": "Das ist mehr Geld, als eine Kasse zählen kann. Bitte Preis und Betrag prüfen.",
  "refused.discountTooLarge": "Der Rabatt ist höher als der Preis.",
  "refused.discountNotPositive": "Ein Rabatt ist mehr als null.",
  "refused.paymentStarted":
    "Das Bezahlen hat begonnen. Zum Ändern des Warenkorbs bitte erst das Genommene zurücknehmen.",
  "refused.emptyBasket": "Der Warenkorb ist leer.",
  "refused.noSuchBasket": "Diesen Warenkorb gibt es nicht mehr.",
  "refused.nothingToUndo": "Es gibt nichts rückgängig zu machen.",
  "refused.wrongCurrency": "Das ist eine andere Währung.",
  "refused.managerNeeded": "Zu lange offline: Zum Verkaufen muss sich die Leitung anmelden.",
  "refused.shiftNeeded": "Es ist keine Schicht offen: Bitte erst das Wechselgeld zählen und eine öffnen.",
  "refused.shiftForgotten":
    "Diese Schicht ist von einem früheren Tag: Bitte die Kasse zählen und abschließen, dann eine für heute öffnen.",
  "refused.storage":
    "Die Kasse kann nicht auf ihre Festplatte schreiben. Bitte Platz schaffen und noch einmal versuchen; nichts ging verloren.",
  "refused.amountNotPositive": "Bitte einen Betrag über null eingeben.",
  "refused.cardExceedsRemaining": "Eine Karte kann nicht mehr bezahlen, als noch offen ist.",
  "refused.approvalCodeMissing": "Bitte den Genehmigungscode eintippen, den das Kartenterminal zeigt.",
  "refused.tooManyTenders": "Das sind zu viele Zahlungen für einen Beleg.",
  "refused.notPaid": "Es ist noch etwas zu zahlen.",
  "refused.noSuchTender": "Diese Zahlung wurde schon zurückgenommen.",
  "refused.alreadyPaid": "Alles ist bezahlt. Bitte den Verkauf abschließen.",
  "refused.noSuchTicket": "Dieser Beleg ist nicht auf dieser Kasse.",
  "refused.noPrinter": "Kein Drucker eingerichtet. Bitte unter Optionen einen wählen.",
  "refused.unreachable": "Der Drucker antwortet nicht. Bitte Kabel und Adresse prüfen.",
  "refused.internal": "Das konnte die Kasse nicht tun. Nichts ging verloren; bitte noch einmal versuchen.",
  ...ORDER_GERMAN,
  ...ORDERING_GERMAN,
  ...MAILING_GERMAN,
  ...RETURN_GERMAN,
  ...STAFF_GERMAN,
  ...TASK_GERMAN,
  ...COUNTING_GERMAN,
  ...DELIVERY_GERMAN,
  ...COUPON_GERMAN,
  ...CREDIT_GERMAN,
  ...GIFT_CARD_GERMAN,
  ...LOYALTY_GERMAN,
  ...CUSTOMER_GERMAN,
  ...CAMERA_GERMAN,
  ...CASE_GERMAN,
  ...FISCAL_GERMAN,
  ...PRICE_GERMAN,
  ...SCAN_GERMAN,
  ...DEVICE_GERMAN,
  ...APPROVE_GERMAN,
  ...SHIFT_GERMAN,
  ...TRAINING_GERMAN,
  ...TERMINAL_GERMAN,
  ...ACCESS_GERMAN,
  ...UPDATE_GERMAN,
};

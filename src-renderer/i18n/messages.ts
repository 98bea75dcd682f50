import { ACCESS_ENGLISH } from "./access-words.ts";
import { APPROVE_ENGLISH } from "./approve-words.ts";
import { CAMERA_ENGLISH } from "./camera-words.ts";
import { CASE_ENGLISH } from "./case-words.ts";
import { COUNTING_ENGLISH } from "./counting-words.ts";
import { COUPON_ENGLISH } from "./coupon-words.ts";
import { CREDIT_ENGLISH } from "./credit-words.ts";
import { CUSTOMER_ENGLISH } from "./customer-words.ts";
import { DELIVERY_ENGLISH } from "./delivery-words.ts";
import { DEVICE_ENGLISH } from "./device-words.ts";
import { FISCAL_ENGLISH } from "./fiscal-words.ts";
import { GIFT_CARD_ENGLISH } from "./gift-card-words.ts";
import { LOYALTY_ENGLISH } from "./loyalty-words.ts";
import { MAILING_ENGLISH } from "./mailing-words.ts";
import { ORDER_ENGLISH } from "./order-words.ts";
import { ORDERING_ENGLISH } from "./ordering-words.ts";
import { PRICE_ENGLISH } from "./price-words.ts";
import { RETURN_ENGLISH } from "./return-words.ts";
import { SCAN_ENGLISH } from "./scan-words.ts";
import { SHIFT_ENGLISH } from "./shift-words.ts";
import { STAFF_ENGLISH } from "./staff-words.ts";
import { TASK_ENGLISH } from "./task-words.ts";
import { TERMINAL_ENGLISH } from "./terminal-words.ts";
import { TRAINING_ENGLISH } from "./training-words.ts";
import { UPDATE_ENGLISH } from "./update-words.ts";

/** Every word the till shows, in English; `{name}` is filled in. A key that ends in `.one`/`.other` is chosen by number. `german.ts` says the same. */
export const ENGLISH = {
  "app.name": "Onetill",
  "app.register": "Register {register}",
  "app.engineAway": "The till's engine is restarting … What you rang up is safe.",
  "app.engineGone": "The till's engine does not come back. Start the till again; what you rang up is safe.",
  "app.close": "Close",
  "app.undo": "Undo",
  "app.done": "Done",
  "app.loading": "One moment …",
  "app.backShort": "Back",

  "pairing.title": "Welcome to Onetill",
  "pairing.intro":
    "This till has never been online, so it does not know its shop yet. Connect it once; from then on it sells with or without a network.",
  "pairing.server": "Address of the server",
  "pairing.code": "Pairing code",
  "pairing.codeHint":
    "Eight letters and digits. HQ makes one in the console under Tills; it works once, for 15 minutes.",
  "pairing.step1": "In the HQ console, open Tills and make a pairing code for your store.",
  "pairing.step2": "Type the server's address and the code here, or scan the code.",
  "pairing.step3": "Products, prices and colleagues arrive by themselves. Then sign in and sell.",
  "pairing.promise": "Nothing you sell here is ever lost, online or not.",
  "pairing.connect": "Connect this till",
  "pairing.connecting": "Connecting …",
  "pairing.refused.codeUnknown": "This code is not known or was used already. Ask HQ for a new one.",
  "pairing.refused.codeExpired": "This code has expired. Ask HQ for a new one.",
  "pairing.refused.keyRevoked":
    "HQ has revoked this till. Ask for it to be set up anew on an empty folder, then connect it with a new code.",
  "pairing.refused.unreachable":
    "The server does not answer. Check the address and this till's network, then try again.",
  "pairing.refused.alreadyPaired": "This till is paired already.",
  "pairing.refused.notAServer": "Something answers at this address, but it is no Onetill server.",
  "pairing.refused.tooManyRequests": "Too many tries. Wait a minute, then try again.",
  "pairing.refused.badAddress": "Enter an address that begins with http:// or https://.",

  "preparing.title": "Getting {store} ready",
  "preparing.text":
    "Products, prices and colleagues are on their way. You can sign in as soon as the first of them are here.",
  "preparing.neverOnline": "Waiting for the server. As soon as there is a connection this goes on by itself.",

  "lock.title": "Who is at the till?",
  "lock.pinFor": "Your PIN, {name}",
  "lock.pinEntered": "{count} of 6 digits entered",
  "lock.digits": "Number pad",
  "lock.delete": "Delete the last digit",
  "lock.other": "Somebody else",
  "lock.noScan": "Sign in first, then scan.",
  "lock.role.cashier": "Cashier",
  "lock.role.manager": "Manager",
  "lock.refused.wrongPin": "That PIN is not right. Try again.",
  "lock.refused.throttled": "Too many wrong PINs.",
  "lock.refused.unknownStaff": "This colleague does not work here any more.",
  "lock.refused.rosterExpired":
    "This till has been offline too long to know who may work here. Connect it to the server once.",
  "lock.refused.storage": "The till cannot write to its disk. Free some space, then try again.",
  "lock.noStaff": "No colleagues yet. HQ adds them; they appear here by themselves.",

  "bar.park": "Park",
  "bar.recall": "Recall",
  "bar.tickets": "Receipts",
  "bar.settings": "Settings",
  "bar.shortcuts": "Keys",
  "bar.lockAs": "Lock the till, {name}",

  "catalog.search": "Search products",
  "catalog.searchHint": "Name or code",
  "catalog.clear": "Clear the search",
  "catalog.all": "All",
  "catalog.categories": "Categories",
  "catalog.allCategories": "All categories",
  "catalog.count.one": "{count} product",
  "catalog.count.other": "{count} products",
  "catalog.found": "{count} found",
  "catalog.foundFirst": "The first {count}. Type more to narrow it down.",
  "catalog.products": "Products",
  "catalog.from": "from {price}",
  "catalog.noPrice": "No price",
  "catalog.stock": "{count} in stock",
  "catalog.soldOut": "none left",
  "catalog.variants": "{count} kinds",
  "catalog.nothing": "Nothing found for “{text}”.",
  "catalog.nothingHint": "Try fewer letters, or scan the article.",
  "catalog.empty": "No products here yet. They appear as soon as HQ sends them.",

  "basket.title": "Basket",
  "basket.empty": "Scan or tap an article to begin.",
  "basket.pieces.one": "{count} piece",
  "basket.pieces.other": "{count} pieces",
  "basket.line": "{name}, {pieces}, {total}",
  "basket.subtotal": "Subtotal",
  "basket.discount": "Discount",
  "basket.tax": "Tax",
  "basket.taxIncluded": "Tax included",
  "basket.total": "Total",
  "basket.pay": "Pay",
  "basket.exactCash": "Exact cash",
  "basket.removed": "{name} removed",
  "basket.discountOnAll": "Discount on all: {reason}",
  "basket.discounts": "Discounts",
  "basket.morePromotions": "{count} more promotions",

  "line.quantity": "Quantity",
  "line.less": "One less",
  "line.more": "One more",
  "line.discount": "Discount",
  "line.remove": "Remove",
  "line.each": "{price} each",

  "discount.title": "Discount on {name}",
  "discount.titleBasket": "Discount on the whole basket",
  "discount.percent": "Percent",
  "discount.amount": "Amount ({currency})",
  "discount.value": "How much",
  "discount.reason": "Reason",
  "discount.reasonPlaceholder": "e.g. damaged box",
  "discount.reason.damaged": "Damaged",
  "discount.reason.goodwill": "Goodwill",
  "discount.reason.staff": "Staff",
  "discount.reason.price": "Price match",
  "discount.apply": "Apply discount",
  "discount.clear": "No discount",
  "discount.invalid": "Enter how much, and why.",

  "park.title": "Park this basket",
  "park.label": "Name to find it by",
  "park.hint": "Leave it empty to find it by the time.",
  "park.placeholder": "e.g. red coat",
  "park.confirm": "Park basket",
  "park.default": "Basket {time}",
  "recall.title": "Parked baskets",
  "recall.none": "No basket is parked.",
  "recall.take": "Recall",
  "recall.discard": "Discard",
  "recall.discardSure": "Discard for good",
  "recall.by": "{staff}, {time}",

  "payment.title": "Payment",
  "payment.due": "To pay",
  "payment.remaining": "Still to pay",
  "payment.remainingInCash": "{amount} in cash",
  "payment.cash": "Cash",
  "payment.card": "Card",
  "payment.tendered": "Handed over",
  "payment.take": "Take {amount} in cash",
  "payment.takeCard": "Take {amount} by card",
  "payment.approval": "Approval code from the card terminal",
  "payment.cardAmount": "Amount by card",
  "payment.cardHint": "Charge the amount on the terminal first, then type the code it shows.",
  "payment.change": "Change",
  "payment.complete": "Complete sale",
  "payment.removeTender": "Take back {amount}",
  "payment.taken": "Taken so far",
  "payment.noScan": "Complete this sale or go back before you scan the next article.",
  "payment.quick": "Quick amounts",
  "payment.pad": "Amount",
  "payment.delete": "Delete the last digit",

  "receipt.change": "Change",
  "receipt.paid": "Paid {amount}",
  "receipt.paidExactly": "Paid, no change",
  "receipt.newSale": "New sale",
  "receipt.printing": "The receipt is printed.",
  "receipt.number": "Receipt {number}",
  "receipt.show": "Show receipt",
  "receipt.print": "Print again",
  "receipt.title": "Receipt {number}",
  "receipt.next": "The next scan or tap starts a new sale.",
  "receipt.printed": "A copy is being printed.",
  "receipt.gift": "Gift receipt",
  "receipt.giftPrinted": "A gift receipt without prices is being printed.",

  "tickets.title": "Latest receipts",
  "tickets.none": "Nothing sold on this till yet.",
  "tickets.sent": "sent",
  "tickets.unsent": "not sent yet",

  "sync.label": "Sync",
  "sync.online": "Online",
  "sync.attention": "Needs attention",
  "sync.offlineSince": "Offline since {time}",
  "sync.neverOnline": "Never online",
  "sync.unsent": "{count} not sent",
  "sync.firstSync": "First sync {percent} %",
  "sync.title": "Connection and data",
  "sync.explain.online": "Everything reaches HQ as it happens.",
  "sync.explain.offline":
    "The till goes on selling. What is sold is kept on this machine and sent by itself when the server is back.",
  "sync.explain.neverOnline": "This till has not heard its server yet. It keeps trying by itself.",
  "sync.now": "Synchronise now",
  "sync.row.unsent": "Entries not sent yet",
  "sync.row.oldest": "Oldest of them",
  "sync.row.contact": "Last contact with the server",
  "sync.row.clock": "Clock against the server",
  "sync.row.products": "Products on this till",
  "sync.never": "never",
  "sync.clockRight": "in step",
  "sync.clockOff": "{minutes} min off: set this machine's clock",
  "sync.policy.warn": "This till has been offline for days. Connect it soon.",
  "sync.policy.manager": "Offline too long: only a manager can sell until the till is connected.",
  "sync.trouble.deviceRevoked":
    "This till is out of service: HQ has revoked it, or its register goes on at another machine. What it sold is still here; call HQ.",
  "sync.trouble.notKnown":
    "The server does not know this till: it was put back to an earlier day, or is another one. You can sell on, and everything is kept here. Call HQ.",
  "sync.trouble.storeNotKnown":
    "The server was put back to an earlier day and knows neither this till nor its store. You can sell on, and everything is kept here. Ask HQ to make the store again (Tills): what is kept here is sent by itself then.",
  "sync.trouble.pairAnew":
    "This till's records are gone from its disk, and the server was put back to a day before it knew this till. It cannot sell. Ask HQ for a pairing code, and set the till up anew in an empty folder.",
  "sync.trouble.journalRefused":
    "The server does not accept this till's records. They are kept here; call HQ.",
  "sync.trouble.protocolTooOld":
    "This till and the server are of versions that do not fit. Update the server.",
  "sync.trouble.diskFull": "The disk is full. Free some space.",
  "sync.trouble.storageDamaged": "The till's data is damaged. Call HQ.",
  "sync.records.database":
    "This till's database was damaged or gone. It was rebuilt from its second copy: every completed sale is there. Check open baskets and devices, and tell HQ.",
  "sync.records.copy":
    "The second copy of this till's sales was damaged or gone and was written anew: every sale is there. Tell HQ: the disk may be failing.",
  "sync.records.both":
    "Both copies of this till's sales were damaged and were put right from what was whole in each: every completed sale is there. Tell HQ: the disk may be failing.",
  "sync.records.given":
    "Both copies of this till's sales were damaged at the same place. What neither had came back from the server: every completed sale is there. Check open baskets and devices, and tell HQ: the disk may be failing.",
  "sync.records.asking":
    "Both copies of this till's sales are damaged at the same place. It sells again by itself once the server has given it what neither has. Check the network; where the till is online, the server needs an update: tell HQ.",
  "sync.records.unsure":
    "Both copies of this till's sales were damaged at their end. What could be read, and what the server had, is there. Nobody can tell whether this was written as well: {missing}. Look whether a printed receipt has that number already, for it is used now, and tell HQ: the disk may be failing.",
  "sync.records.incomplete":
    "Both copies of this till's sales are damaged at the same place, and the server does not have what is missing: {missing}. It sells nothing, so that no receipt number is used twice. Leave its folder as it is and call support: what it holds can still be read. To sell on, set the till up in an empty folder with a pairing code from HQ.",
  "sync.records.missing.receipt": "receipt {first}, written between {from} and {until}",
  "sync.records.missing.receipts": "receipts {first} to {last}, written between {from} and {until}",
  "sync.records.missing.noReceipt": "entries without a receipt, written between {from} and {until}",
  "sync.records.missing.unknown": "(not known)",
  "sync.records.forked":
    "The two copies of this till's sales did not tell the same. It goes on with its database, the other was set aside. Call HQ.",
  "sync.records.oneCopy":
    "The second copy of this till's sales cannot be written. You can sell on. Call HQ: the disk may be failing.",
  "sync.records.hurt":
    "This till's database was damaged while it ran, and nothing can be completed. Close the till and start it again: it puts itself right, and every completed sale is kept.",
  "sync.records.replica":
    "What this till has read of the server is damaged on its disk. It goes on selling with what it can read: articles, prices or orders may be missing or wrong. Close the program and start it once, while the till is online and nobody is selling: it then throws all of that away and reads it anew, and nobody can sign in before it has. Do not restart it while the server cannot be reached. Tell HQ: the disk may be failing.",
  "sync.records.readAnew":
    "What this till had read of the server could no longer be read on its disk. It threw all of it away as it started, and reads it anew from the server; every completed sale is kept. Tell HQ: the disk may be failing.",
  "sync.records.waiting":
    "This till's records are gone from its disk. It sells again once it has reached the server. Check the network.",
  "sync.records.lost":
    "This till's records were gone from its disk. It goes on where the server knew it; sales that had not been sent are lost. Call HQ.",
  "sync.letIn":
    "The server was put back to an earlier day and has let this till in again. The till sends once more what is missing there; nothing is lost.",
  "sync.records.read": "Got it",
  "sync.records.confirm":
    "Confirm what this till says of its own sales: {said} It says so no more, here and to HQ.",

  "settings.title": "Settings of this till",
  "settings.host": "Network address",
  "settings.port": "Port",
  "settings.columns": "Paper width",
  "settings.columns.32": "58 mm",
  "settings.columns.42": "80 mm, 42 columns",
  "settings.columns.48": "80 mm, 48 columns",
  "settings.look": "Look",
  "settings.theme.light": "Light",
  "settings.theme.dark": "Dark",
  "settings.sounds": "Sounds",
  "settings.sounds.on": "On",
  "settings.sounds.off": "Off",
  "settings.language": "Language",
  "settings.language.store": "As the store",

  "shortcuts.title": "Keys",
  "shortcuts.search": "Search",
  "shortcuts.park": "Park the basket",
  "shortcuts.recall": "Recall a parked basket",
  "shortcuts.quantity": "Quantity of the last line",
  "shortcuts.discount": "Discount on the basket",
  "shortcuts.pay": "Pay",
  "shortcuts.exactCash": "Exact cash: completes the sale",
  "shortcuts.help": "This overview",
  "shortcuts.back": "Back",

  "refused.notSignedIn": "Sign in first.",
  "refused.notPermitted": "You may not do this. Ask a manager.",
  "refused.noSuchLine": "This line is gone already.",
  "refused.engineAway": "The till's engine restarted just then. Look at the basket, then go on.",
  "refused.noSuchItem": "The code {code} is not known here.",
  "refused.noPrice": "This article has no price yet, so it cannot be sold. HQ sets it.",
  "refused.tooManyLines": "The basket is full. Complete this sale, then begin another.",
  "refused.quantityOutOfRange": "A quantity is a whole number from 1 to 9,999.",
  "refused.amountTooLarge": "That is more money than a till can count. Check the price and the amount.",
  "refused.discountTooLarge": "The discount is more than the article costs.",
  "refused.discountNotPositive": "A discount is more than zero.",
  "refused.paymentStarted": "Payment has begun. Take the tenders back to change the basket.",
  "refused.emptyBasket": "The basket is empty.",
  "refused.noSuchBasket": "This basket is gone already.",
  "refused.nothingToUndo": "There is nothing to undo.",
  "refused.wrongCurrency": "That is another currency.",
  "refused.managerNeeded": "Offline too long: a manager must sign in to sell.",
  "refused.shiftNeeded": "No shift is open: count the float and open one before you sell.",
  "refused.shiftForgotten":
    "This shift is from an earlier day: count the drawer and close it, then open one for today.",
  "refused.storage": "The till cannot write to its disk. Free some space, then try again: nothing was lost.",
  "refused.amountNotPositive": "Enter an amount above zero.",
  "refused.cardExceedsRemaining": "A card cannot pay more than what is left.",
  "refused.approvalCodeMissing": "Type the approval code that the card terminal shows.",
  "refused.tooManyTenders": "That is too many tenders for one receipt.",
  "refused.notPaid": "There is still something to pay.",
  "refused.noSuchTender": "This tender was taken back already.",
  "refused.alreadyPaid": "Everything is paid. Complete the sale.",
  "refused.noSuchTicket": "This receipt is not on this till.",
  "refused.noPrinter": "No printer is set up. Choose one in Settings.",
  "refused.unreachable": "The printer does not answer. Check its cable and address.",
  "refused.internal": "The till could not do this. Nothing was lost; try again.",
  ...ORDER_ENGLISH,
  ...ORDERING_ENGLISH,
  ...MAILING_ENGLISH,
  ...RETURN_ENGLISH,
  ...STAFF_ENGLISH,
  ...TASK_ENGLISH,
  ...COUNTING_ENGLISH,
  ...DELIVERY_ENGLISH,
  ...COUPON_ENGLISH,
  ...CREDIT_ENGLISH,
  ...GIFT_CARD_ENGLISH,
  ...LOYALTY_ENGLISH,
  ...CUSTOMER_ENGLISH,
  ...CAMERA_ENGLISH,
  ...CASE_ENGLISH,
  ...FISCAL_ENGLISH,
  ...PRICE_ENGLISH,
  ...SCAN_ENGLISH,
  ...DEVICE_ENGLISH,
  ...APPROVE_ENGLISH,
  ...SHIFT_ENGLISH,
  ...TRAINING_ENGLISH,
  ...TERMINAL_ENGLISH,
  ...ACCESS_ENGLISH,
  ...UPDATE_ENGLISH,
} as const;

export type MessageKey = keyof typeof ENGLISH;

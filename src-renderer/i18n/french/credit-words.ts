import type { Catalogue } from "../catalogue.ts";

/** The words of store credit, in French. */
export const CREDIT_FRENCH = {
  "payment.credit": "Avoir",
  "payment.creditShort": "Carte cadeau, avoir",
  "payment.creditCode": "Code de l’avoir ou de la carte cadeau",
  "payment.creditHint": "Scannez le bon ou la carte, ou saisissez son code.",
  "payment.creditCheck": "Vérifier",
  "payment.creditLeft": "Reste {amount}",
  "payment.creditSince": "Émis le {day}",
  "payment.creditOffline": "Dernier état connu de cette caisse : il n’y a pas de connexion.",
  "payment.creditBound": "Sans connexion, on peut en prendre au plus {amount}.",
  "payment.creditAmount": "Montant à prendre",
  "payment.creditOther": "Autre code",
  "payment.takeCredit": "Prendre {amount} sur l’avoir",
  "payment.takeGiftCard": "Prendre {amount} sur la carte cadeau",
  "receipt.creditSlip": "Imprimer le bon pour payer",
  "refused.creditMistyped":
    "Ce n’est pas le code d’un avoir ou d’une carte cadeau : un caractère est faux. Scannez-le ou saisissez-le à nouveau.",
  "refused.creditUnknown":
    "Ce code est inconnu ici. S’il vient d’être émis ou vendu dans un autre magasin, réessayez avec une connexion.",
  "refused.creditOtherCurrency": "Ce code est dans une autre devise.",
  "refused.creditHeldByAnother": "Une autre caisse prend ce code en ce moment. Réessayez dans un instant.",
  "refused.creditEmpty": "Il ne reste rien sur ce code.",
  "refused.creditAboveOfflineLimit": "Sans connexion, on peut encore prendre ici au plus {most} sur ce code.",
  "refused.creditExceedsBalance": "Il ne reste que {most} sur ce code.",
  "refused.creditExceedsRemaining": "Un avoir ou une carte cadeau ne peut pas payer plus que le reste dû.",
  "refused.giftCardNeedsMoney":
    "Une carte cadeau s’achète avec de l’argent : points, avoirs et autres cartes cadeaux ne paient que les articles à côté.",
  "refused.noCredit": "Avec ce ticket, aucun avoir n’a été émis ni aucune carte cadeau vendue.",
} satisfies Partial<Catalogue>;

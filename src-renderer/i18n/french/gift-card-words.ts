import type { Catalogue } from "../catalogue.ts";

/** The words of gift cards, in French. */
export const GIFT_CARD_FRENCH = {
  "payment.giftCard": "Carte cadeau",
  "giftCard.title": "Carte cadeau",
  "giftCard.code": "Code de la carte cadeau",
  "giftCard.hint": "Scannez la carte ou saisissez son code.",
  "giftCard.look": "Vérifier",
  "giftCard.new": "Nouvelle carte de cette caisse",
  "giftCard.newHint": "La caisse crée un code et l’imprime sur un bon à offrir.",
  "giftCard.newCard": "Une nouvelle carte",
  "giftCard.fresh": "Pas encore vendue",
  "giftCard.left": "Solde : {amount}",
  "giftCard.since": "Vendue le {day}",
  "giftCard.offline":
    "Dernier état connu de cette caisse : il n’y a pas de connexion. Ce que d’autres caisses ont fait depuis est inconnu ici.",
  "giftCard.most": "On peut encore y mettre au plus {amount}.",
  "giftCard.full": "On ne peut rien y ajouter.",
  "giftCard.amount": "Montant",
  "giftCard.sell": "Vendre pour {amount}",
  "giftCard.load": "Recharger de {amount}",
  "giftCard.other": "Autre carte",
  "giftCard.inBasket": "Dans le panier : {amount}. La carte est valable une fois payée.",
  "giftCard.payOut": "Rendre l’argent",
  "giftCard.payOut.what":
    "Seulement ce qui est sur une carte pas encore utilisée. Ensuite, il n’y reste rien.",
  "giftCard.payOut.confirm": "Rendre {amount}",
  "giftCard.payOut.done": "Remettez {amount} au client. Il ne reste rien sur la carte.",
  "giftCard.payOut.reason.unwanted": "Finalement non voulue",
  "giftCard.payOut.reason.error": "Vendue par erreur",
  "refused.giftCardUsed":
    "Cette carte cadeau a déjà été utilisée. Son solde peut être dépensé, ou le siège le rembourse.",
  "giftCard.menu": "Carte cadeau",
  "giftCard.menu.hint": "En vendre une, la recharger ou voir son solde",
  "receipt.ontoGiftCard": "{amount} remis sur la carte cadeau",
  "receipt.giftCardSlip": "À offrir",
  "payment.giveBack.onto": "Sur la carte cadeau …{tail}",
  "payment.giveBack.ontoDo": "Mettre {amount} sur la carte cadeau",
  "payment.giveBack.ontoHint": "Scannez une carte cadeau pour rembourser plutôt sur celle-là.",
  "payment.giveBack.ontoNone": "Finalement, émettre un code à part",
  "refused.giftCardLine":
    "Une carte cadeau est une pièce, payée en entier, et ne va dans aucune commande. Retirez la ligne et saisissez-la à nouveau.",
  "refused.giftCardAboveLimit": "On peut encore mettre au plus {most} sur cette carte cadeau.",
} satisfies Partial<Catalogue>;

import type { Catalogue } from "../catalogue.ts";

/** The words of weighed goods, typed prices, deposits and customers' prices, in French. */
export const PRICE_FRENCH = {
  "price.perKilo": "{price}/kg",
  "price.weighed": "{weight} × {price}/kg",
  "price.kilograms": "{weight} kg",
  "price.grams": "{grams} g",
  "price.open": "Prix libre",
  "price.tier": "dès {from} : {price}",
  "price.before": "avant {price}",
  "price.lowest30": "prix le plus bas des 30 derniers jours : {price}",
  "price.weigh": "Poids en grammes",
  "price.weighHint": "Saisissez ce qu’affiche la balance, en grammes.",
  "price.type": "Prix",
  "price.typeHint": "Saisissez ce que cela coûte.",
  "price.ring": "Enregistrer",
  "price.ringFor": "Enregistrer à {price}",
  "price.linked.deposit": "Consigne",
  "price.linked.levy": "Écotaxe",
  "price.linked.bag": "Sac",
  "price.groups": "Tarifs : {groups}",
  "price.changed.one": "{count} prix du panier a changé.",
  "price.changed.many": "{count} prix du panier ont changé.",
  "price.changed.other": "{count} prix du panier ont changé.",
  "refused.linkedLine": "Ceci va avec l’article au-dessus : modifiez ou retirez celui-là.",
  "refused.weighedLine": "Un paquet pesé est une pièce. Pesez aussi le suivant.",
  "refused.notOrderable":
    "Ce qui se vend au poids ne se vend qu’en caisse, pas en commande. Retirez-le d’abord.",
  "refused.weightNeeded": "Cela se vend au poids : saisissez combien de grammes il pèse.",
  "refused.notByWeight":
    "L’étiquette indique un poids, mais cet article ne se vend pas au poids. Demandez au siège.",
  "refused.priceNeeded": "Saisissez ce que cela coûte.",
  "refused.priceNotPositive": "Saisissez un prix supérieur à zéro.",
  "refused.linkedMissing":
    "La consigne, l’écotaxe ou le sac qui va avec n’a pas de prix ici. Demandez au siège.",
  "refused.scaleLabelDamaged":
    "L’étiquette de la balance est illisible. Scannez-la encore une fois ou repesez le paquet.",
} satisfies Partial<Catalogue>;
